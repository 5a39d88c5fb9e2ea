"""The English of a composed name, from the inside out: what is counted, what was done to it, how it is counted."""

from __future__ import annotations

from collections.abc import Callable

from ..lexicon import classes
from ..lexicon.parts import Parts, roles
from .bounds import Unknown, bounded, grammar
from .placenames import english_place

__all__ = ["English", "Unknown", "grammar"]

SHARE = "占"
# Kinds of heads of each of which can be said what is done to one; and which can be about something.
THINGS = frozenset({"case", "event", "dispute", "application", "text", "thing", "crime", "gang"})
ABOUT = frozenset({"case", "dispute", "application", "text", "crime"})


class English:
    """The English of one name. `of` composes the name of a whole that a share is of, and gives None where it cannot."""

    def __init__(self, parts: Parts, of: Callable[[str], str | None]) -> None:
        self.parts, self.of, self.grammar = parts, of, grammar()
        acts = classes.acts()
        self.act = acts.get(parts.act or "") or acts.get((parts.act or "").removeprefix("不"))
        self.measure = classes.measures().get(parts.measure)
        self.topics = [classes.topics()[key] for key in parts.topics]
        self.heads = [classes.heads()[key] for kind, key in roles(parts.head or "") if kind == "head"]
        self.front: list[str] = []
        self.before: list[str] = []
        self.after: list[str] = []
        self.young = ""
        if (parts.act and self.act is None) or "".join(head.key for head in self.heads) != (parts.head or ""):
            raise Unknown(parts.identity)
        if parts.measure and self.measure is None and not parts.measure.endswith("数"):
            raise Unknown(parts.measure)
        for key in parts.qualifiers:
            if not key.startswith(SHARE):
                self._narrow(key)
        # 判处五年以上有期徒刑: the bound is that of the sentence.
        self.after.sort(key=lambda said: said.startswith("of "))
        self.heads = list({head.key: head for head in reversed(self.heads)}.values())[::-1]  # 法律援助案件·民事案件 are cases once
        self.doers = [head for head in self.heads[:-1] if head.doer] if self.act is not None else []
        self.heads = [head for head in self.heads if head not in self.doers]
        self.head = self.heads[-1] if self.heads else None
        self._fits()

    # --- what narrows it

    def _narrow(self, key: str) -> None:
        """Put the English of one qualifier where it belongs: at the front, before the noun, behind the act."""
        entry, act = classes.qualifiers().get(key), classes.acts().get(key)
        people = self.parts.measure == "人数" and not self.heads
        if act is not None and act.adj:
            self.before.append(act.adj)
        elif act is not None:
            # 移送起诉案件不起诉数: a step the cases went through before is said beside what was then done to them.
            self.after.append(self.grammar["step"].format(act=act.en))
        elif entry is None:
            self.after.append(bounded(key))
        elif entry.person and people:
            self.young = entry.person
        elif key == "人均" and self.heads and self.heads[-1].kind == "person" and self.parts.measure == "件数":
            # 法官人均结案数: what is closed are cases, and the judges are those they are shared by.
            person = self.heads.pop()
            self.after.append(f"per {person.one or person.en}")
        elif entry.each and entry.before:
            self.front.append(entry.before)
        elif entry.before:
            self.before.append(entry.before)
        elif entry.after:
            self.after.append(entry.after)
        else:
            raise Unknown(key)

    def _fits(self) -> None:
        """Refuse what the words cannot say: sorts that are no attributes, and acts that are not done to what is counted."""
        if len(self.heads) > 1 and self.head is not None and self.head.kind not in ABOUT and any(not _attribute(head) for head in self.heads[:-1]):
            raise Unknown(self.parts.head)
        if self.act is None and self.head is not None and self.head.key == "人员":
            raise Unknown(self.parts.head)
        if self.act is None or self.head is None:
            return
        done = set(self.act.done_to)
        kind = self.head.kind
        people = self.parts.measure in ("人数", "人次") and "person" in done
        if self.parts.measure == "金额" and "money" in done:
            return
        if not people and kind not in done and not (kind in THINGS and done & THINGS) and not (kind == "body" and "place" in done):
            raise Unknown(self.parts.head)

    # --- what is counted

    def noun(self, one: bool = False, qualified: bool = True) -> str:
        """What is counted: "first-instance criminal cases", "telecom-fraud gangs"; `one` as it stands before another noun."""
        topics = sorted((topic for topic in self.topics if not topic.after), key=lambda topic: not topic.law)
        long = topics[0] if len(topics) == 1 and topics[0].en.count("-") > 1 and (self.head is None or self.head.key == "案件") and not one else None
        sorts = [] if long else _attributes(topics)
        if self.head is not None:
            last = (self.head.one or self.head.en) if one else self.head.en
            last = "case" if one and self.head.key == "案件" else last
        elif topics and topics[-1].alone:
            last, sorts = (topics[-1].one if one else topics[-1].alone), sorts[:-1]
        else:
            last = "case" if one else "cases"
        spoken = [] if one else [classes.qualifiers()[key].spoken for key in self.parts.spoken]
        of = [f"of {long.noun or long.en}"] if long else []
        sorts += [said for head in self.heads[:-1] if (said := _attribute(head))]
        about = [self.grammar["about"].format(x=head.en) for head in self.heads[:-1] if not _attribute(head)]
        return " ".join(filter(None, (*(self.before if qualified else ()), *sorts, last, *spoken, *of, *about)))

    def person(self) -> str:
        """Who is counted: suspects, defendants, minors, people. What narrows an event does not narrow those it harmed (较大事故受伤人数)."""
        if self.head is not None and self.head.kind == "event":
            return self.young or self.grammar["people"]
        if self.head is not None and self.head.kind == "person":
            return " ".join((*self.before, *self._crimeless(), self.head.en))
        return " ".join((*self.before, self.young or self.grammar["people"]))

    def _crimeless(self) -> list[str]:
        return _attributes([topic for topic in self.topics if not topic.after]) if self.act is None else []

    # --- the name

    def name(self) -> str:
        """The whole name; raises Unknown for what has no English."""
        share = next((key.removeprefix(SHARE) for key in self.parts.qualifiers if key.startswith(SHARE)), None)
        if share is not None:
            whole = self.of(share)
            if whole is None:
                raise Unknown(share)
            return self._whole(self.grammar["among"].format(x=self._counted(), whole=_lower(whole)))
        said = " ".join(filter(None, (*self.front, self._measured(), *(topic.en for topic in self.topics if topic.after), *self.after)))
        return self._whole(self._by_doers(said))

    def _by_doers(self, said: str) -> str:
        """Say behind a name who did it, once: cases handled by lawyers, disputes settled by mediation committees."""
        for doer in self.doers:
            done, _, means = said.rpartition(" by ")
            said = done if done and doer.en.startswith(f"{means} ") else said
            said = said if said.endswith(f"by {doer.en}") else self.grammar["by"].format(x=said, organ=doer.en)
        return said

    def _whole(self, said: str) -> str:
        """The name with its organ and place; nothing that narrows it may have been left out."""
        lost = [word for word in self.before if word not in said] + [t.key for t in self.topics if not any(w and w in said for w in _words_of(t))]
        if lost or (self.young and self.young not in said):
            raise Unknown(" ".join(lost))
        place, organ = self.parts.place, self.parts.organ
        if organ:
            one = next(o.one if o.title == organ else o.offices[organ][1] for o in classes.organs().values() if organ in (o.title, *o.offices))
            doer = self.act is not None and not (self.measure is not None and self.measure.rate)
            said = said if one.removeprefix("the ") in said else self.grammar["by" if doer else "of"].format(x=said, organ=one)
        if place:
            places = classes.places()
            known = places["each"]["en"] if place in places["each"]["zh"] else places["others"]["en"].get(place)
            said = f"{said} {known or self.grammar['in_place'].format(place=english_place(place))}"
        return said

    def _measured(self) -> str:
        measure = self.parts.measure
        if self.measure is not None and self.measure.rate:
            return self._rate()
        if measure == "金额" or (self.head is not None and self.head.kind == "money"):
            return self._amount()
        if measure in ("人数", "人次") or (not measure and self._of_people()):
            said = self._people()
            return self.measure.en.format(x=said) if measure == "人次" and self.measure is not None else said
        said = self._counted()
        return self.measure.en.format(x=said) if self.measure is not None else said

    def _of_people(self) -> bool:
        if self.head is not None:
            return self.head.kind == "person"
        return self.act is not None and self.act.done_to[:1] == ("person",) and not self.topics

    def _counted(self) -> str:
        """Cases, things and places with what was done to them."""
        if self.parts.measure == "人数":
            return self._people()
        if self.act is None:
            return self.noun()
        if self.head is None and self.act.noun and self.parts.act in classes.acts():
            return " ".join((*self.before, *_attributes([topic for topic in self.topics if not topic.after]), self.act.noun))
        if self.head is None and not self.topics and ("case" not in self.act.done_to or self.parts.measure not in ("件数", "率", "占比", "时限", "")):
            raise Unknown(self.parts.measure)
        if self.act.cases and (self.head is None or self.head.kind == "case"):
            return self.act.cases.format(cases=self.noun())
        return self.grammar["count"].format(x=self.noun(), act=self._done()).strip()

    def _done(self) -> str:
        assert self.act is not None
        if any(after.startswith(("sentenced", "given", "put", "exempted")) for after in self.after):
            return ""
        return self.grammar["negated"].format(act=self.act.en) if self.parts.act not in classes.acts() else self.act.en

    def _people(self) -> str:
        forms, person = self.grammar, self.person()
        of_person = self.head is not None and self.head.kind == "person"
        crimes = [topic for topic in self.topics if not topic.after]
        if self.act is None:
            return person if of_person else forms["people_in"].format(said=person, cases=self.noun(qualified=False))
        if self.act.people and "{" not in self.act.people and of_person:
            raise Unknown(self.parts.head)
        said = (self.act.people.format(people=person) if self.act.people else forms["person"].format(person=person, act=self._done())).strip()
        own = (bool(self.act.people) and "{" not in self.act.people) or (self.head is not None and self.head.kind == "event")
        if self.head is not None and not of_person:
            return forms["people_in"].format(said=said, cases=self.noun(qualified=own))
        if not crimes:
            return said
        if of_person:
            return forms["people_in"].format(said=said, cases=" ".join((*_attributes(crimes), "cases")))
        if all(topic.crime or topic.key == "刑事" for topic in crimes):
            return forms["people_for"].format(said=said, crime=_listed([topic.noun or topic.en for topic in crimes]))
        return forms["people_in"].format(said=said, cases=self.noun(qualified=own))

    def _amount(self) -> str:
        if self.head is None or self.head.kind != "money":
            if self.act is None or "money" not in self.act.done_to:
                raise Unknown("金额")
            return self.grammar["amount_in" if self.topics or self.head else "amount"].format(act=self._done(), cases=self.noun())
        money, self.heads = self.heads[-1], self.heads[:-1]
        self.head = self.heads[-1] if self.heads else None
        where = f" in {self.noun()}" if self.heads or self.topics else ""
        money_said = money.en
        if self.act is None:
            return money_said + where
        if "money" in self.act.done_to:
            return f"{money_said} {self._done()}{where}"
        return f"{money_said} in {self.grammar['count'].format(x=self.noun(), act=self._done())}"

    def _rate(self) -> str:
        forms, measure = self.grammar, self.parts.measure
        assert self.measure is not None
        if "{x}" not in self.measure.en:
            return " ".join((*self.before, self.measure.en))
        if measure == "占比":
            return self.measure.en.format(x=self._counted())
        if self.act is None and self.head is not None and self.head.kind == "rate" and measure == "率":
            return self.noun()
        if measure != "率" and self.act is not None and self.act.rate and not self.parts.object:
            return forms["rate_alone"].format(rate=self.act.rate)
        if measure != "率":
            if self.act is not None or not self.parts.object:
                raise Unknown(measure)
            if self.head is None and measure != "发生率":
                return self.measure.en.format(x=" ".join((*self.before, _listed([topic.noun or topic.en for topic in self.topics]))))
            return self.measure.en.format(x=self.noun(one=measure == "发生率"))
        if self.act is None:
            raise Unknown(measure)
        rate = self.act.rate
        if not rate or self.parts.act not in classes.acts():
            return forms["share"].format(x=self.noun(), act=self._done())
        if self.head is not None and self.head.kind not in ("case", "crime"):
            return forms["rate"].format(rate=rate, x=self.noun())
        alone = not self.before and (self.parts.object is None or (self.parts.object == self.act.holds and self.parts.object != "案件"))
        bare = not self.topics and (self.head is None or self.head.key == "案件")
        case = " ".join(self.before) if bare and self.before else self.noun(one=True)
        return forms["rate_alone"].format(rate=rate) if alone else forms["rate_of_cases"].format(case=case, rate=rate)


def _attribute(head: classes.Head) -> str:
    """A head before another noun: fire accidents, case leads; "" for one that is no attribute."""
    return head.one or ("case" if head.key == "案件" else "")


def _attributes(topics: list[classes.Topic]) -> list[str]:
    """Topics before a noun: a list where all are branches of the law or all are crimes, else one after the other."""
    said = [topic.en for topic in topics]
    alike = len(topics) > 1 and (all(topic.law for topic in topics) or all(topic.crime for topic in topics))
    return [_listed(said)] if alike else said


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _words_of(topic: classes.Topic) -> tuple[str, ...]:
    return topic.en, topic.noun, topic.alone, topic.one


def _lower(said: str) -> str:
    return said if said[1:2].isupper() else said[0].lower() + said[1:]
