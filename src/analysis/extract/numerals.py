"""Read printed numbers as exact decimals: 12364, １，２３４, 48.6万, 一万四千二百, 十二点零七."""

from __future__ import annotations

import re
from decimal import Context, Decimal
from fractions import Fraction
from math import prod

from ..lexicon.wordlists import meanings

_DIGITS = meanings("zero_signs") | meanings("one_to_nine") | meanings("two")
_TENS = meanings("score")
_SMALL = meanings("ten") | meanings("hundreds")
_LARGE = meanings("myriads")
_TO_ASCII = str.maketrans("０１２３４５６７８９．，", "0123456789.,", " \u00a0\u2007\u2009\u202f\u3000,，")

# 百, 万, 千万, 万亿
MAGNITUDES = {"": 1} | meanings("hundreds") | _LARGE
MAGNITUDES |= {small + large: _SMALL[small] * _LARGE[large] for small in _SMALL for large in _LARGE}
MAGNITUDES |= {"".join(_LARGE): prod(_LARGE.values())}
_PART = re.compile(rf"([0-9０-９,]+)([{''.join([*_SMALL, *_LARGE])}])")


def parse_digits(written: str) -> Decimal:
    """Return the value of a number in half- or full-width digits.

    >>> parse_digits("１，２３４．50")
    Decimal('1234.50')
    """
    return Decimal(_ascii(written))


def _ascii(written: str) -> str:
    plain = written.isascii() and "," not in written and " " not in written
    return written if plain else written.translate(_TO_ASCII).replace(",", "")


def read_digits(written: str, magnitude: str | None = None) -> tuple[Decimal, Decimal]:
    """Return the value of a number with its magnitude, and the size of its last printed digit.

    >>> read_digits("48.6", "万"), read_digits("60.80")
    ((Decimal('486000'), Decimal('1000')), (Decimal('60.80'), Decimal('0.01')))
    """
    plain = _ascii(written)
    printed = Decimal(plain)
    size = _step(len(plain) - 1 - plain.index(".")) if "." in plain else _ONE
    if not magnitude:
        return printed, size
    return in_full(printed * MAGNITUDES[magnitude]), in_full(size * MAGNITUDES[magnitude])


def read_further(written: str, beyond: str | None = None) -> tuple[Decimal, Decimal]:
    """Return what the parts behind a magnitude add, each with its own, and the size of the last; ``beyond`` is one that stands behind them all.

    >>> read_further("8,214万7千"), read_further("3千", "万")
    ((Decimal('82147000'), Decimal('1000')), (Decimal('30000000'), Decimal('10000000')))
    """
    value, size = Decimal(0), _ONE
    for part in _PART.finditer(written):
        digits, magnitude = part.groups()
        size = Decimal(MAGNITUDES[magnitude] * (1 if magnitude in _LARGE else MAGNITUDES[beyond or ""]))
        value += parse_digits(digits) * size
    return value, size


def in_full(value: Decimal) -> Decimal:
    """486000.0 as 486000: no decimals were printed for what 万 made whole."""
    whole = value.to_integral_value()
    return whole if value == whole else value


def parse_chinese(written: str) -> Decimal | None:
    """Return the value of a Chinese numeral, or None where the characters make no number.

    >>> parse_chinese("一万四千二百"), parse_chinese("十二点零七"), parse_chinese("一二三"), parse_chinese("廿五")
    (Decimal('14200'), Decimal('12.07'), None, Decimal('25'))
    """
    whole, _, fraction = written.partition("点")
    value = _whole(whole)
    if value is None or not fraction:
        return value if not fraction else None
    digits = "".join(str(_DIGITS[c]) for c in fraction)
    return Decimal(f"{value}.{digits}")


def _whole(written: str) -> Decimal | None:
    total = section = 0
    digit: int | None = None
    last_unit, place = 10**9, 1  # what a digit at the end counts: 一百二 is 120, 一万二 12000, 一百零二 102
    for character in written:
        if character in _DIGITS:
            if digit not in (None, 0):
                return None  # two digits in a row spell a year or a name, not an amount
            digit = _DIGITS[character]
            place = place if digit else 1
        elif character in _TENS:
            if digit not in (None, 0) or last_unit <= 10:
                return None
            section, digit, last_unit, place = section + _TENS[character], None, 10, 1
        elif character in _SMALL:
            unit = _SMALL[character]
            if unit >= last_unit:
                return None
            section += (1 if digit is None else digit) * unit
            digit, last_unit, place = None, unit, unit // 10
        else:
            section += digit or 0
            if character == "亿" or not total:
                total = (total + section or 1) * _LARGE[character]  # 二百六十万亿: what stands before 亿, 万 and all
            else:
                total += (section or 1) * _LARGE[character]
            section, digit, last_unit, place = 0, None, 10**9, _LARGE[character] // 10
    return Decimal(total + section + (digit or 0) * place)


