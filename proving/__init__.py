"""Proving: writers of bulletins that are known to be true, false or spoilt, and what must hold of their reading; used by tests and benchmarks alike."""
