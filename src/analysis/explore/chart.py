"""The interactive chart of the explorer: small multiples that answer to hover, click and keyboard, in JupyterLab and offline."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

HERE = Path(__file__).parent


class SeriesChart(anywidget.AnyWidget):
    """Draws `panels` (see `panels.panels`) over the years `span`; `picked` is the id of the point last clicked, "" at first.

    `document` is what that point leads to: `html`, the page of the whole document, and `at`, the anchor of the number in it.
    """

    _esm = HERE / "chart.js"
    _css = HERE / "chart.css"
    panels = traitlets.List().tag(sync=True)
    span = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    picked = traitlets.Unicode("").tag(sync=True)
    document = traitlets.Dict().tag(sync=True)
