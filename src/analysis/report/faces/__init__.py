"""The faces of one report: PDF (see `report.exporter`), HTML, Word and workbook, all made from what the executed notebook shows."""

from .making import FORMATS, face

__all__ = ["FORMATS", "face"]
