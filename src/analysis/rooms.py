"""A package that can be called by its own name, so that `analysis.extract(document)` is the verb and `analysis.extract` its room."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any


class Verb(ModuleType):
    """A module whose call is that of its function of the same name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return vars(self)[self.__name__.rpartition(".")[2]](*args, **kwargs)


def callable_by_name(module: str) -> None:
    """Make the module of that full name a Verb; it must define a function named like itself.

    Python binds a subpackage to its parent's attribute whenever it is first imported, which would otherwise hide a function of that name.
    """
    sys.modules[module].__class__ = Verb
