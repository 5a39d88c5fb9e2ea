"""What a rule proposes as a name, and the words around a number that the rules look at."""

from __future__ import annotations

from typing import NamedTuple

from ..choosing import Option


class Words(NamedTuple):
    """The words around a number: those before it, without (``bare``) and with (``left``) their scope, and the noun behind, with its length.

    ``light``: whether those before are a bare action; ``is_share``: whether they make the number a share.
    """

    left: str
    bare: str
    right: str
    used: int
    light: bool
    is_share: bool = False


class Name(NamedTuple):
    """A name, its words as written, and how much text after the number they use.

    ``complete``: a bare verb still takes the head of the name before. ``subject`` is that head, where it is another than the last name's;
    ``list_verb`` is the verb that the next nouns of a list share.
    """

    name: str
    written: str
    used: int = 0
    complete: bool = True
    subject: str = ""
    list_verb: str = ""


def option(rule: str, name: Name) -> Option:
    """A name as what a rule proposes."""
    return Option(f"{name.subject}|{name.name}" if name.complete else name.name, rule, name)
