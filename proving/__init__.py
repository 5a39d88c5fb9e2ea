"""Proving: writers of bulletins that are true, false or spoilt, and what must hold of their reading; used by tests and benchmarks."""
