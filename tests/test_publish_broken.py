"""Periods that are broken in different ways harm no other: `proving.broken`, with fewer periods."""

from proving import broken


def test_four_broken_periods_keep_what_they_had_and_the_rest_is_published(tmp_path):
    assert list(broken.faults(tmp_path, periods=6, seconds=30)) == []
