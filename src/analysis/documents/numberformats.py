"""A number of a workbook as its cell prints it: the number format decides the printed digits (2.50 is stored as 2.5, 25% as 0.2544).

Written after ECMA-376 part 1, 18.8.31, for what tables of figures use: digits, thousands, percent, scaling, text beside the number,
exponents, dates.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

LONGEST_FORMAT = 255  # signs, as in Excel
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|_(.)|\*(.)|\[([^\]]*)\]|(General)|([#0?](?:[#0?,.]*[#0?])?(?:\.(?![#0?]))?)(,*)|([Ee][+-]0+)|(.)', re.IGNORECASE
)
_DATE = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|AM/PM", re.IGNORECASE)
# When a section is for a number, behind what else stands in brackets before it (a colour, a language).
_CONDITION = re.compile(r"(?:\[[^\]<>=]*\])*\[\s*(<=|>=|<>|<|>|=)\s*(-?[0-9]{1,30}(?:\.[0-9]{0,30})?)\s*\]")
_HOLDS = {"<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq}
_QUOTED = re.compile(r'"[^"]*"|[\\!].|\[[^\]]*\]|_.|\*.')


def printed(value: Any, form: str) -> str:
    """What a cell of this value and number format shows.

    >>> printed(2.5, "0.00"), printed(0.2544, "0%"), printed(2021, '0"年"'), printed(12345.6, "#,##0.0_ "), printed(-3, "0;(0)")
    ('2.50', '25%', '2021年', '12,345.6', '(3)')
    """
    if value is None:
        return ""
    if len(form) > LONGEST_FORMAT:
        form = "General"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (datetime, date, time)):
        return _dated(value, form)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, (int, float)):
        return _number(value, form)
    return str(value)


@lru_cache(maxsize=2048)
def is_dated(form: str) -> bool:
    """Whether a number format prints a date."""
    bare = _QUOTED.sub("", form.split(";")[0])
    return "general" not in bare.lower() and re.search("[ymd]", bare, re.IGNORECASE) is not None


def hides_words(form: str) -> bool:
    """Whether a number format shows nothing of words: its fourth section is theirs.

    >>> hides_words(";;;"), hides_words('0;;;"注"@'), hides_words("0;0;0"), hides_words("@")
    (True, False, False, False)
    """
    sections = _sections(form) if len(form) <= LONGEST_FORMAT else ()
    return len(sections) > 3 and not sections[3].strip()


def _number(value: float, form: str) -> str:
    number = Decimal(repr(value))
    if not number.is_finite():
        return str(value)
    section, is_of_negatives = _section_for(number, _sections(form or "General")[:3])
    words = _fill(section, abs(number))
    return "-" + words if number < 0 and not is_of_negatives and any(c in "123456789" for c in words) else words


def _section_for(number: Decimal, sections: Sequence[str]) -> tuple[str, bool]:
    """The section of a number format that a number is printed by, and whether it is one of negative numbers, which it shows without their sign.
    Conditions go before places; a number that no section is for is not shown.

    >>> [_section_for(Decimal(n), ("[>=100]0,", "0")) for n in (100, 99)], _section_for(Decimal(0), ("[=0]-", "[<5]a", "b"))
    ([('[>=100]0,', False), ('0', False)], ('[=0]-', False))
    """
    asked = [_CONDITION.match(section) for section in sections]
    if not any(asked):
        place = 1 if number < 0 and len(sections) > 1 and sections[1] else 2 if not number and len(sections) > 2 else 0
        return sections[place], place == 1
    for section, found in zip(sections, asked, strict=True):
        if found is not None and _HOLDS[found[1]](number, Decimal(found[2])):
            return section, found[1] in ("<", "<=") and Decimal(found[2]) <= 0
    free = [section for section, found in zip(sections, asked, strict=True) if found is None]
    is_first_of_more = asked[0] is not None and asked[0][1] in (">", ">=") and not Decimal(asked[0][2])
    if len(free) == 2 and asked[0] is not None and number >= 0:
        return free[1], False
    return (free[0], number < 0 and (len(free) == 2 or is_first_of_more)) if free else ("", False)


@lru_cache(maxsize=2048)
def _sections(form: str) -> tuple[str, ...]:
    parts, quoted, last = [], False, 0
    for i, character in enumerate(form):
        quoted ^= character == '"'
        if character == ";" and not quoted and form[i - 1 : i] != "\\":
            parts.append(form[last:i])
            last = i + 1
    return (*parts, form[last:])


@lru_cache(maxsize=2048)
def _tokens(section: str) -> tuple[tuple[str, str], ...]:
    """A section as (kind, words): text, digits, scale, exponent, general, percent."""
    found: list[tuple[str, str]] = []
    for match in _TOKEN.finditer(section):
        quoted, escaped, _air, _fill, code, general, digits, scale, exponent, other = match.groups()
        if general:
            found.append(("general", ""))
        elif digits:
            found.append(("digits", digits))
            if scale:
                found.append(("scale", scale))
        elif exponent:
            found.append(("exponent", exponent))
        elif code is not None and code.startswith("$"):
            found.append(("text", code[1:].partition("-")[0]))
        elif quoted or escaped or other:
            words = quoted or escaped or other
            found.append(("percent", words) if other in ("%", "％") else ("general", "") if other == "@" else ("text", words))
    return tuple(found)


def _fill(section: str, stored: Decimal) -> str:
    tokens, number = _tokens(section), stored
    for kind, words in tokens:
        if kind == "percent":
            number *= 100
        elif kind == "scale":
            number /= Decimal(1000) ** len(words)
    if any(kind == "exponent" for kind, _ in tokens):
        places = next((len(w.partition(".")[2]) for kind, w in tokens if kind == "digits"), 0)
        return f"{number:.{places}E}"
    groups = [words for kind, words in tokens if kind == "digits"]
    if len(groups) > 1 or any(kind == "text" and words == "/" for kind, words in tokens):
        if any("." in words for words in groups) or any(kind == "text" and words == "/" for kind, words in tokens):
            return general(stored)  # a fraction, or no format of figures
        parts = _spread(groups, number)
        tokens = tuple((kind, parts.pop(0) if kind == "digits" else words) for kind, words in tokens)
        return "".join("" if kind == "scale" else words for kind, words in tokens).strip()
    shown = {"general": lambda _: general(number), "digits": lambda words: _digits(words, number), "scale": lambda _: ""}
    return "".join(shown.get(kind, str)(words) for kind, words in tokens).strip()


def _spread(groups: Sequence[str], number: Decimal) -> list[str]:
    """The digits of a whole number over groups that other signs part: each but the first takes as many as it has places for.

    >>> _spread(["0", "0"], Decimal("123.456")), _spread(["000", "0000"], Decimal(1234567))
    (['12', '3'], ['123', '4567'])
    """
    places = [sum(words.count(sign) for sign in "0#?") for words in groups]
    left = format(number.to_integral_value(ROUND_HALF_UP), "f").rjust(sum(places), "0")
    found: list[str] = []
    for count in reversed(places[1:]):
        left, part = left[:-count], left[-count:]
        found.insert(0, part)
    return [left, *found]


def _digits(pattern: str, number: Decimal) -> str:
    whole, _, fraction = pattern.partition(".")
    places, least = len(fraction), fraction.rstrip("#?").count("0")
    try:
        rounded = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than a spreadsheet has for a number
        return general(number)
    words = format(rounded, ",f" if "," in whole else "f")
    left, point, right = words.partition(".")
    while len(right) > least and right.endswith("0"):
        right = right[:-1]
    left = left.rjust(whole.count("0"), "0")
    if left == "0" and "0" not in whole:
        left = ""
    return left + ("." + right if right or (point and fraction == "") else "")


def general(number: Decimal) -> str:
    """A number without a format, as a cell shows it: at most eleven digits, no exponent for what is printed in tables."""
    if number == number.to_integral_value() and number < 10**15:
        return format(number.quantize(Decimal(1)), "f")
    return format(Decimal(f"{number:.11g}").normalize(), "f")


def _dated(value: Any, form: str) -> str:
    if not hasattr(value, "year"):
        return str(value)
    form = _sections(form or "")[0]
    if not is_dated(form):
        return f"{value:%Y-%m-%d}"
    form = re.sub(r"\[[^\]]*\]|_.|\*.", "", form)
    pieces = []
    for part in re.findall(r'"[^"]*"|\\.|[^"\\]+', form):
        if part.startswith('"'):
            pieces.append(part.strip('"'))
        elif part.startswith("\\"):
            pieces.append(part[1:])
        else:
            pieces.append(_DATE.sub(lambda found: _date_part(found[0].lower(), value), part))
    return "".join(pieces).strip()


def _date_part(code: str, value: Any) -> str:
    hour, second = getattr(value, "hour", 0), getattr(value, "second", 0)
    parts = {
        "yyyy": f"{value.year:04d}",
        "yy": f"{value.year % 100:02d}",
        "mm": f"{value.month:02d}",
        "m": str(value.month),
        "dd": f"{value.day:02d}",
        "d": str(value.day),
    }
    return parts.get(code) or {"h": str(hour), "hh": f"{hour:02d}", "s": str(second), "ss": f"{second:02d}"}.get(code) or format(value, "%b")
