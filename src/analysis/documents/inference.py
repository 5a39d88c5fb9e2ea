"""What a document without metadata says of itself: place, organ, period, kind, title, publisher and date, each with its ground.

Explicit metadata always win; this room only reads what they leave unsaid. An inference is `sure` when its clue has one reading, no other clue
contradicts it, and the text's own 全市 or 全国 agree with it; only then may it be used to match figures. The rest is shown as a doubt.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import lru_cache

from ..lexicon.publishers import canonical_place, family_of, kind_of, words
from .clues import FILE_NAME, Clue, find_clues
from .model import COUNTRY, Document
from .written import written_period

__all__ = ["Inference", "Inferred", "infer"]

LOCAL = re.compile(r"[全我本]([市省州县区旗盟])(?![域际])")
WHOLE_COUNTRY = re.compile(r"全国(?!人大|人民代表|政协|两会|第)")
# Who speaks in a bulletin's name says whose it is, whatever places it compares with.
SPOKEN = ("speaker", "session")
# In a report on a year that is over, the year of the session is one later.
LOOKS_BACK_ONE = 1
YEAR_BEGINS = re.compile(r"(?:^|[。；\n])[^\S\n]*((?:19|20)[0-9]{2})年[，,全]")
CHRONICLE = 3
# 2023年第5期: the year of an issue, not the time that it reports on.
ISSUE = re.compile(r"\s*[（(]?第\s*[0-9〇零一二三四五六七八九十]{1,4}\s*期")


@dataclass(frozen=True, slots=True)
class Inference:
    """One thing inferred: `value` as metadata would say it, the words it rests on (`start` -1: not in the text), the rule, and whether it is sure."""

    field: str
    value: str
    words: str
    start: int
    rule: str
    sure: bool

    @property
    def end(self) -> int:
        """One past the last character of the words; -1 where they are not in the text."""
        return self.start + len(self.words) if self.start >= 0 else -1


@dataclass(frozen=True, slots=True)
class Inferred:
    """All that was inferred of one document; None where its words say nothing."""

    place: Inference | None = None
    organ: Inference | None = None
    period: Inference | None = None
    kind: Inference | None = None
    title: Inference | None = None
    publisher: Inference | None = None
    date: Inference | None = None

    def __iter__(self) -> Iterator[Inference]:
        return (found for field in fields(self) if (found := getattr(self, field.name)) is not None)

    def sure(self, field: str) -> str:
        """The value of one field if it is sure, else ""."""
        found = getattr(self, field)
        return found.value if found is not None and found.sure else ""


def infer(document: Document) -> Inferred:
    """What the document's own words say of it. A table is read too: its title line and its file's name are all it has.

    >>> found = infer(Document("note", "青山县2013年工作情况\\n2013年，全县受理各类案件305件。"))
    >>> found.place.value, found.place.rule, found.period.value, found.sure("organ")
    ('青山县', 'title', '2013', '')
    """
    return _infer(document.text, document.id if document.path is not None else "", document.heading, document.imprint)


@lru_cache(maxsize=256)
def _infer(text: str, name: str, heading: str, imprint: str) -> Inferred:
    clues = find_clues(text, name, heading, imprint)
    owner = _owner(clues, text)
    title = _title(clues)
    return Inferred(
        place=owner,
        organ=_organ(clues, owner),
        period=_period(clues, text),
        kind=_kind(clues, title),
        title=title,
        publisher=_first(clues, "publisher"),
        date=_date(clues),
    )


def _of(clues: list[Clue], *names: str) -> list[Clue]:
    return [clue for clue in clues if clue.field in names]


def _first(clues: list[Clue], field: str) -> Inference | None:
    found = next(iter(_of(clues, field)), None)
    return Inference(field, found.words, found.words, found.start, found.rule, found.firm) if found else None


def _title(clues: list[Clue]) -> Inference | None:
    """What the file declares as its title, unless only the text's own names a bulletin."""
    found = _of(clues, "title")
    chosen = next((clue for clue in found if kind_of(clue.words)), None)
    return _first([chosen] if chosen else found, "title")


