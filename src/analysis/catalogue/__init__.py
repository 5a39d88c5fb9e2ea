"""The catalogue: every indicator the data have, with its parts, unit, organ, chapter and relatives; composed names for the rest.

Matching never guesses: a name fits an entry by its parts, its unit and its organ, and what fits none, or several, keeps an identity of its own
and is listed. The entries are data, in `catalogue.yml` here and in a workspace's own file of the same form.
"""

from .composing import Composed, compose, is_glossed, names
from .entries import CatalogueError, Indicator, Theme, Title, normalise
from .loading import OWN, load, match, of, unknown
from .matching import Catalogue

__all__ = [
    "OWN",
    "Catalogue",
    "CatalogueError",
    "Composed",
    "Indicator",
    "Theme",
    "Title",
    "compose",
    "is_glossed",
    "load",
    "match",
    "names",
    "normalise",
    "of",
    "unknown",
]
