"""The command line: `tongbi`, and `python -m analysis`.

Each command imports the rooms it needs when it runs, so that reading one bulletin does not wait for pandas. To add a command: a function
under `@main.command()` in the module of its group, whose docstring ends with an example, and its name in `group.ORDER`.
"""

from . import looking, publishing, reading, workspaces
from .group import main

__all__ = ["looking", "main", "publishing", "reading", "workspaces"]
