"""The words the rooms share: one list for each class of word, as data, each with its one reader."""
