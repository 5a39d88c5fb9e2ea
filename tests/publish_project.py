"""The small project of the tests of publishing; it lies in `proving`, whose scripts need it too."""

from proving.project import REGIONS, ROOT, add, bulletin, contents, insert_cell, make_project, replace_in_cells

__all__ = ["REGIONS", "ROOT", "add", "bulletin", "contents", "insert_cell", "make_project", "replace_in_cells"]
