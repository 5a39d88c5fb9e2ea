"""Review: one page on which a person checks what was read from a document, and writes corrections."""

from __future__ import annotations

from .page import review_page

__all__ = ["review_page"]
