"""Sentences written out from records at random, and what reading them gives back."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from analysis.extract import Statement, extract

from . import phrasebook
from .frames import FRAMES, NAMES, Frame, write_span


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the frame it was put into, and a mapping of what to expect for each of its records, in order."""

    frame: str
    text: str
    records: tuple[dict, ...]


def draw_period(draw: Random, year: int) -> tuple[str, str]:
    """Draw words for a period of ``year``, the sentence or date line that fixes it before them, and the period string they mean."""
    month, quarter = draw.randint(2, 12), draw.randint(1, 4)
    named, so_far = "一二三四"[quarter - 1], f"-01..{year}-{month:02}" if month < 12 else ""
    parts = {
        "": "",
        "全年": "",
        "上半年": "H1",
        "下半年": "H2",
        f"{named}季度": f"Q{quarter}",
        f"第{named}季度": f"Q{quarter}",
        "前三季度": f"-01..{year}-09",
        f"前{month}个月": so_far,
        f"1至{month}月": so_far,
        f"1—{month}月": so_far,
        f"{month}月": f"-{month:02}",
        f"{month}月份": f"-{month:02}",
        "以来": "..",
    }
    part = draw.choice(sorted(parts))
    form = draw.random()
    if form < 0.15:
        return f"发布日期：{year}-03-02\n今年{part}，", f"{year}{parts[part]}"
    if form < 0.25:
        return f"{year}年{part}，平安建设持续推进。", f"{year}{parts[part]}"
    if form < 0.35:
        return draw.choice((f"{year}年度", f"{year}年底", f"截至{year}年底")) + "，", f"{year}"
    written = draw.choice(
        (str(year), str(year), str(year).translate(phrasebook.FULL_WIDTH), "".join("〇一二三四五六七八九"[int(d)] for d in str(year)))
    )
    return f"{written}年{part}，", f"{year}{parts[part]}"


# What is named by more than the words that say it.
CALLED = {"立刑事案件": "刑事案件立案"}


def compose(draw: Random, frame: Frame | None = None) -> Case:
    """Write one sentence, in one of the frames or the one asked for, with its period before it."""
    frame = frame or draw.choice(FRAMES)
    year = draw.randint(2001, 2029)
    dated, period = draw_period(draw, year)
    text, records = frame(draw, year, period)
    names = sorted((name for names in NAMES.values() for name in names if name in text), key=text.find)
    names = [CALLED.get(name, name) for name in names]
    records = [record | {"indicator": names[i % len(names)]} for i, record in enumerate(records)]
    return Case(frame.__name__.removeprefix("write_"), f"{'' if frame is write_span else dated}{text}。", tuple(records))


def differences(case: Case) -> list[str]:
    """Return how the records read from a case differ from those it was written from, one line each."""
    read = sorted((s for s in extract(case.text).statements if s.kind in ("actual", "target", "count_of_things") and not s.qualitative), key=_anchor)
    if len(read) != len(case.records):
        return [f"{len(case.records)} records written, {len(read)} read"]
    return [
        f"{name}: {wanted!r} written, {got!r} read"
        for statement, record in zip(read, case.records, strict=False)
        for name, wanted in record.items()
        if (got := _read(statement, name, wanted)) != wanted
    ]


def _anchor(statement: Statement) -> int:
    own = statement.value is None and statement.change is not None and statement.change.amount_start is not None
    return statement.change.amount_start if own else statement.start


def _read(statement: Statement, name: str, wanted: object) -> object:
    """Return a field of a statement; of a change or an earlier value what the case says of it, of a name what was written of it."""
    found = getattr(statement, name)
    if name == "indicator" and wanted in found:  # 受理民商事案件 is completed to 受理民商事案件数
        return wanted
    if found is None or not isinstance(wanted, dict):
        return found
    return {part: getattr(found, "standing" if part == "basis" else part) for part in wanted}
