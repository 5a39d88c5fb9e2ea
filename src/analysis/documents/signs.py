"""Signs that only typeset: those of which nothing is seen, and those that stand for others (a radical for the sign it is)."""

from __future__ import annotations

import re
import unicodedata

# Nothing is seen of these: where a line may or may not be broken, which way words run, a file's mark.
_UNSEEN = "\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff"
NEEDLESS = re.compile(f"[{_UNSEEN}]+")
# Radicals and forms for old encodings, as the fonts of some PDFs name them; ends of lines that are no newlines.
_LINE_ENDS = "\v\x85\u2028\u2029"
_RADICALS = dict(zip("⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰", "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙", strict=True))
_FORMS = "".join(_RADICALS) + "\u2f00-\u2fd5\uf900-\ufad9"
# An end of a line between two digits makes no number of them. One class comes first, so that a search can skip.
OTHERWISE = re.compile(
    f"[{_FORMS}{_LINE_ENDS}](?:(?<=[{_FORMS}])|(?<![0-9０-９{_LINE_ENDS}][{_LINE_ENDS}])[{_LINE_ENDS}]*"
    f"|(?<![{_LINE_ENDS}][{_LINE_ENDS}])[{_LINE_ENDS}]*(?![0-9０-９{_LINE_ENDS}]))"
)


def plain_sign(sign: str) -> str:
    """What is read for one sign (or for some that are nothing or ends of lines): nothing, a line's end, a blank, or a sign of Chinese.

    >>> [plain_sign(sign) for sign in "\u200b\u2028\u2003⽴%"]
    ['', '\\n', ' ', '立', '%']
    """
    if NEEDLESS.fullmatch(sign):
        return ""
    if sign[0] in _LINE_ENDS:
        return "\n" * len(sign)
    if sign.isspace():
        return " " if sign != "\n" else sign
    return _RADICALS.get(sign) or (unicodedata.normalize("NFKC", sign) if OTHERWISE.match(sign) else sign)


def plain_signs(text: str) -> str:
    """A text without the signs of which nothing is seen, and with plain ones for those that stand for others.

    >>> plain_signs("⽴案\u200b1\u00ad2\u200b起")
    '立案12起'
    """
    if text.isascii():
        return text
    return OTHERWISE.sub(lambda found: plain_sign(found[0]), NEEDLESS.sub("", text))
