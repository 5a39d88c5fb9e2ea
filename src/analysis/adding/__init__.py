"""Adding a bulletin to a workspace: what its own words say of it, what only a person can say, and what is written down."""

from __future__ import annotations

from .names import Unlisted, append, stub, unlisted
from .proposing import Guess, Proposal, propose
from .writing import AddError, AlreadyAdded, report_of, write

__all__ = ["AddError", "AlreadyAdded", "Guess", "Proposal", "Unlisted", "append", "propose", "report_of", "stub", "unlisted", "write"]
