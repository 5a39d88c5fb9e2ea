"""What is made again after an edit, and what is not: `proving.edits`, each kind of edit once and a few at random."""

from proving import edits


def test_edits_make_again_what_they_reach_and_nothing_else(tmp_path):
    assert list(edits.faults(tmp_path, edits=len(edits.EDITS) + 8, seed=3)) == []
