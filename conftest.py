"""nbval runs the notebooks; the plugin looks at their charts."""

import pytest

pytest_plugins = ["notebook_charts"]
LONGEST = "test_publish.py"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest file: files are shared out whole, and the last should not be the longest."""
    items.sort(key=lambda item: item.path.name != LONGEST)
