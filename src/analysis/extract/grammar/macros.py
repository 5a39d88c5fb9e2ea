"""What patterns are composed of: <NAME> stands for a macro of macros.yml, a class of words of the lexicon, verbs of change, or units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from ...lexicon import changes, classes, wordlists
from ...lexicon import units as units_lexicon
from ...yamlfiles import load_own

__all__ = ["expand", "macros", "signs", "units_pattern"]

_MACRO = re.compile(r"(?<!\?P)<([A-Z][A-Z_]*)>")
_ESCAPED = re.compile(r"\\.", re.DOTALL)


@cache
def macros() -> dict[str, dict[str, Any]]:
    """The entries of macros.yml, by name."""
    return load_own(Path(__file__).with_name("macros.yml"))


def expand(pattern: str) -> str:
    """Replace the macros of a pattern; alternatives stand in brackets of their own, unless they are some among others.

    >>> expand("[<HUNDREDS>]"), expand("<HAN>"), expand("(?:案|<WE>)") == "(?:案|" + expand("<WE>").removeprefix("(?:")
    ('[百千]', '[一-鿿]', True)
    """
    pieces, position = [], 0
    for found in _MACRO.finditer(pattern):
        before = _ESCAPED.sub("  ", pattern[: found.start()])
        if before.rfind("[") > before.rfind("]"):
            meaning = signs(found[1])
        else:
            among = before.endswith(("(?:", "(?i:", "|", "(?=", "(?!", "(?<=", "(?<!")) or not before, pattern[found.end() :][:1] in ("|", ")", "")
            meaning = _meaning(found[1])
            if all(among) and len(found[0]) < len(pattern) and found[1] not in macros():
                meaning = meaning[3:-1]
        pieces += [pattern[position : found.start()], meaning]
        position = found.end()
    return "".join([*pieces, pattern[position:]])


@cache
def _meaning(name: str) -> str:
    """What a macro stands for, as one item of a pattern."""
    if name in macros():
        return expand(macros()[name]["pattern"])
    return f"(?:{_alternatives(name)})"


def _alternatives(name: str) -> str:
    if name in _DERIVED:
        return _DERIVED[name]()
    if not wordlists.is_class(name.lower()):
        raise KeyError(f"no macro and no class of words: {name}")
    return wordlists.alternation(name.lower())


@cache
def signs(name: str) -> str:
    """The signs of a class whose words are of one sign each, as they stand within [ ]."""
    if name in macros():
        return _MACRO.sub(lambda found: signs(found[1]), macros()[name]["pattern"])
    if name == "COUNTER":
        return units_lexicon.common()
    listed = wordlists.words(name.lower())
    if any(len(word) > 1 for word in listed):
        raise ValueError(f"{name} has words of more than one sign, which cannot stand within [ ]")
    return re.escape("".join(listed))


def _of_change(use: str, direction: str | None = None) -> Callable[[], str]:
    return lambda: changes.alternation(use, direction)


@cache
def units_pattern() -> str:
    """Every unit (and what must not follow it), the longest first, those with the same first letter in one branch: fewer branches are tried."""
    return _by_first_character(units_lexicon.patterns()[spelling][0] for spelling in units_lexicon.spellings())


def _by_first_character(patterns: Iterable[str]) -> str:
    rests: dict[str, list[str]] = {}
    for pattern in patterns:
        rests.setdefault(pattern[0], []).append(pattern[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


def _acts(attribute: str) -> Callable[[], str]:
    """The spellings of acts that an attribute of theirs names."""
    return lambda: classes.any_of(spelling for act in classes.acts().values() for spelling in getattr(act, attribute))


def _organs(attribute: str) -> Callable[[], str]:
    return lambda: classes.any_of(name for organ in classes.organs().values() for name in getattr(organ, attribute))


def _bodies() -> str:
    return classes.any_of(organ.title for organ in classes.organs().values() if organ.title.endswith("机关"))


def _houses() -> str:
    """Names of organs that are one house: 法院, 公安局, 派出所."""
    ends = re.compile(f"(?:{wordlists.alternation('ends_of_houses')})$")
    return classes.any_of(name for organ in classes.organs().values() for name in organ.zh if ends.search(name))


def _places(*sorts: str) -> Callable[[], str]:
    return lambda: classes.any_of(word for sort in sorts for word in classes.places()[sort]["zh"])


_DERIVED: dict[str, Callable[[], str]] = {
    "VERB": _of_change("verb"),
    "RISE": _of_change("verb", "up"),
    "FALL": _of_change("verb", "down"),
    "SHORT": _of_change("short"),
    "RISE_SHORT": _of_change("short", "up"),
    "FALL_SHORT": _of_change("short", "down"),
    "COMPARE": _of_change("compare"),
    "RATE": _of_change("rate"),
    "RATE_OF_RISE": _of_change("rate", "up"),
    "RATE_OF_FALL": _of_change("rate", "down"),
    "FLAT": _of_change("flat"),
    "MANNER": _of_change("manner"),
    "UNIT": units_pattern,
    "ACTS_BEFORE": _acts("before"),
    "ACTS_BEHIND": _acts("behind"),
    "ACTS_WAITING": _acts("waiting"),
    "ACTS_LIGHT": _acts("light"),
    "ACTS_TO_ORGANS": _acts("to_organs"),
    "ACTS_BY_THE_COUNTED": _acts("by_counted"),
    "ACTS_IN_HEADINGS": _acts("heading"),
    "ACTS_OF_HARM": _acts("harm"),
    "ACTS_IN_PASSING": _acts("in_passing"),
    "ORGANS_SPOKEN_OF": _organs("says"),
    "ACTS_FOR_SOMEONE": _acts("for_someone"),
    "ACTS_TAKEN": _acts("takes_on"),
    "ACTS_CLOSED": _acts("closes"),
    "ACTS_IN_HEADS": _acts("in_heads"),
    "ACTS_ENDING_TITLES": _acts("ends_titles"),
    "ACTS_BEGINNING_TITLES": _acts("begins_titles"),
    "ACTS_TO_PEOPLE": lambda: classes.any_of(spelling for act in classes.acts().values() if act.done_to == ("person",) for spelling in act.spellings),
    "PERSONS": lambda: classes.any_of(spelling for head in classes.heads().values() if head.kind == "person" for spelling in head.spellings),
    "DEEDS_TO_SUSPECTS": lambda: classes.any_of(spelling for act in classes.acts().values() if act.suspects for spelling in act.spellings),
    "HOUSES": _houses,
    "ACTORS": _organs("actors"),
    "BODIES": _bodies,
    "OWN_PLACE": _places("whole"),
    "OWN_PLACES": _places("whole", "levels"),
}
