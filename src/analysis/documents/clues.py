"""Where a document says whose figures it gives: each clue with its words, their place and the rule that found it.

A clue is `firm` where the form of the words leaves one reading (我代表青山县人民法院向大会报告工作), else a hint, to be shown and not relied on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from ..keeping import pattern
from ..lexicon.publishers import BETWEEN, NATIONAL, OFFICE, PLACE, kind_of, words
from .markdown import without_marks
from .tables.cells import SPACES

# A head is over at the first line that runs like prose; no head is longer.
HEAD_LINES, HEADING_WIDTH, OPENING = 8, 60, 400
LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
# A salutation, a numbered section, a byline or a date is no title.
NO_TITLE = re.compile(r"[：:]$|^[一二三四五六七八九十]+、|^(?:来源|来自|出处|作者|日期|发布|时间)|^——|(?:省长|市长|院长|检察长|主席)[ 　]")
SHORT_TITLE = 8
# The rules of clues that do not stand in the text: in the title that a file declares, and in its name.
DECLARED, FILE_NAME, IMPRINT = "the file's title", "the file's name", "the page's imprint"
# The line that says who put a text out.
SOURCE = "source line"
# A title has no clauses; a line broken by its typesetting has.
PROSE = re.compile(r"[。；]|[，,](?!.{0,30}[：:]$)")
# What a news text begins with, before it says anything of its own.
DATELINE = re.compile(
    r"\s*(?:央视网消息\s*[(（][^)）\n]{1,10}[)）]\s*[：:]?\s*|"
    r"(?:本报|新华社|[一-鿿]{2,8}(?:日报|晚报|快讯))?[一-鿿]{0,6}?"
    r"(?:[0-9０-９]{1,2}月[0-9０-９]{1,2}日)?(?:讯|电)(?=[\s(（记，,自]))"
)
BEGIN = r"(?:^|(?<=[\s，,。；;、：:—\-“《（(0-9０-９年月日度]))"
DAY = r"(?P<year>(?:19|20)[0-9]{2})\s*[-年./]\s*(?P<month>[01]?[0-9])\s*[-月./]\s*(?P<day>[0-3]?[0-9])(?:日|(?![0-9]))"
YEAR = r"(?:(?:19|20)[0-9]{2})"
PERIOD = (
    rf"(?P<first>{YEAR})(?:年)?\s*(?:[-—－~～至]+\s*(?P<last>{YEAR})年?(?:度)?"
    r"|年?(?P<part>上半年|下半年|第?[一二三四1-4]季度|[0-9]{1,2}\s*[-—－~～至]\s*[0-9]{1,2}月(?:份)?|[0-9]{1,2}月(?:份)?)|年(?:度)?)"
)


@dataclass(frozen=True, slots=True)
class Clue:
    """Some words of a document that say something of it; `start` is -1 where they are the file's name, or a title that is not in its text."""

    field: str
    words: str
    start: int
    rule: str
    firm: bool

    @property
    def end(self) -> int:
        """One past the last character of the words."""
        return self.start + len(self.words) if self.start >= 0 else -1


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of a text that speak of the document: lines of its head, its first words, its last lines; each as (start, words)."""

    head: tuple[tuple[int, str], ...]
    opening: tuple[int, str]
    signature: tuple[tuple[int, str], ...]


def zones(text: str) -> Zones:
    """Part a text into head, opening and signature."""
    head: list[tuple[int, str]] = []
    opening = (0, "")
    for found in LINE.finditer(text[:20_000]):
        line = found[0].strip(SPACES)
        if not line:
            continue
        start = found.start() + found[0].index(line)
        dateline = DATELINE.match(line)
        if len(line) > HEADING_WIDTH or PROSE.search(line) or len(head) == HEAD_LINES or (dateline and dateline.end()):
            skipped = dateline.end() if dateline else 0
            opening = (start + skipped, text[start + skipped : start + skipped + OPENING])
            break
        head.append((start, line))
    tail = max(0, len(text) - 200)
    last = [(tail + found.start(), found[0]) for found in LINE.finditer(text[tail:]) if found[0].strip()][-3:]
    signature = tuple((start + len(line) - len(line.lstrip()), line.strip()) for start, line in last if len(line.strip()) <= 40 and "。" not in line)
    return Zones(tuple(head), opening, signature if len(text) > 200 else ())


# Who calls the press together is not whose figures it is told.
OFFICE, NATIONAL = rf"(?:{OFFICE})(?!新闻办|办公厅)", rf"(?:{NATIONAL})(?!新闻办|办公厅)"
OWNER = pattern(rf"(?P<place>{PLACE})(?P<between>{BETWEEN})(?P<organ>{OFFICE})")
NATIONAL_OWNER = pattern(rf"(?P<organ>{NATIONAL})")
SPEAKER = pattern(
    rf"我(?:谨)?(?:代表|汇报|向大会报告)(?P<place>{PLACE})?(?:省|市|县|区|州|自治区|旗)?(?P<between>{BETWEEN})(?P<organ>{OFFICE})(?=[^。\n]{{0,12}}(?:报告|作|工作))"
)
SESSION = pattern(rf"在(?P<place>{PLACE})第[一二三四五六七八九十]+届\s*人民代表大会")
SOME_PERIOD = re.sub(r"\?P<[a-z]+>", "?:", PERIOD)
TITLED_PLACE = pattern(
    rf"(?:{SOME_PERIOD})?(?P<place>{PLACE})(?={SOME_PERIOD}|{BETWEEN}(?:{OFFICE})|[一-鿿]{{0,16}}(?:报告|公报|统计|情况|数据|总结|通报|白皮书|年鉴|指标))",
    re.MULTILINE,
)
TOLD = pattern(
    rf"(?:记者|本报|笔者)?[^。，\n]{{0,10}}?(?:从|据|日前，|近日，|近日|日前)(?P<place>{PLACE})(?P<between>{BETWEEN})(?P<organ>{OFFICE})"
)
SUBJECT = pattern(rf"{BEGIN}(?P<place>{PLACE})(?P<between>{BETWEEN})(?P<organ>{OFFICE})")
YEARLY = pattern(rf"^(?:{SOME_PERIOD}[，,]?)(?P<place>{PLACE})(?={BETWEEN})")


def find_clues(text: str, name: str = "", heading: str = "", imprint: str = "") -> list[Clue]:
    """Every clue of a text, of the title and imprint its file declares and of its file's name, in order of weight: title, speaker, opening,
    signature, imprint, name."""
    shown, places = without_marks(text) or (text, range(len(text)))
    parts = zones(shown)
    said = (_of_head(parts), _of_speaker(shown), _of_opening(parts), _of_signature(parts), _of_dates(shown, parts), _of_imprint(imprint))
    found = [*_of_heading(heading, shown), *chain.from_iterable(said), *_of_name(name)]
    return found if shown == text else [clue if clue.start < 0 else replace(clue, start=places[clue.start]) for clue in found]


def _clue(field: str, found: re.Match[str], group: str, base: int, rule: str, firm: bool = True) -> Clue:
    return Clue(field, found[group], base + found.start(group), rule, firm)


def _of_head(parts: Zones) -> Iterator[Clue]:
    for n, (start, line) in enumerate(parts.head):
        rule = "title" if n < 3 else "head"
        if source := re.match(r"(?:来源|出处|发布机关|(?:发布|主办|填报|填表|制表|编制|报送)(?:单位|部门))\s*[：:]\s*(?P<who>[^\s]{2,30})", line):
            yield _clue("publisher", source, "who", start, SOURCE)
            if owner := OWNER.fullmatch(source["who"]):
                yield _clue("place", owner, "place", start + source.start("who"), SOURCE)
                yield _clue("organ", owner, "organ", start + source.start("who"), SOURCE)
            continue
        if (found := NATIONAL_OWNER.search(line)) is not None:
            yield _clue("national", found, "organ", start, rule)
        elif (found := SUBJECT.search(line) or OWNER.match(line)) is not None:
            yield _clue("place", found, "place", start, rule)
            yield _clue("organ", found, "organ", start, rule)
        elif (found := TITLED_PLACE.match(line)) is not None:
            yield _clue("place", found, "place", start, rule)
        if n < 3 and (found := re.search(PERIOD, line)) and not re.search(DAY, line):
            yield Clue("session_year" if "工作报告" in line else "period", found[0], start + found.start(), rule, True)
    if titles := [(start, line) for start, line in parts.head[:3] if not NO_TITLE.search(line)]:
        start, line = next((title for title in titles if kind_of(title[1])), titles[0])
        yield Clue("title", line, start, "title" if kind_of(line) else "first line", kind_of(line) is not None or len(line) >= SHORT_TITLE)


def _of_heading(heading: str, text: str) -> Iterator[Clue]:
    """Of a title that the file declares: what it says, where the text itself does not have it in its head."""
    if not heading or NO_TITLE.search(heading):
        return
    at = text.find(heading, 0, 3000)
    yield Clue("title", heading, at, DECLARED, kind_of(heading) is not None or len(heading) >= SHORT_TITLE)
    if at < 0:
        said = _of_head(Zones(((0, heading),), (0, ""), ()))
        yield from (replace(clue, start=-1, rule=DECLARED) for clue in said if clue.field != "title")


def _of_speaker(text: str) -> Iterator[Clue]:
    head = text[:3000]
    for found in SESSION.finditer(head):
        yield _clue("place", found, "place", 0, "session")
    if re.search(r"全国人民代表大会第|届全国人大[一二三四五]次会议", head):
        found = re.search(r"全国人民代表大会|届全国人大", head)
        yield Clue("national_session", found[0], found.start(), "session", True)
    if found := SPEAKER.search(head):
        yield _clue("organ", found, "organ", 0, "speaker")
        if found["place"]:
            yield _clue("place", found, "place", 0, "speaker")
        elif re.fullmatch(NATIONAL, found["organ"]):
            yield _clue("national", found, "organ", 0, "speaker")
    if found := re.search(rf"{YEAR}年(?:的)?(?:主要)?工作(?:的)?(?:情况)?回顾|对{YEAR}年工作的回顾|回顾{YEAR}年", text[:20_000]):
        yield Clue("period", re.search(YEAR, found[0])[0], found.start() + re.search(YEAR, found[0]).start(), "looks back", True)


def _of_opening(parts: Zones) -> Iterator[Clue]:
    base, opening = parts.opening
    sentence = re.split(r"[。！？\n]", opening, maxsplit=1)[0]
    told, subject, national = TOLD.search(sentence), SUBJECT.search(sentence), NATIONAL_OWNER.search(sentence)
    first = min((found for found in (told, subject, national) if found), key=lambda found: found.start("organ"), default=None)
    if first is not None and first is not national:
        yield _clue("place", first, "place", base, "opening")
        yield _clue("organ", first, "organ", base, "opening")
    elif national:
        for each in NATIONAL_OWNER.finditer(sentence):
            yield _clue("national", each, "organ", base, "opening")
    if not first and (found := YEARLY.match(sentence) or re.match(rf"(?P<place>{PLACE})", sentence)):
        yield _clue("place", found, "place", base, "opening", firm=found.re is YEARLY)
    if found := re.match(rf"\s*{PERIOD}(?=[，,全]|{PLACE})", opening):
        yield Clue("period", found[0].strip(), base + found.start() + len(found[0]) - len(found[0].lstrip()), "opening", True)
    elif found := re.search(PERIOD, sentence):
        yield Clue("period", found[0], base + found.start(), "first sentence", False)


def _of_signature(parts: Zones) -> Iterator[Clue]:
    for start, line in parts.signature:
        if found := re.fullmatch(rf"(?P<place>{PLACE})(?P<between>{BETWEEN})(?P<organ>{OFFICE})(?:办公室|研究室|宣传处)?", line):
            yield _clue("place", found, "place", start, "signature")
            yield _clue("organ", found, "organ", start, "signature")
            yield Clue("publisher", line, start, "signature", True)
        elif found := re.fullmatch(DAY, line):
            yield Clue("date", line, start, "signature", True)


def _of_dates(text: str, parts: Zones) -> Iterator[Clue]:
    end = parts.opening[0] or 1500
    for found in re.finditer(DAY, text[: min(end + 60, 3000)]):
        before = text[max(0, found.start() - 12) : found.start()]
        if re.search(r"(?:日期|发布|时间|发布时间|更新|来源)[^\n]{0,6}$", before):
            yield Clue("date", found[0], found.start(), "date line", True)
        elif re.match(r"[^\n]{0,12}在[^\n]{2,20}(?:人民代表大会|会议上)", text[found.end() : found.end() + 60]):
            yield Clue("date", found[0], found.start(), "session", True)
        elif any((start == found.start() and len(line) <= len(found[0]) + 8) or _drawn_up(line, found.start() - start) for start, line in parts.head):
            yield Clue("date", found[0], found.start(), "date line", True)
    if any(word in text[max(0, parts.opening[0] - 30) : parts.opening[0] + 30] for word in words()["news"]):
        yield Clue("news", text[: parts.opening[0] + 30].strip()[:20], 0, "dateline", True)


def _drawn_up(line: str, at: int) -> bool:
    """Whether a date stands at the end of the line that says who drew a table up (填报单位：青山县司法局　2025年1月15日)."""
    return 0 < at < len(line) and re.fullmatch(rf"[^：:。]{{0,6}}(?:单位|部门|来源)\s*[：:][^。；]*?\s{DAY}", line) is not None


def _of_imprint(imprint: str) -> Iterator[Clue]:
    """Of what a page says beside its article of when and by whom it was put out."""
    lines = tuple((0, line) for line in imprint.split("\n"))
    yield from (replace(clue, start=-1, rule=IMPRINT) for clue in _of_head(Zones(lines, (0, ""), ())) if clue.rule == SOURCE)
    if found := re.search(DAY, imprint):
        yield Clue("date", found[0], -1, IMPRINT, True)


def _of_name(name: str) -> Iterator[Clue]:
    plain = name.strip()
    if found := NATIONAL_OWNER.search(plain):
        yield Clue("national", found["organ"], -1, FILE_NAME, True)
    elif found := OWNER.search(plain):
        yield Clue("place", found["place"], -1, FILE_NAME, True)
        yield Clue("organ", found["organ"], -1, FILE_NAME, True)
    elif found := re.match(PLACE, plain):
        yield Clue("place", found[0], -1, FILE_NAME, False)
    if found := re.search(PERIOD + "|" + YEAR, plain):
        yield Clue("period", found[0], -1, FILE_NAME, False)
