"""Periods as people write them (2013年上半年, 2018-2019), in the form the metadata and the tables have."""

from __future__ import annotations

import re
import unicodedata

from ..periods import Period, PeriodError

DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4}
NUMBER = re.compile(r"[0-9]{1,2}")


def written_period(written: str) -> str:
    """A period as people write it, in the form of the metadata, "" where it is none.

    >>> [written_period(written) for written in ("2013年", "2013年上半年", "2013—2017年", "2019年1-8月", "2020年第3季度")]
    ['2013', '2013H1', '2013..2017', '2019-01..2019-08', '2020Q3']
    """
    plain = unicodedata.normalize("NFKC", written)
    years = re.findall(r"(?:19|20)[0-9]{2}", plain)
    if not years:
        return ""
    if len(years) > 1 and "月" not in plain:
        return f"{years[0]}..{years[1]}" if years[0] < years[1] else ""
    year, rest = years[0], plain.partition(years[0])[2]
    if "半年" in rest:
        return f"{year}H{1 if '上' in rest else 2}"
    if "季" in rest:
        quarter = next((DIGITS.get(c, 0) or (int(c) if c.isdigit() else 0) for c in rest if c in DIGITS or c.isdigit()), 0)
        return f"{year}Q{quarter}" if 1 <= quarter <= 4 else ""
    months = [int(number) for number in NUMBER.findall(rest)] if "月" in rest else []
    if any(not 1 <= month <= 12 for month in months):
        return ""
    if len(months) == 2:
        return f"{year}-{months[0]:02d}..{year}-{months[1]:02d}" if months[0] < months[1] else ""
    return f"{year}-{months[0]:02d}" if months else year


def as_period(text: str) -> str:
    """A period somebody typed, in the form of the metadata where it can be told what is meant, else as it is.

    >>> as_period("2023H1"), as_period("2019年上半年"), as_period("2018-2019"), as_period("2023-13")
    ('2023H1', '2019H1', '2018..2019', '2023-13')
    """
    text = text.strip()
    as_people_do = re.search("[一-鿿]", text) or len(re.findall(r"(?:19|20)[0-9]{2}", text)) == 2
    try:
        return str(Period.parse(text))
    except PeriodError:
        return (written_period(text) if as_people_do else "") or text
