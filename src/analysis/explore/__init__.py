"""What the notebooks explore, trends and audit show: each call gives one figure, table or paragraph that Jupyter displays.

`open_explorer` (pick indicators and see them), `open_trends` (what statistics can say) and `open_bulletin` (one bulletin's
arithmetic) load the dataset unless they are given one. Words are in `wording.yml`; Chinese names stand beside English ones.
"""

from importlib import import_module
from typing import Any

__all__ = ["open_bulletin", "open_explorer", "open_trends"]
HOMES = {"open_bulletin": ".bulletin", "open_explorer": ".explorer", "open_trends": ".desk"}


def __getattr__(name: str) -> Any:
    # Widgets come with the extra `lab`; trends and audit do without them.
    if name in HOMES:
        return getattr(import_module(HOMES[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
