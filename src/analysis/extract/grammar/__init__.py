"""The grammar is data: YAML tables of named patterns, each with its meaning, examples and counterexamples.

Verbs of change and units are listed in the lexicon, since other rooms know them too. This module reads the tables and
compiles them into the two things the scanner needs: for every character that may begin a token, the one alternation of
rules that can start there; and the pattern that takes a quantity (number, magnitude, unit, hedges) apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ...lexicon import changes
from ...lexicon import units as units_lexicon
from .prefixes import first_characters, prefixes, searchable

__all__ = ["MACROS", "Rule", "dispatch", "expand", "first_characters", "load_rules", "load_table", "searchable", "units"]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Earlier tables win where two rules could match at the same character.
SCANNED = ("amounts", "bases", "changes", "hedges", "periods", "not_statistics")
TABLES = ("numerals", "units", *SCANNED, "kinds")

DIGIT = "0-9０-９"
CHINESE = "零〇○一二三四五六七八九十廿卅百千万亿两"

def _by_first_character(patterns: Iterable[str]) -> str:
    """Join patterns that begin with a letter, in their order, those with the same first letter in one branch: fewer branches are tried."""
    rests: dict[str, list[str]] = {}
    for pattern in patterns:
        rests.setdefault(pattern[0], []).append(pattern[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items())


MACROS = {
    "<D>": f"[{DIGIT}]",
    "<C>": f"[{CHINESE}]",
    "<CD>": "0-9０-９一二三四五六七八九十两",
    "<M>": f"(?:[{DIGIT}]{{1,2}}|[一二三四五六七八九十]{{1,2}})",
    "<Y>": "(?:(?:19|20|１９|２０)[0-9０-９]{2}|[一二][九〇○零][〇○零一二三四五六七八九]{2})",
    "<NUMERAL>": f"(?:[{DIGIT}]|百分之|[{CHINESE}]{{1,20}}(?![{CHINESE}]|[、，])|半(?:数|(?!(?!的)[一-鿿])))",
    "<HEDGE>": "(?:了|大约|约为|约|近|将近|接近|近乎|几乎|超过|超|逾|不到|不足|到|至|达|达到|出)",
    "<DEED>": "(?:(?:立案|发案|受理|收案|新收|审结|办结|结案|办理|破案|破获|侦破|查处|查办|查获|抓获|起诉|批捕|逮捕"
    "|调解|执结|发生|收到|接报|接待|死亡|收|破|抓)[一-鿿]{0,8}?)",
    # what a verb of change begins with, after the words that may stand before it: the short ones and the comparatives begin many
    "<TOCHANGE>": "(?:都|均|也|又|还|再|仍|继续|累计|分别|平均|总体|实际|已|整体|各|略有|有所|进一步){0,2}(?:净)?"
    f"(?:{changes.alternation('manner')})?(?:{changes.alternation('short')}|{changes.alternation('compare')}|翻|{changes.alternation('flat')}|{changes.alternation('verb')})",
    "<UNIT>": f"(?:{_by_first_character(units_lexicon.patterns()[spelling][0] for spelling in units_lexicon.spellings())})",
    "<COUNTER>": units_lexicon.common(),
    "<RISE>": f"(?:{changes.alternation('verb', 'up')})",
    "<FALL>": f"(?:{changes.alternation('verb', 'down')})",
    "<RISE_SHORT>": f"(?:{changes.alternation('short', 'up')})",
    "<FALL_SHORT>": f"(?:{changes.alternation('short', 'down')})",
    "<RATE_OF_RISE>": f"(?:{changes.alternation('rate', 'up')})",
    "<RATE_OF_FALL>": f"(?:{changes.alternation('rate', 'down')})",
    "<FLAT>": f"(?:{changes.alternation('flat')})",
    "<MANNER>": f"(?:{changes.alternation('manner')})",
    "<VERB>": f"(?:{changes.alternation('verb')})",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One entry of a grammar table."""

    name: str
    pattern: str
    meaning: dict
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    lead: str = ""
    follow: str = ""
    table: str = ""

    def compiled(self) -> re.Pattern[str]:
        return re.compile(expand(self.pattern))


def expand(pattern: str) -> str:
    """Replace the macros of a pattern (``<D>`` digit, ``<C>`` Chinese numeral, ``<Y>`` year ...)."""
    pattern = pattern.replace("[<CD>]", f"[{MACROS['<CD>']}]")
    for macro, meaning in MACROS.items():
        pattern = pattern.replace(macro, meaning)
    return pattern


def load_table(name: str) -> tuple[Rule, ...]:
    """Return the entries of one grammar table, in the order of the file."""
    if name == "units":
        loaded = units_lexicon.entries()
    else:
        loaded = yaml.load(files(__package__).joinpath(f"{name}.yml").read_text("utf-8"), _Loader)
    return tuple(_rule(entry, name) for entry in loaded)


def _rule(entry: dict, table: str) -> Rule:
    sequences = {key: tuple(entry[key]) for key in ("examples", "counterexamples")}
    return Rule(
        entry["name"], entry["pattern"], entry["meaning"], lead=entry.get("lead", ""), follow=entry.get("follow", ""), table=table, **sequences
    )


@cache
def load_rules() -> dict[str, Rule]:
    """Return every rule of every table by name."""
    return {rule.name: rule for table in TABLES for rule in load_table(table)}


@cache
def dispatch() -> dict[str, tuple[tuple[Callable[..., re.Match | None], Rule], ...]]:
    """Map each beginning of a token, one or two characters, to the rules that can start with it: (match, rule), in order.

    A beginning of one character stands only where any character may follow; without the second character every 新, 大
    and 发 of a text would have to be looked at. A number counts as the one character 0. Each rule is compiled by
    itself: alternations of rules would be many, and slow to compile.
    """
    starters: dict[str, dict[str, tuple]] = {}
    for rule in load_rules().values():
        if rule.table in SCANNED:
            entry = rule.compiled().match, rule
            for prefix in prefixes(expand(rule.pattern), _FOLDED):
                for variant in _variants(prefix):
                    starters.setdefault(variant, {})[rule.name] = entry
    order = {name: place for place, name in enumerate(load_rules())}
    return {
        prefix: tuple(entry for _, entry in sorted((entries | starters.get(prefix[0], {})).items(), key=lambda item: order[item[0]]))
        for prefix, entries in starters.items()
    }


_DIGITS = "0123456789０１２３４５６７８９"
_FOLDED = dict.fromkeys(_DIGITS, "0")


def _variants(prefix: str) -> Iterator[str]:
    """Spell a digit out that comes second; a number at the beginning stays 0, with the character after it."""
    if prefix[0] != "0" and prefix[1:] == "0":
        yield from (prefix[0] + digit for digit in _DIGITS)
    else:
        yield prefix


@cache
def units() -> tuple[dict[str, str], str]:
    """Return the family of every unit, and one pattern of all units (longest spelling first)."""
    found = units_lexicon.patterns()
    families = {spelling: meaning["family"] for spelling, (_, meaning) in found.items()}
    return families, MACROS["<UNIT>"][3:-1]
