"""The checks, a module a family. Each takes a `Book` and yields findings, and is registered where it is defined."""

from __future__ import annotations

from ..registry import registered

# Imported for what they register; their order is that of the table in docs/audit.md.
from . import bases, changes, earlier, parts, prints, rates, spans  # noqa: F401

__all__ = ["CHECKS"]

CHECKS = registered()
