"""The words of publishers.yml as patterns: places, organs and kinds of document, as a bulletin's own head says them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from ..yamlfiles import load_yaml
from . import classes

__all__ = ["COUNTRY_NAMES", "NATIONAL", "OFFICE", "PLACE", "canonical_place", "family_of", "kind_of", "organ_families", "place_endings", "words"]

PATH = Path(__file__).with_name("publishers.yml")
COUNTRY_NAMES = frozenset(("全国", "我国", "中国", "中华人民共和国"))


@cache
def words() -> dict[str, Any]:
    """The whole of publishers.yml."""
    return load_yaml(PATH)


@cache
def organ_families() -> dict[str, tuple[str, ...]]:
    """Each family's names, those of the whole country and those of any of it: `others` among them."""
    families = words()["organs"] | words()["others"]
    return {family: tuple(dict.fromkeys((*entry["national"], *entry["words"], *_names(family)))) for family, entry in families.items()}


def _names(family: str) -> tuple[str, ...]:
    listed = classes.read("organs").get(family, {})
    return (*listed.get("names", ()), *listed.get("short", ()))


@cache
def provinces() -> dict[str, str]:
    """The provinces' short names with their full ones.

    >>> provinces()["贵州"], provinces()["广西"]
    ('贵州省', '广西壮族自治区')
    """
    full = words()["full_names"]
    return {name: full.get(name, name + "省") for name in classes.places()["provinces"]["zh"]}


@cache
def place_endings() -> tuple[str, ...]:
    """What the names of places end in, the longest first."""
    return tuple(sorted((*classes.places()["suffixes"]["zh"], *words()["place_endings"]), key=len, reverse=True))


def _endings() -> str:
    return _any(place_endings())


def _any(names: Any) -> str:
    return "|".join(map(re.escape, sorted(names, key=len, reverse=True)))


def _place() -> str:
    """One or more place names, from the large to the small: 贵州省贵阳市, 贵州毕节, 广西壮族自治区玉林市."""
    lists = words()
    stops = _any(lists["not_in_places"])
    ended = rf"(?:(?!{stops})[一-鿿]){{2,8}}?(?:{_endings()})"
    names = _any([*provinces(), *provinces().values()])
    return rf"(?:(?:{names})(?:{ended})*|(?:{ended})+)"


PLACE = _place()
NATIONAL = _any(name for entry in (words()["organs"] | words()["others"]).values() for name in entry["national"])
OFFICE = _any(name for names in organ_families().values() for name in names)
BETWEEN = rf"(?:{_any(words()['between'])}){{0,3}}"
_ENDED = re.compile(rf".+?(?:{_endings()})")


@cache
def family_of(office: str) -> str | None:
    """The family an office belongs to; the longest of its names decides.

    >>> family_of("人民检察院"), family_of("公安厅"), family_of("工厂")
    ('procuratorates', 'police', None)
    """
    found = [(len(name), family) for family, names in organ_families().items() for name in names if name in office]
    return max(found)[1] if found else None


@cache
def canonical_place(written: str) -> str:
    """The smallest place that some words name, by its full name: two spellings of one place give one string.

    >>> canonical_place("贵州"), canonical_place("贵州省贵阳市"), canonical_place("江西省全市")
    ('贵州省', '贵阳市', '全市')
    """
    rest = written
    for name in sorted([*provinces().values(), *provinces()], key=len, reverse=True):
        if written.startswith(name):
            rest = written.removeprefix(name)
            break
    if not rest:
        return provinces().get(written, written)
    parts = _ENDED.findall(rest)
    return parts[-1] if parts else rest


def kind_of(title: str) -> str | None:
    """What kind of document a title says this is.

    >>> kind_of("青山县人民法院工作报告"), kind_of("天气很好")
    ('work_report', None)
    """
    return next((kind for kind, names in words()["kinds"].items() if any(name in title for name in names)), None)
