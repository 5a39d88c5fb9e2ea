"""One script for reading: traditional characters as simplified ones, the numerals of bankers as plain ones, and pictures as bullets.

Each character is replaced by one character, never deleted or added, so that every place in the folded text is the same place
in the text as printed.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from .. import keeping
from .units import common

__all__ = ["fold", "folded", "printed_forms", "traditional_forms", "unfold"]

PATH = Path(__file__).with_name("traditional.txt")
# Numerals that can't be altered with a stroke: 壹拾贰万, 叁拾伍元. Outside amounts most of them begin words (队伍, 大陆, 收拾).
_PLAIN = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元", strict=True))
_BEGINS = re.compile("[壹贰叁肆伍陆柒捌玖拾]")
_BANKERS = keeping.pattern(
    "(?:[壹贰叁肆伍陆柒捌玖]?[拾佰仟]零?|[壹贰叁肆伍陆柒捌玖][万亿]{1,2}零?|[万亿]零?){1,20}[壹贰叁肆伍陆柒捌玖]?[万亿]{0,2}"
    rf"(?=[余多圆元角{common()}])圆?|(?<!收)[壹贰叁柒捌玖][圆元件起宗]"
)


_DIGITS = "一二三四五六七八九〇○零OＯ"
# The letter O as the nought of a year that is written sign by sign.
_LETTERS = re.compile(f"(?<=[{_DIGITS}])[OＯ](?=[{_DIGITS}]{{0,2}}年)")
# A point of the middle of the line, or of half width, for that of a decimal and for the stop of a sentence.
_MIDDLE_POINT = re.compile(r"(?<=[0-9０-９])[·•・∙](?=[0-9０-９]{1,2}(?:[%％‰万亿\t|│\r\n]|个百分点|$))")
_HALF_STOP = keeping.pattern(r"(?<=[一-鿿%％）)])\.(?=\s*(?:[一-鿿0-9]|$))", re.MULTILINE)
_FEWEST_STOPS = 2


@cache
def _table() -> dict[str, str]:
    lines = [line for line in PATH.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {t: s for traditional, simplified in zip(lines[::2], lines[1::2], strict=True) for t, s in zip(traditional, simplified, strict=True)}


# Pictures set before a line, as messages have them, are bullets like others (but numbers in rings).
_PICTURES, BULLET = "\u2600-\u2775\u2794-\u27bf\U0001f000-\U0001faff", "●"


@cache
def _any() -> re.Pattern[str]:
    return keeping.pattern(f"[{''.join(_table())}{_PICTURES}]")


def folded() -> str:
    """Every sign that `fold` may replace but the letter O."""
    return "".join((*_table(), *_PLAIN))


def fold(text: str) -> str:
    """Return the text in simplified characters, plain Chinese numerals, points and bullets; it has the same length.

    >>> fold("較上年減少貳拾萬元"), fold("队伍建设"), fold("下降10·4%")
    ('较上年减少二十万元', '队伍建设', '下降10.4%')
    """
    if _any().search(text) is not None:
        table = _table()
        text = _any().sub(lambda found: table.get(found[0], BULLET), text)
    if "O" in text or "Ｏ" in text:
        text = _LETTERS.sub("〇", text)  # 二O一一年
    text = _MIDDLE_POINT.sub(".", text)
    if "。" not in text and "." in text and len(_HALF_STOP.findall(text)) >= _FEWEST_STOPS:
        text = _HALF_STOP.sub("。", text)
    return _plain_numerals(text) if _BEGINS.search(text) is not None else text


def _plain_numerals(text: str) -> str:
    parts, position = [], 0
    for begin in _BEGINS.finditer(text):
        found = _BANKERS.match(text, begin.start()) if begin.start() >= position else None
        if found is not None:
            parts += [text[position : found.start()], "".join(_PLAIN.get(c, c) for c in found[0])]
            position = found.end()
    return "".join((*parts, text[position:])) if parts else text


def traditional_forms(signs: str) -> dict[str, str]:
    """Return the traditional form of those of some signs that have but one.

    >>> traditional_forms("数额件")
    {'数': '數', '额': '額'}
    """
    forms: dict[str, list[str]] = {}
    for traditional, simplified in _table().items():
        forms.setdefault(simplified, []).append(traditional)
    return {sign: forms[sign][0] for sign in signs if len(forms.get(sign, ())) == 1}


def printed_forms(printed: str, folded: str) -> dict[str, str]:
    """Return how a text prints the characters that were folded, but points: simplified -> traditional."""
    return {b: a for a, b in zip(printed, folded, strict=True) if a != b and b not in ".。"}


def unfold(words: str, forms: dict[str, str]) -> str:
    """Return words of a folded text as the text prints them."""
    return "".join(forms.get(c, c) for c in words) if forms else words
