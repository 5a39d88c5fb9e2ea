"""What each kind of word and number of a sentence may mean: every module proposes, `choosing` takes the best."""
