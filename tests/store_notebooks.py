"""Run the notebooks and store the text of the cells tagged nbval-check-output: `python tests/store_notebooks.py [NOTEBOOK ...]`.

What `make test` compares later. Read the difference before committing it: a number that changed is a number to explain.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from notebook_charts import UNCOMPARED

FOLDER = Path(__file__).parents[1] / "notebooks"
CHECKED = "nbval-check-output"


def stored(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The executed notebook without what is not compared: other cells' outputs, charts, times, the state of widgets."""
    notebook.metadata.pop("widgets", None)
    for number, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), start=1):
        cell.metadata = {key: value for key, value in cell.metadata.items() if key == "tags"}
        checked = CHECKED in cell.metadata.get("tags", [])
        cell.outputs = [slim(output) for output in cell.outputs] if checked else []
        cell.execution_count = number if checked else None
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
    return notebook


def slim(output: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The output without charts and their descriptions. Its HTML stays: not compared, but what a notebook that is opened and not run shows."""
    for kind in set(UNCOMPARED) - {"text/html"}:
        output.get("data", {}).pop(kind, None)
        output.get("metadata", {}).pop(kind, None)
    return output


def main(names: list[str]) -> None:
    """Run and rewrite the notebooks named, all without names."""
    for path in sorted(map(Path, names)) or sorted(FOLDER.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(
            notebook, kernel_name="python3", extra_arguments=["--log-level=CRITICAL"], resources={"metadata": {"path": str(path.parent)}}
        ).execute()
        nbformat.write(stored(notebook), path)
        print(path)


if __name__ == "__main__":
    main(sys.argv[1:])