def amount_in_chinese(written: str) -> Decimal | None:
    """Return the value of a Chinese numeral before a unit, where three digits and more in a row are an amount as well (一二五次).

    >>> amount_in_chinese("一二五"), amount_in_chinese("二○五八"), amount_in_chinese("三五"), amount_in_chinese("一百二十五")
    (Decimal('125'), Decimal('2058'), None, Decimal('125'))
    """
    digits = digits_in(written) if len(written) >= _A_ROW and written[0] in _FIRST_DIGITS else None
    return Decimal(digits) if digits is not None else parse_chinese(written)


_A_ROW, _FIRST_DIGITS = 3, frozenset(meanings("one_to_nine"))


def digits_in(written: str) -> int | None:
    """Return the value of a number written digit by digit; None where a sign of it is no digit.

    >>> digits_in("二〇一七"), digits_in("十十")
    (2017, None)
    """
    return digit_by_digit(written) if all(sign in _DIGITS for sign in written) else None


def digit_by_digit(written: str) -> int:
    """Return the value of a number written digit by digit, as years are, all of whose signs are digits.

    >>> digit_by_digit("二〇一七"), digit_by_digit("二9")
    (2017, 29)
    """
    return int("".join(str(_DIGITS.get(sign, sign)) for sign in written))


def step(printed: Decimal) -> Decimal:
    """Return the size of the last printed digit (48.6: 0.1)."""
    return _step(-int(printed.as_tuple().exponent))


def _step(places: int) -> Decimal:
    return _STEPS[places] if 0 <= places < len(_STEPS) else Decimal(1).scaleb(-places)


_ONE = Decimal(1)
_STEPS = tuple(_ONE.scaleb(-places) for places in range(9))


def step_of_chinese(written: str) -> Decimal:
    """Return the size of the last written digit (一万四千二百: 100)."""
    if "点" in written:
        return step(parse_chinese(written) or _ONE)
    return Decimal(_SMALL.get(written[-1]) or _LARGE.get(written[-1]) or 1)


def parse_doubling(written: str) -> Decimal:
    """Return the increase, in times, that 翻一番 or 翻三倍 means.

    >>> parse_doubling("翻番"), parse_doubling("翻了两番"), parse_doubling("翻三倍")
    (Decimal('1'), Decimal('3'), Decimal('3'))
    """
    times = next((parse_either(c) or _ONE for c in written if c.isdigit() or c in _DIGITS), _ONE)
    return times if written.endswith("倍") else 2**times - 1


def parse_fraction(written: str) -> Fraction | None:
    """Return a share that is printed as a fraction, exactly and in percent; None where it makes no sense.

    >>> parse_fraction("四分之三"), parse_fraction("一半"), parse_fraction("三分之一"), parse_fraction("万分之五"), parse_fraction("百分百")
    (Fraction(75, 1), Fraction(50, 1), Fraction(100, 3), Fraction(1, 20), Fraction(100, 1))
    """
    if "半" in written:
        return Fraction(50)
    if "分之" not in written:
        return Fraction(100)
    below, _, above = (parse_either(part) if part != "分之" else None for part in written.partition("分之"))
    if not below or above is None:
        return None
    return 100 * Fraction(above) / Fraction(below)


# A share without a finite decimal (三分之一) is written to so many digits, and exactly as a fraction beside them.
DIGITS_OF_A_FRACTION = 10


def written_out(value: Fraction) -> tuple[Decimal, str | None]:
    """Return a fraction as a decimal, and as printed exactly ("100/3") where its decimals have no end.

    >>> written_out(Fraction(75)), written_out(Fraction(100, 3))
    ((Decimal('75'), None), (Decimal('33.33333333'), '100/3'))
    """
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest == 1:
        return Decimal(value.numerator) / Decimal(value.denominator), None
    return Context(prec=DIGITS_OF_A_FRACTION).divide(Decimal(value.numerator), Decimal(value.denominator)), str(value)


def parse_either(written: str) -> Decimal | None:
    """Return the value of a number in digits or in Chinese numerals."""
    return parse_digits(written) if written[0] in "0123456789０１２３４５６７８９" else parse_chinese(written)
