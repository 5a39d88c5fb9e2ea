"""What is written out from a record is read back as that record, in every phrasing the grammar knows."""

import zlib
from random import Random

import pytest

from analysis.extract import grammar, numerals
from proving import composition, frames, phrasebook

CASES = 300  # a frame; `benchmarks/roundtrip.py` writes a hundred thousand in all


@pytest.mark.parametrize("frame", dict.fromkeys(frames.FRAMES), ids=lambda frame: frame.__name__.removeprefix("write_"))
def test_what_is_written_is_read_back(frame):
    draw = Random(zlib.crc32(frame.__name__.encode()))
    cases = [composition.compose(draw, frame) for _ in range(CASES)]
    wrong = [f"{case.text}\n    {'; '.join(found)}" for case in cases if (found := composition.differences(case))]
    assert not wrong, f"{len(wrong)} of {CASES}:\n" + "\n".join(wrong[:5])


@pytest.mark.parametrize(
    ("table", "kind"),
    [("changes", "change"), ("changes", "compare"), ("changes", "rate"), ("changes", "reach"), ("bases", "basis"), ("hedges", "hedge")],
)
def test_a_phrase_drawn_for_a_rule_is_one_the_rule_takes(table, kind):
    draw = Random(1)
    for rule in phrasebook.rules(table, kind):
        for _ in range(20):
            phrase = phrasebook.say(rule, draw)
            found = rule.compiled().match(rule.lead + phrase + (rule.follow or "下降5%"), len(rule.lead))
            assert found and found.end() == len(rule.lead + phrase), (rule.name, phrase)


def test_every_family_of_units_is_drawn():
    drawn = {family for family in frames.NAMES if family == "ratio" or phrasebook.units(family)}
    assert drawn == set(grammar.units()[0].values()) - {"time"}


def test_spelt_numbers_are_read_as_the_numbers_they_spell():
    draw = Random(2)
    numbers = {*range(12_000), *(int(10 ** draw.uniform(4, 12)) for _ in range(5_000))}
    wrong = [(number, spelt) for number in numbers if numerals.parse_chinese(spelt := phrasebook.spell(number)) != number]
    assert not wrong, wrong[:5]
