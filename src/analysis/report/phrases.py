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

    def __call__(self, key: str, count: object = 2, **fields: object) -> str:
        """Fill the template at `key`; `spelt` and, where a sentence begins with it, `Spelt` are a small count in words.

        >>> Wording.load("en")("sources.tables", count=7), Wording.load("en")("sources.tables", count=17)
        ('Seven statistical tables', '17 statistical tables')
        """
        word = str(self.tree["number_words"].get(count, count))
        return super().__call__(key, count, **{"spelt": word.lower(), "Spelt": word} | fields)

    @classmethod
    @cache
    def load(cls, lang: str) -> "Wording":
        """Read the wording of `lang` ("zh" or "en"); WordingError for another language."""
        shared = numbers_tree(lang)
        source = resources.files(__package__).joinpath("wording", f"{lang}.yml")
        return cls(lang, {**shared, **load_own(source)})
