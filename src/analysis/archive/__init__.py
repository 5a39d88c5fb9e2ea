"""The archive: very many bulletins, one Parquet file a document, tables a region, and questions across all of them.

    STORE/statements/region=bijie/bijie-2017-<key>.parquet     every number of a document; the key is of its bytes and of the reading code
    STORE/observations/region=bijie/rows.parquet               the tables of a region, made anew only when one of its documents changed
    STORE/findings/region=bijie/rows.parquet

Cells are texts, exactly as in data/processed. Nothing is held in memory but one region at a time; a run that was killed goes on where it was.
"""

from .asking import ask, part, rows, rows_called
from .extracting import extract_all, names_in
from .renewing import Renewed, no_longer_there, renew
from .tables import build_tables

__all__ = ["Renewed", "ask", "build_tables", "extract_all", "names_in", "no_longer_there", "part", "renew", "rows", "rows_called"]
