"""Numbers, units, periods and dates as a Chinese or an English reader writes them.

Exact decimals in, text out. Every printed number keeps the digits its source printed; a value printed in 万
or 亿 is never shown with more digits than it had.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from functools import cache

from babel import Locale
from babel.dates import format_date

from .phrases import Phrases

Number = Decimal | Fraction | int

MINUS = "\N{MINUS SIGN}"
PERIOD = re.compile(r"(?P<year>\d{4})(?:(?P<half>H[12])|(?P<quarter>Q[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?$")


def decimals_of(resolution: Decimal | None) -> int:
    """Count the decimals a resolution allows.

    >>> decimals_of(Decimal("0.01")), decimals_of(Decimal("1000")), decimals_of(None)
    (2, 0, 0)
    """
    if resolution is None or resolution <= 0:
        return 0
    return max(0, -resolution.normalize().adjusted())


def as_printed(written: str) -> str:
    """Set a number in the document's own words in our style: the sign for per cent follows its number.

    >>> as_printed("近30 ％")
    '近30%'
    """
    return re.sub(r"(?<=\d)\s+(?=[%‰])", "", written.replace("％", "%"))


def round_outward(low: Decimal, high: Decimal, decimals: int) -> tuple[Decimal, Decimal]:
    """Round an interval to `decimals` so that the printed one still holds the exact one.

    >>> round_outward(Decimal("78.935"), Decimal("79.945"), 2)
    (Decimal('78.93'), Decimal('79.95'))
    """
    step = Decimal(1).scaleb(-decimals)
    return low.quantize(step, ROUND_FLOOR), high.quantize(step, ROUND_CEILING)


def digits(value: Fraction, decimals: int, grouped: bool) -> str:
    """Write a number with so many decimals, rounded half up, with a true minus sign; `grouped` by thousands.

    >>> digits(Fraction("-8.5347"), 2, True), digits(Fraction(12364), 0, True), digits(Fraction("15.25"), 1, False)
    ('−8.53', '12,364', '15.3')
    """
    top = abs(value.numerator) * 10**decimals
    scaled = (2 * top + value.denominator) // (2 * value.denominator)
    whole, rest = divmod(scaled, 10**decimals)
    sign = MINUS if value.numerator < 0 and scaled else ""
    written = f"{whole:,}" if grouped else str(whole)
    return f"{sign}{written}.{rest:0{decimals}d}" if decimals else sign + written


@cache
def writer(lang: str) -> "Formatter":
    """The writer of numbers and periods in a language."""
    return Formatter(Phrases.of_numbers(lang))


@cache
def written_period(period: str, lang: str) -> str:
    """Write a period in a language.

    >>> written_period("2021Q1", "zh"), written_period("2018..2022", "zh"), written_period("2021-01..2021-08", "en")
    ('2021年第一季度', '2018-2022年', 'January to August 2021')
    """
    return writer(lang).period(period)


@dataclass(frozen=True)
class Formatter:
    """Write numbers, units and periods in the language of `wording`."""

    wording: Phrases

    @property
    def locale(self) -> Locale:
        """The babel locale of the language."""
        return Locale.parse(self.wording("locale"))

    def number(self, value: Number, decimals: int | None = None) -> str:
        """Write the digits of `value` (grouped in English); keep `decimals` places, or those a Decimal was printed with.

        >>> Formatter(Phrases.of_numbers("en")).number(Decimal("12364"))
        '12,364'
        """
        if decimals is None:
            exact = value if isinstance(value, Decimal) else Decimal(Fraction(value).numerator) / Fraction(value).denominator
            decimals = max(0, -int(exact.as_tuple().exponent))
        return digits(Fraction(value), decimals, grouped="," in self.wording("digits"))

    def scaled(self, value: Decimal, resolution: Decimal | None) -> str:
        """Write a count with a scale word (万, million) when its last printed digit was that coarse.

        >>> Formatter(Phrases.of_numbers("en")).scaled(Decimal("37486000"), Decimal("1000"))
        '37.486 million'
        >>> Formatter(Phrases.of_numbers("zh")).scaled(Decimal("37486000"), Decimal("1000"))
        '3748.6万'
        """
        resolution = resolution or Decimal(1)
        for scale in self.wording.table("scales"):
            size = Decimal(str(scale["size"]))
            if abs(value) >= size and resolution >= size / Decimal(str(scale["finest"])):
                places = max(0, -(resolution / size).normalize().adjusted())
                return self.number(value / size, places) + scale["word"]
        return self.number(value, decimals_of(resolution))

    def quantity(self, value: Decimal, unit: str, resolution: Decimal | None = None, hedge: str = "") -> str:
        """Write a value with its unit and hedge: 58.3%, 200余人次, more than 200.

        >>> Formatter(Phrases.of_numbers("zh")).quantity(Decimal("12364"), "起")
        '12364起'
        """
        if resolution is None and value == value.to_integral_value():
            resolution = Decimal(1)
        written = self.scaled(value, resolution) if resolution else self.number(value)
        return self.wording(f"hedge.{hedge or 'none'}", number=written, unit=self.unit(unit)).strip()

    def unit(self, unit: str) -> str:
        """Give the unit as it is glued to a number (English leaves out plain counters such as 件)."""
        if not unit:
            return ""
        return self.wording.table("units").get(unit, self.wording("units_default", unit=unit))

    def counted(self, unit: str) -> str:
        """Name a unit where no number stands beside it, as on an axis: cases, yuan; nothing for a counter without a word of its own."""
        return self.unit(unit).strip() or self.wording.table("axis_units").get(unit, "")

    def amount(self, amount: Decimal, kind: str, unit: str = "", hedge: str = "", resolution: Decimal | None = None) -> str:
        """Write the size of a change, unsigned: 25.44%, 5 percentage points, 1.3 times, 660."""
        if kind == "absolute":
            return self.quantity(amount, unit, resolution, hedge)
        decimals = None if resolution is None else decimals_of(resolution)
        form = self.wording(f"amount.{kind}", count=amount, number=self.number(amount, decimals))
        return self.wording(f"hedge.{hedge or 'none'}", number=form, unit="")

    def signed(self, direction: str, written: str) -> str:
        """Put the sign of a change before its written amount: −25.44%."""
        return {"up": "+", "down": MINUS}.get(direction, "") + written

    def interval(self, low: Number, high: Number, decimals: int = 0, resolution: Decimal | None = None, unit: str = "") -> str:
        """Write a closed interval with its unit; one number when its ends print alike.

        >>> Formatter(Phrases.of_numbers("zh")).interval(Decimal("58.0"), Decimal("58.2"), 1, unit="%")
        '58.0%～58.2%'
        """
        word = self.unit(unit)
        if resolution is not None and resolution > 1:
            ends = [self.scaled(n if isinstance(n, Decimal) else Decimal(str(n)), resolution) for n in (low, high)]
            words = [end.lstrip("0123456789,.") for end in ends]
            if words[0] == words[1]:  # 3381.6～3384.8万, the scale said once
                ends[0] = ends[0].removesuffix(words[0]) if ends[0] != ends[1] else ends[0]
        else:
            ends = [self.number(n, decimals) for n in (low, high)]
        if ends[0] == ends[1]:
            return ends[0] + word
        if word in ("%", "‰"):
            ends[0] += word
        return self.wording("range", low=ends[0], high=ends[1]) + word

    def period_in_cell(self, period: str) -> str:
        """Write a period as a table does: Jan-Jul 2024, from Nov 2015."""
        written = self.period(period)
        for long, short in self.wording.table("shorter").items():
            written = written.replace(long, short)
        return written.replace(" ", "\N{NO-BREAK SPACE}")  # a narrow column would cut it in three

    def period(self, period: str) -> str:
        """Write a period: 2017年, first half of 2013, January to May 2020.

        >>> Formatter(Phrases.of_numbers("en")).period("2013H1")
        'the first half of 2013'
        """
        if ".." in period:
            return self._span(*period.split("..", 1))
        found = PERIOD.match(period)
        if not found:
            return period
        parts = found.groupdict()
        if parts["day"]:
            return self.date(date.fromisoformat(period))
        if parts["month"]:
            return self.wording("period.month", year=parts["year"], month=self.month(parts["month"]))
        for name in ("half", "quarter"):
            if parts[name]:
                return self.wording(f"period.{parts[name]}", year=parts["year"])
        return self.wording("period.year", year=parts["year"])

    def _span(self, first: str, last: str) -> str:
        if not last:
            return self.wording("period.since", first=self.period(first))
        if len(first) == len(last) == 7 and first[:4] == last[:4]:
            return self.wording("period.months", year=first[:4], first=self.month(first[5:]), last=self.month(last[5:]))
        if len(first) == len(last) == 4:
            return self.wording("period.years", first=first, last=last)
        return self.wording("period.span", first=self.period(first), last=self.period(last))

    def month(self, number: str) -> str:
        """Name a month: 5 in Chinese (月 is in the sentence), May in English."""
        return self.wording.table("months")[int(number) - 1]

    def date(self, day: date) -> str:
        """Write a day in the long form of the language."""
        return format_date(day, "long", locale=self.locale)
