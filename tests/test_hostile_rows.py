"""Every handed hostile case is held by a test of its kind: which one, by class and words of the case; and that test is there."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROWS = TESTS.parents[1] / "shared/cases/hostile.tsv"
# Class of the case, words in it, the test; the first that fits.
HELD = (
    ("yaml", r"^region\.yml", "test_hostile.test_a_broken_region_stops_its_own_region_only"),
    ("yaml", r"^corr", "test_hostile.test_corrections_are_held_to_the_codebook"),
    ("yaml", r"deep|10MB", "test_hostile.test_yaml_is_bounded_in_size_and_depth"),
    ("yaml", r"sha wrong", "test_hostile.test_a_sidecar_with_any_fault_is_a_document_error_with_file_and_key"),
    ("yaml", r"", "test_hostile.test_a_sidecar_with_any_fault_is_a_document_error_with_file_and_key"),
    ("numeric", r"0 to 0", "test_hostile.test_odd_texts_are_audited"),
    ("numeric", r"", "test_audit_growth.test_no_number_is_too_long"),
    ("file", r"many-p", "test_hostile.test_a_word_document_of_very_many_paragraphs_is_refused"),
    ("file", r"html-attrs", "test_hostile.test_a_tag_without_end_and_a_text_without_end_are_refused"),
    ("file", r"charset", "test_hostile.test_a_page_can_only_declare_an_encoding_of_the_web"),
    ("file", r"docx|DOCX", "test_hostile.test_a_damaged_file_is_read_or_refused_by_name"),
    ("publish", r"period|set_period", "test_hostile.test_a_sidecar_with_any_fault_is_a_document_error_with_file_and_key"),
    ("publish", r"region\.yml", "test_hostile.test_a_broken_region_stops_its_own_region_only"),
    ("publish", r"emoji|Tibetan|Uyghur|PUA|ZWSP|U\+FFFD|kana", "test_exporter.test_a_character_no_typeface_has_is_shown_by_its_number_with_a_note"),
    ("publish", r"0 cases|13 and 99", "test_hostile.test_odd_texts_are_audited"),
    ("publish", r"", "test_hostile_reports.test_acting_words_are_words_in_every_face_of_a_report"),
    ("review", r"surrogate", "test_add.test_a_name_that_is_no_utf8_is_printed"),
    ("path", r"GBK|LANG", "test_add.test_a_name_that_is_no_utf8_is_printed"),
    ("path", r"fifo", "test_hostile.test_a_pipe_nobody_writes_does_not_hang"),
    ("path", r"closed", "test_add.test_closed_streams_end_in_no_traceback"),
    ("path", r"unreadable", "test_hostile.test_a_file_that_may_not_be_read_is_named"),
    ("raw", r"GBK", "test_hostile.test_a_name_in_bytes_that_are_no_utf8_is_named_and_the_rest_is_built"),
    ("raw", r"symlink to", "test_hostile.test_a_link_out_of_data_raw_is_refused"),
    ("raw", r"dangling|stored text", "test_hostile.test_stored_text_is_not_written_through_a_link_and_not_taken_without_its_sum"),
    ("raw", r"", "test_hostile.test_a_build_names_the_bad_document_and_makes_the_rest"),
    ("disk", r"disk fills", "test_interrupted.test_a_full_or_read_only_disk_is_one_line_and_leaves_all_whole"),
    ("disk", r"immutable", "test_hostile.test_files_are_all_replaced_or_none_whichever_cannot_be"),
    ("param", r"lang", "test_why.test_no_language_is_refused"),
    ("terminal", r"", "test_add.test_nothing_that_acts_on_a_terminal_is_printed"),
    ("growth", r"", "test_hostile_growth.test_time_grows_as_the_text_does"),
    ("notebook", r"", "test_hostile_reports.test_acting_words_are_words_in_every_face_of_a_report"),
)


def test_every_test_that_holds_a_kind_is_there():
    for _, _, named in HELD:
        module, _, test = named.partition(".")
        assert f"def {test}(" in (TESTS / f"{module}.py").read_text("utf-8"), named


@pytest.mark.skipif(not ROWS.is_file(), reason="the handed cases are not at hand (../shared/cases)")
def test_every_handed_case_has_its_test():
    with open(ROWS, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    open_ = [(row["class"], row["case"]) for row in rows if not any(row["class"] == kind and re.search(said, row["case"]) for kind, said, _ in HELD)]
    assert len(rows) > 100 and open_ == []
