"""The one error of this room."""

from __future__ import annotations

from ..errors import TongbiError
from ..writing.acting import named


class DocumentError(TongbiError):
    """A document that cannot be used: names the file, the trouble, and what to do about it.

    >>> print(DocumentError("a.pdf", "it is encrypted", "save it without a password"))
    a.pdf: it is encrypted: save it without a password
    """

    def __init__(self, path: object, problem: str, remedy: str = "") -> None:
        self.path, self.problem, self.remedy = str(path), problem, remedy
        super().__init__(": ".join(part for part in (named(path), problem, remedy) if part))

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        # As it was made: an error comes from another process in its parts.
        return type(self), (self.path, self.problem, self.remedy)
