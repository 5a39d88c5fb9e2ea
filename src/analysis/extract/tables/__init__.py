"""From the cells of tables to statements: heads and labels give name, unit, time and scope; columns of changes go to their neighbours."""

from .reading import Reading, cut, owned, read_tables

__all__ = ["Reading", "cut", "owned", "read_tables"]
