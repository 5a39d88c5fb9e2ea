"""Tables as cells: one small reader for each format, one record for all of them."""

from .cells import Cell, Table, check_size
from .plain import find_tables, whole

__all__ = ["Cell", "Table", "check_size", "find_tables", "whole"]
