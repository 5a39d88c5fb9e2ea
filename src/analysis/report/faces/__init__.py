"""The faces of one report: PDF (see `report.executed`), HTML, Word and workbook, all made from what the executed notebook shows; and its data."""

from .making import FORMATS, documents, face, package, warm

__all__ = ["FORMATS", "documents", "face", "package", "warm"]
