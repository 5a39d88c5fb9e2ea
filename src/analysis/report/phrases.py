"""The words of a report: templates in `wording/<lang>.yml`, beside those of numbers and periods that every room shares (`writing`)."""

from functools import cache
from importlib import resources

from ..writing.phrases import Phrases, numbers_tree
from ..yamlfiles import load_own


class Wording(Phrases):
    """The templates of the reports in one language.

    >>> Wording.load("en")("section.sources")
    'Sources'
    """

    @classmethod
    @cache
    def load(cls, lang: str) -> "Wording":
        """Read the wording of `lang` ("zh" or "en"); WordingError for another language."""
        shared = numbers_tree(lang)
        source = resources.files(__package__).joinpath("wording", f"{lang}.yml")
        return cls(lang, {**shared, **load_own(source)})
