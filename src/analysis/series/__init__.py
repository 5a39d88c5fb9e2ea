"""Claims, intervals and series: what may be compared with what."""
