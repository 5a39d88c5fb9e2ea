"""Words as data: templates chosen by key and by number, and those of numbers, units and periods, which every room shares.

A template is a Python format string. A leaf that is a mapping with `one` and `other` is chosen by `count`
through the plural rules of the language, so a sentence about one figure and about many are both right.
"""

import string
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale

from ..yamlfiles import load_own

LANGUAGES = ("zh", "en")
PLURALS = {"zero", "one", "two", "few", "many", "other"}


class WordingError(KeyError):
    """A key or a field that the wording of a language does not have."""


@dataclass(frozen=True)
class Phrases:
    """The templates of one language; call it with a dotted key and the fields of the template.

    >>> Phrases.of_numbers("en")("period.H1", year=2013)
    'the first half of 2013'
    """

    lang: str
    tree: dict[str, Any]

    @staticmethod
    @cache
    def of_numbers(lang: str) -> "Phrases":
        """How numbers, units and periods are written in `lang` ("zh" or "en"); WordingError for another language."""
        return Phrases(lang, numbers_tree(lang))

    def __hash__(self) -> int:
        return hash(self.lang)

    def __call__(self, key: str, count: object = 2, **fields: object) -> str:
        """Fill the template at `key`; WordingError when the key or one of its fields is missing."""
        leaf = self._leaf(key)
        if isinstance(leaf, dict) and leaf.keys() <= PLURALS:
            if not isinstance(count, Decimal | int):
                raise WordingError(f"{self.lang}.yml: {key} counts by a number, not by {count!r}")
            leaf = leaf.get(Locale.parse(self.tree["locale"]).plural_form(abs(Decimal(count))), leaf["other"])
        if not isinstance(leaf, str):
            raise WordingError(f"{self.lang}.yml: {key} is not a sentence")
        try:
            return leaf.format(count=count, **fields)
        except KeyError as missing:
            raise WordingError(f"{self.lang}.yml: {key} needs the field {missing}") from None

    def has(self, key: str) -> bool:
        """Tell whether there is a template at `key`."""
        try:
            self._leaf(key)
        except WordingError:
            return False
        return True

    def table(self, key: str) -> Any:
        """Give a whole mapping or list of the wording (units, months, scales)."""
        return self._leaf(key)

    def _leaf(self, key: str) -> Any:
        node: Any = self.tree
        for part in key.split("."):
            if not isinstance(node, dict) or part not in node:
                raise WordingError(f"{self.lang}.yml has no {key}")
            node = node[part]
        return node

    def inside(self, name: str) -> str:
        """Write what a cell begins with as it stands inside a sentence: without a capital, unless the first word is a name.

        >>> [Phrases.of_numbers("en").inside(name) for name in ("People prosecuted", "Supreme court cases", "CPPCC proposals", "刑事案件")]
        ['people prosecuted', 'Supreme court cases', 'CPPCC proposals', '刑事案件']
        """
        keeps = name[1:2].isupper() or name.startswith(tuple(self.table("proper")))
        return name if keeps else name[:1].lower() + name[1:]

    def listed(self, items: list[str], key: str = "list") -> str:
        """Join items as the language does: 甲、乙和丙; a, b and c.

        >>> Phrases.of_numbers("en").listed(["a", "b", "c"])
        'a, b and c'
        """
        if len(items) < 2:
            return "".join(items)
        return self(f"{key}.comma").join(items[:-1]) + self(f"{key}.last") + items[-1]


def numbers_tree(lang: str) -> dict[str, Any]:
    """The templates of numbers, units and periods; WordingError for a language there are none in."""
    if lang not in LANGUAGES:
        raise WordingError(f"no wording for language {lang!r}; there is {', '.join(LANGUAGES)}")
    return load_own(resources.files(__package__).joinpath(f"numbers.{lang}.yml"))


def fields_of(template: str) -> set[str]:
    """Name the fields a template asks for.

    >>> sorted(fields_of("{name} fell by {amount}"))
    ['amount', 'name']
    """
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}
