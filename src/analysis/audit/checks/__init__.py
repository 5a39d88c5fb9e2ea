"""The checks, a module a family. Each takes a `Book` and yields findings, and is registered where it is defined."""

from __future__ import annotations

from ..registry import registered
from . import bases, changes, earlier, integers, parts, prints, rates, runs, spans

__all__ = ["CHECKS"]

# The order of the table in docs/audit.md.
CHECKS = registered(earlier, integers, bases, rates, parts, changes, spans, runs, prints)
