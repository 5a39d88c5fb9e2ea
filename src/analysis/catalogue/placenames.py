"""English names of Chinese places and their offices: an established one, else how the name is said."""

from __future__ import annotations

import re

from ..lexicon.publishers import PLACE, canonical_place, place_endings
from ..lexicon.publishers import words as publishers

__all__ = ["english_office", "english_place", "romanised"]


def english_place(name: str) -> str:
    """The English name of a place.

    >>> english_place("赣榆县"), english_place("青石市"), english_place("黔西南布依族苗族自治州"), english_place("东岚新区")
    ('Ganyu County', 'Qingshi', 'Qianxinan', 'Donglan New Area')
    """
    said = publishers()["endings_in_english"].get(_ending(name), "")
    return f"{romanised(name).replace('-', ' ').title()} {said}".strip()


def english_office(name: str) -> str:
    """The English name of an office that puts bulletins out; "" for one that publishers.yml does not know, or whose place is none.

    >>> english_office("青石市中级人民法院"), english_office("贵州省云岭县公安局"), english_office("公安部"), english_office("青石日报")
    ("Qingshi Intermediate People's Court", 'Yunling County Public Security Bureau', 'Ministry of Public Security', '')
    """
    if known := publishers()["national_offices"].get(name):
        return known
    for office in sorted(publishers()["offices"], key=len, reverse=True):
        if name.endswith(office) and re.fullmatch(PLACE, place := name.removesuffix(office)):
            return f"{english_place(canonical_place(place))} {publishers()['offices'][office]}"
    return ""


def romanised(name: str) -> str:
    """A place's name in small Latin letters, without what kind of place it is; "place" where it cannot be said.

    >>> romanised("赣榆县"), romanised("内蒙古自治区")
    ('ganyu', 'inner-mongolia')
    """
    from pypinyin import lazy_pinyin  # its tables take a while to load, and most names need none

    bare = name.removesuffix(_ending(name))
    if known := publishers()["english"].get(bare):
        return known
    bare = re.sub(f"(?:{'|'.join(publishers()['peoples'])})+$", "", bare) or bare
    return "".join(re.sub("[^a-z]", "", syllable) for syllable in lazy_pinyin(bare)) or "place"


def _ending(name: str) -> str:
    return next((end for end in place_endings() if name.endswith(end) and len(name) > len(end) + 1), "")
