"""The root of every error that a person can mend; commands print its text as one line, without a traceback."""


class TongbiError(ValueError):
    """Something in the input, the data or the request is not as it must be; the text names it and says what to do."""
