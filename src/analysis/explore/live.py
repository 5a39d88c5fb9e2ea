"""Cells that follow the explorer's choice: in JupyterLab a widget that is written anew, elsewhere the plain output of the moment."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as widgets

from ..report.markdown import Figure, Markdown, as_html

WIDGET_MIME = "application/vnd.jupyter.widget-view+json"


class Live:
    """One part of the explorer: `now()` gives its plain output; `refresh()` shows it in the widget."""

    def __init__(self, now: Callable[[], Figure | Markdown]) -> None:
        self.now = now
        self.widget = widgets.HTML()
        self.refresh()

    def refresh(self) -> None:
        """Show what the choice is now."""
        self.widget.value = dressed(self.now())

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        plain = self.now()._repr_mimebundle_()
        data, about = plain if isinstance(plain, tuple) else (plain, {})
        return data | {WIDGET_MIME: self.widget._repr_mimebundle_()[WIDGET_MIME]}, about


def dressed(shown: Figure | Markdown) -> str:
    """Return a chart or a piece of Markdown as HTML in Jupyter's own dress; words of a document are shown, never run."""
    if isinstance(shown, Figure):
        return f'<div role="img" aria-label="{escape(shown.alt)}">{shown.svg}</div>'
    return f'<div class="jp-RenderedHTMLCommon">{as_html(shown.text)}</div>'
