"""How numbers, units and periods are written in Chinese and English: one writer, and one place for its words, for every room."""
