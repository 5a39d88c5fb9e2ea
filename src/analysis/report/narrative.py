"""Sentences from facts: figures that belong together are told together, in the form that fits what is printed.

The words are in `wording/<lang>.yml`, and which figures belong together is decided in `grouping`; this module decides
which form a group takes.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..lexicon.units import is_whole
from .facts import Fact, Movement
from .formatting import Formatter, as_printed
from .grouping import direction_of
from .markdown import escape
from .phrases import Wording

# The first noun of a name, in the plural: it ends the name or stands before what says more of it.
PLURAL = re.compile(r"^((?:[\w-]+ )*?)(\w+?)(ies|s)(?= (?:by|of|in|for|with|to|the)\b|$)")
SHORTEST_TOPIC = 4  # characters that names must share for the second to leave them out


@dataclass(frozen=True)
class Narrator:
    """Write facts as sentences in one language."""

    wording: Wording
    edition_period: str

    @property
    def format(self) -> Formatter:
        """The numbers and periods of the language."""
        return Formatter(self.wording)

    @property
    def lang(self) -> str:
        """The language written."""
        return self.wording.lang

    def sentence(self, members: Sequence[Fact], turn: int = 0, after: Sequence[Fact] = (), tail: str = "") -> str:
        """Write one group as a sentence with its sources, led by its period where that is not the edition's.

        `turn` picks among the forms a single figure can take, so that neighbours do not sound alike; what the group
        told just before (`after`) has said of period and base is not said again. `tail` follows the sentence, before its sources.
        """
        form = f"sentence.{self._form(members)}"
        fields = [self._fields(fact) for fact in members]
        if after and self.wording("carry_basis") == "yes" and _basis(after[0]) == _basis(members[0]):
            fields = [each | {"basis": "", "basis_lead": "", "basis_tail": ""} for each in fields]
        if len(members) == 1:
            choices = self.wording.table(f"{form}.one")
            body = choices[turn % len(choices)].format(**fields[0])
        else:
            body = self._many(form, fields, turn)
        if not (after and after[0].period == members[0].period):
            body = self._led(body, members[0].period)
        unleveled = next((words for words in self.wording.table("no_level") if tail and words and body.endswith(words)), "")
        return capital(body.removesuffix(unleveled)) + tail + unleveled + self.cite(members) + self.wording("stop")

    def paragraph(self, groups: Sequence[Sequence[Fact]]) -> str:
        """Write groups as running text."""
        before = [(), *groups]
        return self.wording.table("sentence_gap").join(self.sentence(members, turn, before[turn]) for turn, members in enumerate(groups))

    def by_organ(self, groups: Sequence[Sequence[Fact]], organs: Mapping[str, str]) -> str:
        """Write groups as the text of a chapter, a paragraph for each organ that acted, led by its name."""
        told = {organ: [members for members in groups if members[0].organ == organ] for organ in dict.fromkeys(m[0].organ for m in groups)}
        if len(told) == 1 and next(iter(told)) not in organs:
            return self.paragraph(groups)
        parts = [(organs.get(organ, ""), self.paragraph(members)) for organ, members in told.items()]
        return "\n\n".join(self.wording("organ", organ=escape(name), text=text) if name else text for name, text in parts)

    def cite(self, members: Iterable[Fact]) -> str:
        """Point to the numbers of the figures in the list of sources: [3, 5-7]."""
        runs: list[list[int]] = []
        for ref in sorted({fact.ref for fact in members}):
            if runs and ref == runs[-1][-1] + 1:
                runs[-1].append(ref)
            else:
                runs.append([ref])
        linked = [[f"[{ref}](#s{ref})" for ref in ((run[0],) if len(run) == 1 else (run[0], run[-1]))] for run in runs]
        written = ["-".join(ends) for ends in linked]
        return self.wording("cite", refs=self.wording("cite_comma").join(written))

    def _form(self, members: Sequence[Fact]) -> str:
        lead, shape = members[0], members[0].shape
        if lead.verdict == "contradiction" and lead.movement and lead.movement.amount is not None:
            shape = "level" if lead.value is not None else "change"
            return f"contradicted_{shape}_rate" if lead.is_rate and shape == "level" else f"contradicted_{shape}"
        if shape in ("level_change", "from_to") and direction_of(lead) == "flat":
            return "flat" if len(members) == 1 else "level"
        if shape in ("level_change", "change", "from_to") and len({direction_of(fact) for fact in members}) > 1:
            return f"{shape}_mixed"
        if shape == "level" and len(members) == 1 and self._is_claim(lead):
            return "claim"
        if shape in ("level", "level_change") and lead.is_rate:
            return f"{shape}_rate"
        return shape

    def _many(self, form: str, fields: Sequence[dict[str, str]], turn: int) -> str:
        about, fields = self._factored(fields)
        items: list[str] = []
        for at, each in enumerate(fields):
            item = self.wording(f"{form}.next" if at else f"{form}.first", **each)
            if each.get("joined"):
                items[-1] += item
            else:
                items.append(item)
        amounts = self.wording.listed([each["amount"] for each in fields])
        split = any(self.wording("list.comma") in each["name"] for each in fields)  # 审结、执结案件 is one name
        joined = self.wording.listed(items, "clauses" if split and self.lang == "zh" else self.wording(f"{form}.join"))
        shared = {key: fields[0][key] for key in ("verb", "basis", "basis_lead", "earlier", "comparative", "written")}
        shared["basis_tail"] = fields[0]["basis_tail"].format(each=self.wording("each.two" if len(fields) == 2 else "each.more"))
        choices = self.wording.table(f"{form}.many")
        body = choices[turn % len(choices)].format(items=joined, amounts=amounts, **shared)
        return self.wording("about", topic=about, sentence=body) if about else body

    def _factored(self, fields: Sequence[dict[str, str]]) -> tuple[str, Sequence[dict[str, str]]]:
        """Say once what the names of a group begin with: "as to breaches: cases 5, people 7"; 案件甲3人、乙7人."""
        if self.lang == "en":
            topics = {each["full"].partition(": ")[0] for each in fields if ": " in each["full"]}
            if len(topics) != 1 or not all(": " in each["full"] for each in fields):
                return "", fields
            topic = topics.pop()
            return topic, [each | {key: each[key].partition(": ")[2] for key in ("full", "name", "number_of")} for each in fields]
        fields = _paired(fields)
        kept, holder, units = [fields[0]], fields[0]["name"], {fields[0]["unit"]}
        for each in fields[1:]:
            if each.get("joined"):
                kept.append(each)
                continue
            shared = shared_beginning([holder, each["name"]])
            rest = each["name"].removeprefix(shared)
            if len(shared) >= SHORTEST_TOPIC and (len(rest) > 1 or (not rest and each["unit"] not in units)):
                kept.append(each | {key: each[key].removeprefix(shared) for key in ("full", "name")})
            else:
                kept.append(each)
                holder, units = each["name"], set()
            units.add(each["unit"])
        return "", kept

    def _fields(self, fact: Fact) -> dict[str, str]:
        move = fact.movement
        full = self.inside(fact)
        return {
            "full": full,
            "name": self.stem(full, fact.unit),
            "number_of": self.number_of(full),
            "value": self._spoken(fact),
            "amount": self.amount(move, fact.unit),
            "basis": self._of_basis("basis", move),
            "basis_lead": self._of_basis("basis_lead", move),
            "basis_tail": self._of_basis("basis_tail", move),
            "unit": fact.unit,
            "earlier": self._of_basis("earlier", move) or self.wording(f"earlier.{'computed' if fact.previous_period else 'unstated'}"),
            "verb": self._verb("verb", move),
            "noun": self._verb("noun", move),
            "comparative": self._verb("comparative", move),
            "adverb": self._verb("adverb", move),
            "section": self.wording("section.arithmetic"),
            "level_verb": self.wording(f"level_verb.{self._measured(fact)}"),
            "previous": self._earlier(fact),
            "to": self.wording(f"to.{direction_of(fact)}"),
            "written": as_printed(escape(fact.as_written)) if move and move.amount is None and fact.as_written else self._verb("verb", move),
            "there": self._there(fact, full),
            "value_first": self._value_first(fact, full),
            "indefinite": f"a {full.removeprefix('the ')}",
            "place": f"{fact.doc}:{fact.start}",
            "follows": f"{fact.doc}:{fact.end}",
        }

    def _there(self, fact: Fact, full: str) -> str:
        """Say a level in English: there were 859 proposals; the rate stood at 58.3%."""
        measured = self._measured(fact)
        if measured != "count":
            return f"{full} {self.wording(f'level_verb.{measured}')} {self._spoken(fact)}"
        return f"there {'was' if fact.value == 1 and not fact.hedge else 'were'} {self._value_first(fact, full)}"

    def _value_first(self, fact: Fact, full: str) -> str:
        """Put a count before what it counts, in the plural it has in the catalogue; a measure after its name."""
        if self._measured(fact) != "count":
            return f"{full} {self._spoken(fact)}"
        _, parted, rest = full.partition(": ")
        return f"{self._spoken(fact)} {singular(rest if parted else full, fact)}"

    def _spoken(self, fact: Fact) -> str:
        return self._without_unit(self.value(fact), fact)

    def _earlier(self, fact: Fact) -> str:
        if fact.previous is None:
            return ""
        return self._without_unit(self.format.quantity(fact.previous, fact.unit, fact.previous_resolution, fact.previous_hedge), fact)

    def _without_unit(self, written: str, fact: Fact) -> str:
        """Leave out a unit the name has said already: average working days ... from 25 to 3.68."""
        unit = self.format.unit(fact.unit)
        return written.removesuffix(unit) if unit.startswith(" ") and len(unit) > 2 and unit.strip() in self.name(fact).lower() else written

    def name(self, fact: Fact) -> str:
        """Name the figure's indicator as in a table."""
        return fact.name(self.lang)

    def name_with_scope(self, fact: Fact) -> str:
        """Name it with the part of the place it is about, where it is not about the whole: 青山县刑事案件立案数."""
        return self.wording("of_a_part", name=self.name(fact), part=fact.part) if fact.part else self.name(fact)

    def inside(self, fact: Fact) -> str:
        """Name it as it stands inside a sentence: without a capital, unless the first word is a name."""
        name = escape(self.name_with_scope(fact))
        if self.lang != "en" or not name[:1].isascii():
            return name
        bare = name.startswith(tuple(self.wording.table("no_article")))
        article = (fact.is_rate and not bare) or name.startswith(tuple(self.wording.table("article")))
        if not (name[1:2].isupper() or name.startswith(tuple(self.wording.table("proper")))):
            name = name[:1].lower() + name[1:]
        return f"the {name}" if article else name

    def number_of(self, name: str) -> str:
        """Say "the number of people arrested" where people, not their number, would seem to rise."""
        heads = tuple(head.lower() for head in self.wording.table("persons"))
        return self.wording("the_number_of", name=name) if name.lower().startswith(heads) else name

    def stem(self, name: str, unit: str) -> str:
        """Shorten a Chinese name before its number: 刑事案件立案数 12,364起 is 刑事案件立案 12,364起."""
        if self.lang != "zh" or not name.endswith(("数", "人次", "件次", "家次")):
            return name
        stem = name.removesuffix("数")
        bare = stem.removesuffix(unit) if unit else stem
        keeps = any(stem.endswith(word) for word in self.wording.table("keeps_unit"))
        return stem if keeps or not bare else bare

    def _is_claim(self, fact: Fact) -> bool:
        """Whether the figure is itself a rise or a fall, which only its source can vouch for: a fall of 61,414 left-behind children."""
        return self.name(fact).startswith(("Fall in", "Rise in")) if self.lang == "en" else self.name(fact).endswith(("减少数", "增加数"))

    def _measured(self, fact: Fact) -> str:
        if fact.is_rate or (self.lang == "en" and " per " in self.name(fact)):
            return "rate"
        sums = tuple(self.wording.table("amounts"))
        return "count" if is_whole(fact.unit) and not (sums and self.name(fact).startswith(sums)) else "measure"

    def value(self, fact: Fact) -> str:
        """Write the figure's own value (a range as a range)."""
        if fact.value is None:
            return ""
        if fact.value_high is not None:
            low, high = (self.format.quantity(end, "", fact.resolution) for end in (fact.value, fact.value_high))
            return self.wording("range", low=low, high=high) + self.format.unit(fact.unit)
        if fact.hedge and self.lang == "zh" and fact.as_written and fact.kind == "actual":
            return as_printed(escape(fact.as_written))  # 余, 多 and 近 are said in the document's own words
        return self.format.quantity(fact.value, fact.unit, fact.resolution, fact.hedge)

    def amount(self, move: Movement | None, unit: str) -> str:
        """Write the size of a change, unsigned; empty when only its direction is printed."""
        if move is None or move.amount is None:
            return ""
        return self.format.amount(move.amount, move.kind, unit, move.hedge, move.resolution)

    def basis(self, move: Movement) -> str:
        """Say what a change is measured against: 同比, year on year, on 2012."""
        return self._of_basis("basis", move)

    def _verb(self, table: str, move: Movement | None) -> str:
        return self.wording(f"{table}.{move.kind or 'none'}.{move.direction}" if table == "verb" else f"{table}.{move.direction}") if move else ""

    def _of_basis(self, table: str, move: Movement | None) -> str:
        if move is None:
            return ""
        if move.computed:
            return self.wording(f"{table}.computed", each="{each}")
        if move.basis == "fixed" and not move.base:
            return self.wording(f"{table}.fixed_unnamed", each="{each}")
        return self.wording(f"{table}.{move.basis or 'unstated'}", base=self.format.period(move.base), each="{each}")

    def _led(self, body: str, period: str) -> str:
        if not period or period == self.edition_period:
            return body
        months = ".." in period and period[:5] == period.partition("..")[2][:5]
        kind = "since" if period.endswith("..") else "span" if ".." in period and not months else "single"
        return self.wording(f"lead.{kind}", period=self.format.period(period), sentence=body)


