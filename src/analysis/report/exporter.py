"""An executed notebook as an archival, accessible PDF: `jupyter nbconvert --to typstpdf notebook.ipynb`.

The PDF is PDF/A-3a and PDF/UA-1: tagged, with alternative texts, bookmarks and the tables attached as CSV. What goes into it is `executed`'s;
only nbconvert needs this module, and publishing imports neither.
"""

from nbconvert.exporters import Exporter
from nbformat import NotebookNode
from traitlets.config import Config

from analysis.report.executed import HIDDEN_CELL, HIDDEN_OUTPUT, as_pdf


class TypstPDFExporter(Exporter):
    """nbconvert exporter `typstpdf`."""

    export_from_notebook = "PDF via Typst"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    @property
    def default_config(self) -> Config:
        """Honour the usual tags, which nbconvert leaves unread unless told."""
        config = super().default_config
        config.TagRemovePreprocessor.enabled = True
        config.TagRemovePreprocessor.remove_cell_tags = set(HIDDEN_CELL)
        config.TagRemovePreprocessor.remove_all_outputs_tags = set(HIDDEN_OUTPUT)
        return config

    def from_notebook_node(self, nb: NotebookNode, resources: dict | None = None, **kw) -> tuple[bytes, dict]:  # type: ignore[override]  # as nbconvert's own PDF exporters
        """Return the PDF and nbconvert's resources. Raises ExportError as `as_pdf` does."""
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        return as_pdf(nb, resources.get("metadata", {}).get("name", "")), resources
