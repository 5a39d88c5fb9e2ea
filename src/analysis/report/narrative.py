"""Sentences from facts: figures that belong together are told together, in the form that fits what is printed.

The words are in `wording/<lang>.yml`, and which figures belong together is decided in `grouping`; this module decides
which form a group takes.
"""

from collections.abc import Iterable, Mapping, Sequence

from ..writing.escaping import escape
from .counts import condensed
from .facts import Fact
from .grouping import direction_of
from .naming import CLAIM, PARTICIPLE, SHORTEST_TOPIC, Namer, capital, paired, shared_beginning, singular


class Narrator(Namer):
    """Write facts as sentences in one language."""

    def sentence(self, members: Sequence[Fact], turn: int = 0, after: Sequence[Fact] = (), tail: str = "", based: bool = False) -> str:
        """Write one group as a sentence with its sources, led by its period where that is not the edition's.

        `turn` picks among the forms a single figure can take, so that neighbours do not sound alike; what the group
        told just before (`after`) has said of period and base is not said again. `tail` follows the sentence, before its sources;
        `based` says that it gives the figures of a year earlier, so that a change worked out here need not name its base.
        """
        form = f"sentence.{self._form(members)}"
        fields = [self._fields(fact) for fact in members]
        if all(each["passive"] for each in fields):
            fields = [each | {"there": each["passive"]} for each in fields]
        computed = bool(members[0].movement and members[0].movement.computed)
        said_before = bool(after) and _basis(after[0]) == _basis(members[0])
        if self.wording("carry_basis") == "yes" and (said_before or (based and computed)):
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

    def redefined(self, members: Iterable[Fact]) -> str:
        """Say behind a sentence that its changes are on a new definition; empty where they are not."""
        return self.wording("tail.broken") if any(fact.on_new_definition for fact in members) else ""

    def marks(self, members: Iterable[Fact]) -> str:
        """The marks behind a sentence: a new definition, a change that is worked out here, a year assumed."""
        members = list(members)
        computed = any(fact.movement is not None and fact.movement.computed for fact in members)
        assumed = any(fact.assumed for fact in members)
        return self.redefined(members) + self.wording("mark_computed") * computed + self.wording("mark_assumed") * assumed

    def paragraph(self, groups: Sequence[Sequence[Fact]]) -> str:
        """Write groups as running text."""
        before = [(), *groups]
        told = (self.sentence(members, turn, before[turn], tail=self.marks(members)) for turn, members in enumerate(groups))
        return self.wording.table("sentence_gap").join(told)

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
        if self.lang == "en" and form == "sentence.level" and all(each["counted"] for each in fields):
            fields = condensed(fields, led=bool(about))
        items: list[str] = []
        for at, each in enumerate(fields):
            item = self.wording(f"{form}.next" if at else f"{form}.first", **each)
            if each.get("joined"):
                items[-1] += item
            else:
                items.append(item)
        sizes = [each["amount"] for each in fields]
        alike = len(set(sizes)) == 1 and self.wording.has(f"{form}.same")
        amounts = sizes[0] if alike else self.wording.listed(sizes)
        split = any(self.wording("list.comma") in each["name"] for each in fields)  # 审结、执结案件 is one name
        inner = self.lang == "en" and form == "sentence.level" and " and " in items[-1]
        joined = self.wording.listed(items, "serial" if inner else "clauses" if split and self.lang == "zh" else self.wording(f"{form}.join"))
        shared = {key: fields[0][key] for key in ("verb", "basis", "basis_lead", "earlier", "comparative", "written")}
        shared["each"] = self.wording("each.two" if len(fields) == 2 else "each.more")
        shared["basis_tail"] = fields[0]["basis_tail"].format(each=shared["each"])
        choices = self.wording.table(f"{form}.{'same' if alike else 'many'}")
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
        fields = paired(fields)
        kept, holder, units = [fields[0]], fields[0]["name"], {fields[0]["unit"]}
        for each in fields[1:]:
            if each.get("joined"):
                kept.append(each)
                continue
            shared = shared_beginning([holder, each["name"]])
            rest = each["name"].removeprefix(shared)
            # A bare number is of what was said last: 案件2件、3人 are the people of those cases, 死亡44人、156起 would be deaths.
            bare = not rest and each["unit"] not in units and holder.removeprefix(shared) in ("", *self.wording.table("counted_things"))
            if len(shared) >= SHORTEST_TOPIC and (len(rest) > 1 or bare):
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
            "amount": escape(self.amount(move, fact.unit)),
            "basis": self._of_basis("basis", move),
            "basis_lead": self._of_basis("basis_lead", move),
            "basis_tail": self._of_basis("basis_tail", move),
            "unit": escape(fact.unit),
            "earlier": self._of_basis("earlier", move) or self.wording(f"earlier.{'computed' if fact.previous_period else 'unstated'}"),
            "verb": self._verb("verb", move),
            "noun": self._verb("noun", move),
            "comparative": self._verb("comparative", move),
            "adverb": self._verb("adverb", move),
            "section": self.wording("section.arithmetic"),
            "level_verb": self.wording(f"level_verb.{self._measured(fact)}"),
            "previous": self._earlier(fact),
            "to": self.wording(f"to.{direction_of(fact)}"),
            "written": self.gone(fact) if move and move.amount is None else self._verb("verb", move),
            "there": self._there(fact, full),
            "passive": self._passive(fact, full),
            "value_first": self._value_first(fact, full),
            "claimed": self._claimed(fact, full),
            "counted": "yes" if self._measured(fact) == "count" else "",
            "noun_phrase": self._value_first(fact, full).removeprefix(self._spoken(fact)).strip(),
            "place": f"{fact.doc}:{fact.start}",
            "follows": f"{fact.doc}:{fact.end}",
        }

    def _there(self, fact: Fact, full: str) -> str:
        """Say a level in English: there were 859 proposals; the rate stood at 58.3%."""
        measured = self._measured(fact)
        if measured != "count":
            return f"{full} {self.wording(f'level_verb.{measured}')} {self._spoken(fact)}"
        return f"there {'was' if fact.value == 1 and not fact.hedge else 'were'} {self._value_first(fact, full)}"

    def _passive(self, fact: Fact, full: str) -> str:
        """Say a level in English by its participle, where the name ends in one: about 69,000 cases were enforced; empty for any other.

        No sentence begins with digits.
        """
        if self._spoken(fact)[:1].isdigit():
            return ""
        done = PARTICIPLE.fullmatch(self._value_first(fact, full)) if self.lang == "en" and self._measured(fact) == "count" else None
        return f"{done[1]} {'was' if fact.value == 1 and not fact.hedge else 'were'} {done[2]}" if done else ""

    def _claimed(self, fact: Fact, full: str) -> str:
        """Say in English what only the document vouches for: a fall of 61,414 in the number of left-behind children."""
        found = CLAIM.fullmatch(full)
        return f"a {found[1]} of {self._spoken(fact)} in {found[2]}" if found else f"a {full.removeprefix('the ')} of {self._spoken(fact)}"

    def _value_first(self, fact: Fact, full: str) -> str:
        """Put a count before what it counts, in the plural it has in the catalogue; a measure after its name."""
        if self._measured(fact) != "count":
            return f"{full} {self._spoken(fact)}"
        _, parted, rest = full.partition(": ")
        return f"{self._spoken(fact)} {singular(rest if parted else full, fact)}"

    def _spoken(self, fact: Fact) -> str:
        """Write a level inside a sentence, with the mark of a declared doubt."""
        mark = self.wording("mark_doubted") if fact.correction and fact.value is not None else ""
        return escape(self._without_unit(self.value(fact), fact)) + mark

    def _earlier(self, fact: Fact) -> str:
        if fact.previous is None:
            return ""
        return escape(self._without_unit(self.format.quantity(fact.previous, fact.unit, fact.previous_resolution, fact.previous_hedge), fact))

    def _without_unit(self, written: str, fact: Fact) -> str:
        """Leave out a unit the name has said already: average working days ... from 25 to 3.68."""
        unit = self.format.unit(fact.unit)
        return written.removesuffix(unit) if unit.startswith(" ") and len(unit) > 2 and unit.strip() in self.name(fact).lower() else written

    def _led(self, body: str, period: str) -> str:
        if not period or period == self.edition_period:
            return body
        months = ".." in period and period[:5] == period.partition("..")[2][:5]
        kind = "since" if period.endswith("..") else "span" if ".." in period and not months else "single"
        return self.wording(f"lead.{kind}", period=self.format.period(period), sentence=body)


def _basis(fact: Fact) -> tuple[object, ...]:
    move = fact.movement
    return (move.basis, move.base, move.computed) if move else (fact.id,)
