"""Counts told in a list in English: what the one before has said is left out, and two of the same cases are one.

There were 859 proposals received, 700 accepted and 690 assigned; 26 batches of 287 cases were assigned, 230 completed.
"""

import re
from collections.abc import Sequence

from .naming import PARTICIPLE

Fields = dict[str, str]
HEAD = re.compile(r"(people|\w+s) (.+)")
BY = re.compile(r" by the [\w ]+$")


def condensed(fields: Sequence[Fields], led: bool = False) -> list[Fields]:
    """Shorten the members of a list of counts; `led`: something stands before it, so that it may begin with digits.

    Each has its `value`, its `noun_phrase`, and where it begins and ends in its document (`place`, `follows`).
    """
    kept: list[Fields] = []
    noun, actor = "", ""
    for each in _coupled(fields):
        phrase = each["noun_phrase"]
        head = HEAD.fullmatch(phrase)
        if each.get("coupled"):
            noun, actor = each["coupled"], ""
        elif kept and head and head[1] == noun:
            by = BY.search(head[2])
            rest = head[2].removesuffix(by[0]) if by and by[0] == actor else head[2]
            each = each | {"value_first": f"{each['value']} {rest}"}
        else:
            noun = head[1] if head else ""
            found = BY.search(phrase)
            actor = found[0] if found else ""
        kept.append(each)
    if led and (done := PARTICIPLE.fullmatch(kept[0]["value_first"])):
        kept[0] = kept[0] | {"there": f"{done[1]} {'was' if kept[0]['value'] == '1' else 'were'} {done[2]}"}
    return kept


def _coupled(fields: Sequence[Fields]) -> list[Fields]:
    """Make one of two counts of the same thing that directly follow one another in the document: 26批287件, 25件30人."""
    kept: list[Fields] = []
    for each in fields:
        before = kept[-1] if kept else None
        told = _together(before, each) if before and before["follows"] == each["place"] else ""
        if before and told:
            noun = each["noun_phrase"].split()[0] if f" of {each['value']}" in told else "-"  # of 25 cases and 30 people, neither is meant alone
            kept[-1] = before | {"value_first": told, "there": f"there were {told}", "noun_phrase": told, "follows": "", "coupled": noun}
        else:
            kept.append(each)
    return kept


def _together(before: Fields, each: Fields) -> str:
    """Say two counts at once where the name of one holds the other's, or both end alike; empty where they share nothing."""
    first, second = before["noun_phrase"], each["noun_phrase"]
    if first.endswith(f" of {second}"):
        return f"{before['value']} {first.removesuffix(second)}{each['value']} {second}"
    ones, others = first.split(), second.split()
    shared = 0
    while shared < min(len(ones), len(others)) - 1 and ones[-1 - shared] == others[-1 - shared]:
        shared += 1
    if not shared:
        return ""
    tail = " ".join(ones[-shared:])
    return f"{before['value']} {' '.join(ones[:-shared])} and {each['value']} {' '.join(others[:-shared])} {tail}"