def _owner(clues: list[Clue], text: str) -> Inference | None:
    """The place whose figures these are; the country counts as one."""
    found = _of(clues, "place", "national", "national_session")
    own = [clue for clue in found if clue.rule != FILE_NAME] or found
    firm = [clue for clue in own if clue.firm] or own
    if not firm:
        return None
    # 代表上海市人民政府 in 全国人大 is no report on the country, and 上海's session none of 全国人大.
    places = {_place_of(clue) for clue in firm}
    chosen = firm[0]
    alike = len(places) == 1 or _nested(places)
    value = _place_of(chosen) if len(places) == 1 else max(places, key=lambda place: [_place_of(clue) for clue in firm].count(place))
    sure = chosen.firm and alike and (chosen.rule in SPOKEN or _agrees(value, text))
    return Inference("place", value, chosen.words, chosen.start, chosen.rule, sure)


def _place_of(clue: Clue) -> str:
    return canonical_place(clue.words) if clue.field == "place" else COUNTRY


def _nested(places: set[str]) -> bool:
    """Whether the names are one place and its short form."""
    return len({place.rstrip("省市县区州旗盟") for place in places}) == 1


def _agrees(place: str, text: str) -> bool:
    """Whether the text's own 全市 and 全国 agree with the place."""
    local, country = Counter(LOCAL.findall(text)), len(WHOLE_COUNTRY.findall(text))
    if place == COUNTRY:
        return country >= local.total()
    usual = max(local, key=local.__getitem__, default=None)
    # 东海县公安局 in a text on 全市 is one of those it tells of. A city's report may well name its province more often than itself.
    return usual is None or local[place[-1]] == local[usual] or (local[place[-1]] > 2 and country < local.total())


def _organ(clues: list[Clue], owner: Inference | None) -> Inference | None:
    found = [clue for clue in clues if clue.field in ("organ", "national") and family_of(clue.words)]
    own = [clue for clue in found if clue.rule != FILE_NAME] or found
    if not own:
        return None
    families = {family_of(clue.words) for clue in own}
    value = family_of(own[0].words)
    known = value in words()["organs"]
    sure = len(families) == 1 and known and own[0].firm and owner is not None and owner.sure
    return Inference("organ", value if known else "all", own[0].words, own[0].start, own[0].rule, sure)


def _period(clues: list[Clue], text: str) -> Inference | None:
    back = [clue for clue in clues if clue.rule == "looks back"]
    found = back or [clue for clue in _of(clues, "period") if clue.firm] or _of(clues, "period")
    if not found:
        session = next(iter(_of(clues, "session_year")), None)
        if session is None:
            return None
        year = int(unicodedata.normalize("NFKC", session.words)[:4])
        return Inference("period", str(year - LOOKS_BACK_ONE), session.words, session.start, "session year", False)
    values = {value for clue in found if (value := written_period(clue.words))}
    if not values:
        return None
    chosen = next(clue for clue in found if written_period(clue.words))
    value = written_period(chosen.words)
    of_issue = chosen.start >= 0 and ISSUE.match(text, chosen.start + len(chosen.words)) is not None
    sure = chosen.firm and len(values) == 1 and _one_year(value, text) and not of_issue
    return Inference("period", value, chosen.words, chosen.start, chosen.rule, sure)


def _one_year(period: str, text: str) -> bool:
    """Whether the sentences that begin with a year begin with those of the period: a chronicle is about no one of its years."""
    return len(set(YEAR_BEGINS.findall(text)) - set(re.findall("[0-9]{4}", period))) < CHRONICLE


def _kind(clues: list[Clue], title: Inference | None) -> Inference | None:
    if title is not None and (kind := kind_of(title.value)):
        return Inference("kind", kind, title.words, title.start, "title", True)
    if news := next(iter(_of(clues, "news")), None):
        return Inference("kind", "news", news.words, news.start, news.rule, True)
    return None


def _date(clues: list[Clue]) -> Inference | None:
    for clue in sorted(_of(clues, "date"), key=lambda clue: clue.rule != "date line"):
        year, month, day = (int(part) for part in re.findall(r"[0-9]+", unicodedata.normalize("NFKC", clue.words))[:3])
        if 1 <= month <= 12 and 1 <= day <= 31:
            return Inference("date", f"{year:04d}-{month:02d}-{day:02d}", clue.words, clue.start, clue.rule, clue.firm)
    return None
