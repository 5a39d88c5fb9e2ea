"""What figures are called and how their numbers are written, alone and inside a sentence, in one language.

The words are in `wording/<lang>.yml`; `narrative` puts names and numbers together as sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..catalogue.placenames import english_place
from ..lexicon.changes import manner_of
from ..lexicon.units import is_whole
from ..writing.escaping import escape
from ..writing.numbers import Formatter, as_printed
from .facts import Fact, Movement
from .phrases import Wording

# The first noun of a name, in the plural: it ends the name or stands before what says more of it.
PLURAL = re.compile(r"^((?:[\w-]+ )*?)(\w+?)(ies|s)(?= (?:by|of|in|for|with|to|the)\b|$)")
# What was done to what is counted, at the end of its English name; not "cases in which arrest was approved" or "bodies abolished or merged".
DONE = r"\w+ed|found|held|sent|brought|made|given|taken"
DOER = r"(?: (?:by|for|to|against|over) .+)?"
PARTICIPLE = re.compile(rf"((?:(?! (?:with|whose|which|that|where) ).)+?(?<! was)(?<! were)(?<! or)(?<! and)) ((?:{DONE}){DOER})")
CLAIM = re.compile(r"(?:the )?((?:fall|rise)) in (.+)")
SHORTEST_TOPIC = 4  # characters that names must share for the second to leave them out


@dataclass(frozen=True)
class Namer:
    """Name facts and write their numbers in one language."""

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

    def name(self, fact: Fact) -> str:
        """Name the figure's indicator as in a table."""
        return fact.name(self.lang)

    def name_with_scope(self, fact: Fact) -> str:
        """Name it with the part of the place it is about, where it is not about the whole: 青山县刑事案件立案数."""
        if not fact.part:
            return self.name(fact)
        part = fact.part if self.lang == "zh" else self.wording.table("whole_places").get(fact.part) or english_place(fact.part)
        return self.wording("of_a_part", name=self.name(fact), part=part)

    def inside(self, fact: Fact) -> str:
        """Name it as it stands inside a sentence of Markdown."""
        return escape(self.named(fact))

    def named(self, fact: Fact) -> str:
        """Name it as inside a sentence, as plain text: without a capital, unless the first word is a name."""
        name = self.name_with_scope(fact)
        if self.lang != "en" or not name[:1].isascii():
            return name
        bare = name.startswith(tuple(self.wording.table("no_article")))
        article = (fact.is_rate and not bare) or name.startswith(tuple(self.wording.table("article")))
        name = self.wording.inside(name)
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
        if fact.value_low is not None and fact.value_high is not None:
            low, high = (self.format.quantity(end, "", fact.resolution) for end in (fact.value_low, fact.value_high))
            return self.wording("range", low=low, high=high) + self.format.unit(fact.unit)
        if fact.value is None:
            return ""
        if fact.hedge and self.lang == "zh" and fact.as_written and fact.kind == "actual":
            return as_printed(fact.as_written)  # 余, 多 and 近 are said in the document's own words
        return self.format.quantity(fact.value, fact.unit, fact.resolution, fact.hedge)

    def amount(self, move: Movement | None, unit: str) -> str:
        """Write the size of a change, unsigned; empty when only its direction is printed."""
        if move is None or move.amount is None:
            return ""
        return self.format.amount(move.amount, move.kind, unit, move.hedge, move.resolution)

    def gone(self, fact: Fact) -> str:
        """Say which way a figure went that prints no amount, and how: 大幅下降, fell sharply."""
        move = fact.movement
        if move is None:
            return ""
        if self.lang == "zh":
            its_own = fact.as_written and fact.value is None and fact.value_high is None
            return as_printed(escape(fact.as_written)) if its_own else self._verb("verb", move)
        return " ".join(filter(None, (self._verb("verb", move), manner_of(fact.as_written))))

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


def shared_beginning(names: Sequence[str]) -> str:
    """The characters that all names begin with.

    >>> shared_beginning(["处分案件数", "处分人数"])
    '处分'
    """
    shared = "".join(one[0] for one in takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False)))
    return shared


def paired(fields: Sequence[dict[str, str]]) -> list[dict[str, str]]:
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