def shared_beginning(names: Sequence[str]) -> str:
    """The characters that all names begin with.

    >>> shared_beginning(["处分案件数", "处分人数"])
    '处分'
    """
    shared = "".join(one[0] for one in takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False)))
    return shared


def _paired(fields: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Let a count that directly follows another in the document follow it here: 处分案件1624件、处分1828人 is 处分1624件1828人."""
    kept: list[dict[str, str]] = []
    for each in fields:
        before = kept[-1] if kept else None
        shared = shared_beginning([before["full"], each["full"]]) if before else ""
        if before and len(shared) >= SHORTEST_TOPIC and before["follows"] == each["place"]:
            if not before.get("joined"):
                kept[-1] = before | {"name": shared, "full": shared}
            each = each | {"name": "", "full": shared, "joined": "yes"}
        kept.append(each)
    return kept


def singular(name: str, fact: Fact) -> str:
    """Put the first word of a count's name in the singular where one is counted.

    >>> from types import SimpleNamespace as One
    >>> singular("Inquiries by the committee", One(value=1, hedge="")), singular("fires", One(value=2, hedge=""))
    ('Inquiry by the committee', 'fires')
    """
    if fact.value != 1 or fact.hedge:
        return name
    return PLURAL.sub(lambda found: found[1] + found[2] + ("y" if found[3] == "ies" else ""), name, count=1)


def capital(text: str) -> str:
    """Start a sentence or a cell with a capital letter."""
    return text[:1].upper() + text[1:]


def _basis(fact: Fact) -> tuple[object, ...]:
    move = fact.movement
    return (move.basis, move.base, move.computed) if move else (fact.id,)
