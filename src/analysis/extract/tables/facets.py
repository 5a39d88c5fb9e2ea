"""What one head or label says of the figures under or beside it: their name, unit, time, place, and whether they are levels or changes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from ...lexicon import changes
from ...lexicon.wordlists import meanings, words
from .. import naming
from ..grammar import compiled
from .tails import time_at_end, without_tail
from .times import When, in_title, joined, read_when
from .values import Unit, read_unit, read_value
from .words import half_width, is_kind, is_translation, pattern

_UNIT, _NUMBERED, _OF_WHICH = compiled("unit_in_head"), compiled("number_of_a_head"), compiled("part_of_what_stands_above")
_BASIS = (
    ("previous_period", compiled("head_of_a_change_on_the_period_before")),
    ("yoy", compiled("head_of_a_change_on_the_year_before")),
    ("year", compiled("head_of_a_change_on_a_year")),
)
_MOVE, _VERB_ALONE = compiled("move_in_head"), compiled("verb_alone_in_head")
_ENGLISH_CHANGE = re.compile(r"(?:yoy|mom|year[ _-]?on[ _-]?year|month[ _-]?on[ _-]?month)(?![a-z])", re.IGNORECASE)
_WORKED_OUT = compiled("formula_of_a_rate")
_MARK, _SHARE, _TIME = compiled("mark_in_head"), compiled("share_in_head"), compiled("time_in_head")
_DOWN = (*changes.words("verb", "down"), *changes.words("short", "down"))
_RATES = words("rates")
_UNIT_NOTE, _LABEL, _TOTAL = compiled("unit_note"), compiled("table_label"), compiled("total_of_a_time")
_OF_BOTH = compiled("count_and_its_share")
_MAKER = compiled("maker_of_a_table")


@dataclass(frozen=True, slots=True)
class Facet:
    """What a path of heads (or labels) says.

    `names` are its words for what is counted, from the outermost; `role` is level, change, share or none (a column of remarks, ordinals);
    `move` says how a change is told: percent, percentage_points, absolute, both (percent for levels, points for rates) or "" (not said).
    """

    names: tuple[str, ...] = ()
    written: str = ""
    when: When | None = None
    unit: Unit | None = None
    place: str | None = None
    role: str = "level"
    move: str = ""
    basis: str = ""
    base: str = ""
    whole: bool = False
    of_which: bool = False
    share_of: str = ""
    target: bool = False
    down: bool = False

    def under(self, outer: Facet) -> Facet:
        """This facet with what an outer one says besides."""
        return replace(
            self,
            names=() if self.whole and len(outer.names) == 1 and is_kind(outer.names[0], "topic") else outer.names + self.names,
            written=" / ".join(filter(None, (outer.written, self.written))),
            when=joined(outer.when, self.when),
            unit=self.unit or outer.unit,
            place=self.place or outer.place,
            role=self.role if self.role != "level" else outer.role,
            move=self.move or outer.move,
            basis=self.basis or outer.basis,
            base=self.base or outer.base,
            whole=self.whole or (outer.whole and not self.names),
            of_which=self.of_which or (outer.of_which and not outer.names),
            share_of=self.share_of or outer.share_of,
            target=self.target or outer.target,
            down=self.down or outer.down,
        )


@lru_cache(maxsize=1 << 15)
def read_facet(words: str) -> Facet:
    """What one head or label says by itself.

    >>> read_facet("收案（件）").names, read_facet("收案（件）").unit.name, read_facet("2021年立案数").when.year
    (('收案',), '件', 2021)
    >>> f = read_facet("比上年±%"); f.role, f.move, f.basis
    ('change', 'percent', 'yoy')
    """
    written = " ".join(words.split())
    bare = without_tail(half_width(written))
    bare = bare if any("a" <= c.lower() <= "z" for c in bare) else "".join(bare.split())
    of_which = _OF_WHICH.match(bare)
    if of_which:
        bare = bare[of_which.end() :]
        if not bare:
            return Facet(written=written, of_which=True)
    when = read_when(bare) or _total_of_a_time(bare)
    if when is not None:
        return Facet(written=written, when=when)
    bare, time = time_at_end(_without_number(bare))
    worked_out = _WORKED_OUT.fullmatch(bare)
    facet = _read(f"{''.join(worked_out['rate'].split())}(%)" if worked_out is not None else bare)
    return replace(facet, written=written, of_which=of_which is not None, when=joined(time, facet.when))


def part_behind(words: str) -> str:
    """What stands behind 其中 at the beginning of a label, "" where that is not what it begins with."""
    found = _OF_WHICH.match(words)
    return words[found.end() :] if found is not None else ""


def _total_of_a_time(bare: str) -> When | None:
    """The time whose total a label says it is: 一季度合计."""
    found = _TOTAL.fullmatch(_without_number(bare))
    return read_when(found["time"]) if found is not None else None


def _without_number(bare: str) -> str:
    found = _NUMBERED.match(bare)
    return bare[found.end() :] if found and len(bare) > found.end() + 1 else bare


def _read(bare: str) -> Facet:
    if _ENGLISH_CHANGE.match(bare):
        return Facet(role="change", basis="yoy" if bare[0] in "yY" else "previous_period", move="percent")
    if (deed := meanings("deeds_by_one_sign").get(bare)) is not None and naming.is_harm(deed):
        return Facet((deed,))  # 死 and 伤
    if unit := read_unit(bare):
        # 件 alone under a head is its unit; 人 too. A head that is a measure besides (起数) is none.
        return Facet(unit=unit)
    found = _UNIT.search(bare)
    inside = next(group for group in found.groups() if group is not None) if found else ""
    unit, when = (read_unit(inside), read_when(inside)) if found else (None, None)
    before = bare[: found.start()] if found else ""
    if inside and not before and unit is when is None:
        return replace(_read(inside), unit=read_unit(inside[-2:]))  # (收纳人次)
    inner = read_when(before) if before and (unit or when) else None
    if inner is not None and (unit is None or unit.family != "ratio"):
        return Facet(when=joined(when, inner), unit=unit)  # 去年同期（起） is no change
    change = _change(bare) if not is_kind(bare, "value_column") else None
    if change is not None:
        return change
    if unit or when:
        bare = before
    if inner is not None:
        return Facet(when=joined(when, inner), unit=unit)
    rest, time = _split_time(bare)
    share = _share(rest, unit)
    if share is not None:
        return replace(share, when=joined(when, time))
    if is_kind(bare, "target"):
        return Facet((bare,), unit=unit, when=when, target=True)
    if is_kind(bare, "whole"):
        return Facet(unit=unit, when=when, whole=True)
    if is_kind(bare, "value_column") or is_kind(bare, "item_column"):
        return Facet(unit=unit, when=when)
    if time is not None and is_kind(rest, "value_column"):
        return Facet(unit=unit, when=joined(when, time))  # 1-6月完成
    bare, time = _split_time(bare)
    if unit is None and len(bare) > 1 and (behind := read_unit(bare[-1])) is not None and behind.family == "ratio":
        bare, unit = bare[:-1], behind  # 结案率%
    return Facet((bare,) if bare else (), when=joined(when, time), unit=unit)


def _split_time(bare: str) -> tuple[str, When | None]:
    """Part a head from the year it begins or ends with: 2021年立案数."""
    found = _TIME.match(bare)
    if found:
        rest = bare[found.end() :].lstrip("的")
        when = read_when(found[1])
        if when is not None and rest:
            return rest, when
    return bare, None


def _change(bare: str) -> Facet | None:
    """A head that tells of a change; None for any other. The name before it, if there is one, is kept."""
    marks = _MARK.findall(bare)
    points, percent = any(p for p, _ in marks), any(q for _, q in marks)
    plain = _MARK.sub("", bare)
    basis, base = "", ""
    for name, shape in _BASIS:
        found = shape.search(plain)
        if found:
            basis, base = name, found.groupdict().get("base") or ""
            plain = plain[: found.start()] + "\0" + plain[found.end() :]
            break
    moves = list(_MOVE.finditer(plain))
    tail = moves[-1] if moves else None
    if not basis and (tail is None or _is_more(plain[tail.end() :], alone=not tail.start())):
        return None
    if not basis and tail is not None and tail["open"] and not _says_enough(tail["open"], plain[: tail.start()], percent or points):
        return None
    rest = _MOVE.sub("", plain)
    name, _, behind = rest.partition("\0")
    unit = None
    held = re.search(r"[（(]([^()（）]*)[)）]", behind if basis else rest)
    if held:
        unit = read_unit(held[1].strip("、，,/ "))
        name = name if basis else rest[: held.start()]
        behind = behind.replace(held[0], "")
    name, behind = (part.strip("()（）、，,/： :的") for part in (name, behind))
    counted = is_kind(behind, "measure") and not behind.endswith(_RATES)  # 比上年增减人数 is told in people
    if is_kind(behind, "value_column") or is_kind(behind, "measure"):
        behind = ""
    compared = read_when(behind) if behind else None
    if behind and compared is None:
        name = name or behind  # what stands behind 同比 is its name, or what it is on: 同比2020年
    when = read_when(name) if name else None  # 1998年比1997年±%
    name = name if when is None else ""
    kinds = {kind for move in moves for kind, words in move.groupdict().items() if words}
    move = _move(points, percent, kinds | ({"count"} if counted else set()), unit)
    return Facet((name,) if name else (), role="change", when=when, basis=basis, base=base, unit=unit, move=move, down=_is_down(moves))


def _is_down(moves: list[re.Match[str]]) -> bool:
    """Whether the words of a change say which way it went, down (减少, 降幅), so that its figures need no sign."""
    return bool(moves) and all(move[0].startswith(_DOWN) for move in moves)


def _is_more(behind: str, alone: bool) -> bool:
    """Whether what stands behind a word of change is more than the unit it is told in, where the word stands `alone`: 减少（件）."""
    held = _UNIT.fullmatch(behind)
    said = next(group for group in held.groups() if group is not None) if held else behind
    return bool(said.strip("()（）、，,/ 的")) and (not alone or held is None or read_unit(said) is None)


def _says_enough(open_words: str, before: str, marked: bool) -> bool:
    """Whether 增长 or 减少 at the end of a head tells of a change, and not what is counted (人员减少)."""
    return not before.strip("()（） ") or marked or not _VERB_ALONE.fullmatch(open_words)


def _move(points: bool, percent: bool, kinds: set[str], unit: Unit | None) -> str:
    if points:
        return "both" if percent else "percentage_points"
    if percent or (unit is not None and unit.name == "%"):
        return "percent"
    if "count" in kinds or unit is not None:
        return "absolute"
    return "percent" if "rate" in kinds else ""


def _share(bare: str, unit: Unit | None) -> Facet | None:
    plain = _MARK.sub("", bare).strip("()（） ")
    if unit is not None and unit.name not in ("%", "‰"):
        return None
    found = _SHARE.fullmatch(plain)
    if plain == "占" and plain != bare:
        return Facet(role="share", unit=unit or Unit("%", 1, "ratio"))
    if found is None or (found["of2"] is not None and unit is None and "%" not in bare and "％" not in bare):
        return None
    of, whole = (found["of"] or found["of2"] or ""), (found["whole"] or found["whole2"] or "")
    return Facet((of,) if of else (), role="share", unit=unit or Unit("%", 1, "ratio"), share_of=whole)


def title_facet(lines: list[str]) -> tuple[When | None, str]:
    """The time that the lines above a table name, the nearest first, and the title among them."""
    when = next((time for time in map(in_title, reversed(lines)) if time is not None), None)
    years = next((time for time in map(in_title, reversed(lines)) if time is not None and time.year), None)
    if when is not None and when.year is None and years is not None:
        when = joined(years, when)
    title = next((line for line in reversed(lines) if not (_UNIT_NOTE.match(line) or _says_no_title(line))), "")
    return when, title


def is_label(line: str) -> bool:
    """Whether a line only numbers the table: 表一, 表 3-2, 续表."""
    return _LABEL.fullmatch(line.strip()) is not None or read_value(line) is not None


def _says_no_title(line: str) -> bool:
    """Whether a line above a table is a note, its maker, the English of a title, a time, the table's number, or a head of labels apart."""
    noted = pattern("note").match(line) or _MAKER.match(line) or _OF_BOTH.match(line)
    if noted or is_translation(line) or read_when(line) is not None or is_label(line):
        return True
    return any(is_kind(line, kind) for kind in ("item_column", "place_column", "period_column"))
