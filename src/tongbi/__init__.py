"""The public face of this package under the project's own name: `import tongbi` gives what `import analysis` gives."""

from typing import Any

import analysis

__all__ = analysis.__all__
__doc__ = analysis.__doc__


def __getattr__(name: str) -> Any:
    return getattr(analysis, name)


def __dir__() -> list[str]:
    return dir(analysis)
