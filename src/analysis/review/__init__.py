"""Review: one page on which a person checks what was read from a document, and writes corrections."""

from __future__ import annotations

from .page import prepare, review_page

__all__ = ["prepare", "review_page"]
