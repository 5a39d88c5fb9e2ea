"""Whole editions, made from the committed data: what every report holds, whatever its region and period."""

import re
from dataclasses import replace
from itertools import groupby

import pandas as pd
import pytest

from analysis.audit import audit
from analysis.dataset import load
from analysis.report import annex, tables
from analysis.report.arithmetic import comparisons
from analysis.report.earlier import earlier_of
from analysis.report.edition import Edition, open_edition, periods_of
from analysis.report.figures import drawable
from analysis.report.frontmatter import front_matter
from analysis.report.lint import missing_parts
from analysis.report.markdown import Figure, Table
from analysis.report.naming import capital
from analysis.report.phrases import Wording
from analysis.report.points import STANDING
from analysis.report.strengths import VERDICTS, strength_of

PARTS = (
    "main_points", "need_to_know", "headline", "other_figures", "arithmetic", "targets", "methods", "quality", "changes", "sources",
    "glossary", "about",
)  # fmt: skip


@pytest.fixture(scope="module")
def dataset():
    return load()


def everything(edition):
    sections = [getattr(edition, part)() for part in PARTS] + [edition.chapter(chapter) for chapter in edition.dataset.catalogue.chapters]
    return [part for section in sections for part in section]


def words(parts):
    return "\n".join(part.alt + part.caption if isinstance(part, Figure) else part.text for part in parts)


@pytest.fixture(scope="module", params=["zh", "en"])
def bijie(request, dataset):
    return open_edition("bijie", "2017", request.param, dataset)


def test_the_bijie_report_holds_the_figures_it_is_known_by(bijie):
    text = words(everything(bijie))
    assert all(figure in text.replace(",", "") for figure in ("12364", "25.44%", "8.53", "9707"))
    assert "16,582 to 16,583" in text or "16582～16583" in text


def test_its_main_points_are_crime_the_courts_the_enforcement_rate_and_arrests(bijie):
    points = re.findall(r"^\d\. (.*)$", bijie.main_points().parts[0].text.replace(",", ""), re.MULTILINE)
    for point, figures in zip(
        points, (("12364", "7772", "25.44%", "28.35%"), ("63221", "60061", "1920", "3160"), ("84.44%", "8.5"), ("4104", "4274")), strict=False
    ):
        assert all(figure in point for figure in figures), point
    assert 4 <= len(points) <= 6


def test_what_you_need_to_know_stands_on_page_one(bijie):
    told = bijie.need_to_know().parts[0].text
    assumed, untested = sum(fact.assumed for fact in bijie.current), comparisons(bijie.findings)["untestable"]
    assert ("neither a statistical release" in told or "不是统计公报" in told) and {str(assumed), str(untested)} <= set(re.findall(r"\d+", told))


def test_all_its_targets_are_for_the_year_after(bijie):
    table = next(part for part in bijie.targets() if isinstance(part, Table))
    assert len(table.rows) >= 9
    assert "2018" in bijie.targets().parts[0].text


def test_the_title_block_is_complete_and_dated_by_its_sources(bijie):
    front = bijie.front_matter()
    assert front["date"] == "2018-07-16"
    assert all(front[key] for key in ("title", "subtitle", "lang", "region", "region_label", "period", "period_label", "sources"))


@pytest.mark.parametrize(
    ("region", "period", "lang", "said"),
    [
        ("bijie", "2017", "zh", "2018年7月16日；另1份日期不详"),
        ("national", "2025", "zh", "2026年1月8日至2026年3月9日（3份）"),
        ("national", "2024", "en", "27 August 2024 to 23 July 2025 (5 documents)"),
    ],
)
def test_page_one_says_from_when_to_when_the_documents_were_published(dataset, region, period, lang, said):
    assert said in [value for _, value in front_matter(open_edition(region, period, lang, dataset).front_matter(), "")["facts"]]


@pytest.mark.parametrize(("lang", "claimed", "told"), [("zh", "不再公布", "不能据此判断原文未予公布"), ("en", "No longer printed", "is not known")])
def test_nothing_is_said_to_be_no_longer_printed_where_a_digest_is_all_that_is_held(dataset, monkeypatch, lang, claimed, told):
    edition = open_edition("national", "2025", lang, dataset)
    text = words(edition.changes())
    assert claimed not in text and told in text
    whole = open_edition("national", "2025", lang, dataset)
    monkeypatch.setattr("analysis.report.back._digested", lambda edition: set())
    assert claimed in words(whole.changes())


@pytest.mark.parametrize(("region", "period"), [("national", "2024"), ("national", "2025"), ("bijie", "2017")])
def test_page_one_and_the_chapter_of_checks_count_the_same(dataset, region, period):
    edition = open_edition(region, period, "zh", dataset)
    made = comparisons(edition.findings)
    table = next(part for part in edition.arithmetic() if isinstance(part, Table) and part.name == "checks")
    row = next(row for row in table.rows if row[0] == edition.wording("check.earlier-value"))
    assert dict(zip(table.columns[1:], row[1:], strict=True))[edition.wording("verdict.untestable.name")] == str(made["untestable"])
    said = edition.need_to_know().parts[0].text
    assert f"{made.total()}处增减" in said and (made["untestable"] == made.total() or f"有{made['untestable']}处" in said)


def test_a_figure_without_a_change_of_its_own_is_not_called_untested(dataset):
    edition = open_edition("national", "2024", "zh", dataset)
    ours = [fact for fact in edition.current if fact.movement and fact.movement.computed]
    assert ours and all(fact.standing != "untestable" for fact in ours)


@pytest.mark.parametrize(("period", "of_its_own"), [("2024", []), ("2025", ["2025"])])
def test_only_breaks_that_bear_on_the_edition_are_told_and_what_is_inferred_is_said_to_be(dataset, period, of_its_own):
    edition = open_edition("national", period, "en", dataset)
    assert [declared.period for declared in edition.own_breaks] == of_its_own
    assert all(declared.period <= period for declared in edition.breaks)
    assert "inferred" in words(edition.quality())
    charts = "".join(part.alt for part in everything(edition) if isinstance(part, Figure))
    assert "possible change in 2020" in charts and "new definition from 2020" not in charts


def test_a_year_that_another_document_prints_is_not_assumed(bijie):
    (time,) = (fact for fact in bijie.actual if fact.indicator == "approval-working-days")
    assert not time.assumed


def test_an_edition_as_of_a_day_says_so_and_knows_no_more():
    edition = open_edition("national", "2023", "en", as_of="2024-03-31")
    assert edition.front_matter()["as_of"] == "2024-03-31"
    assert "As of 31 March 2024." in words(edition.methods())
    assert edition.documents and all(doc.published.isoformat() <= "2024-03-31" for doc in edition.documents)
    with pytest.raises(ValueError, match=r"2024-02-30|day is out of range"):
        open_edition("national", "2023", as_of="2024-02-30")


def test_an_ordinary_edition_stands_as_of_no_day(bijie):
    assert "as_of" not in bijie.front_matter() and "As of" not in words(bijie.methods()) and "截至" not in words(bijie.methods())


def test_every_reference_leads_to_a_row_of_the_sources_and_every_row_back(bijie):
    text = words(everything(bijie))
    places, links = set(re.findall(r"\{#([a-z]\d+)\}", text)), set(re.findall(r"\(#([a-z]\d+)\)", text))
    assert len(links) > 100 and links <= places
    assert {f"s{fact.ref}" for fact in bijie.facts} <= places


def test_every_source_quotes_the_place_it_names(dataset, bijie):
    for fact in bijie.facts:
        assert dataset.document(fact.doc).text[fact.start : fact.end] == fact.as_written


def test_a_chapter_without_figures_shows_nothing(dataset):
    assert not open_edition("lianyungang", "1990", "zh", dataset).chapter("oversight").parts


def test_long_series_are_drawn_and_computed_changes_marked(dataset):
    edition = open_edition("lianyungang", "1990", "en", dataset)
    section = edition.chapter("services-security")
    assert any(isinstance(part, Figure) and "1956" in part.alt for part in section)
    assert "†" in words(section.parts)


def test_nothing_is_compared_across_a_changed_definition(dataset):
    edition = open_edition("lianyungang", "1983", "en", dataset)
    filed = [fact for fact in edition.facts if fact.indicator == "criminal-cases-filed"]
    assert filed and all(fact.movement is None for fact in filed)
    assert "three counties" in words(edition.arithmetic().parts)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_editions_of_every_region_have_their_points_and_read_clean(dataset, lang):
    faults = re.compile(r"None(?! of)|\bnan\b|\{|，，|。。|\.\.(?!\.)|, ,|by  |\(\)|（）| \.$", re.MULTILINE)
    for region in dataset.regions:
        for period in {*periods_of(dataset, region)[::-4], *periods_of(dataset, region)[:2]}:
            edition = open_edition(region, period, lang, dataset)
            text = re.sub(
                r"\{#[a-z]\d+\}",
                "",
                words([*edition.main_points(), *edition.need_to_know(), *edition.arithmetic(), *edition.targets(), *edition.about()]),
            )
            points = re.findall(r"^\d\. ", text, re.MULTILINE)
            assert 1 <= len(points) <= 6, (region, period)
            assert not faults.search(text), (region, period, faults.search(text))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("region", ["bijie", "guizhou", "lianyungang", "national"])
def test_the_lint_finds_all_parts_in_editions_of_every_region(dataset, region, lang):
    for period in dict.fromkeys(periods_of(dataset, region)[at] for at in (0, -1)):
        edition = open_edition(region, period, lang, dataset)
        parts = everything(edition)
        texts, names = [part.text for part in parts if not isinstance(part, Figure)], [part.name for part in parts if isinstance(part, Table)]
        alts = [part.alt for part in parts if isinstance(part, Figure)]
        assert missing_parts(texts, lang, names, alts, drawable(edition.headlines)) == [], (region, period)


def test_an_unknown_region_or_period_is_refused_with_those_there_are(dataset):
    with pytest.raises(ValueError, match="bijie, guizhou, lianyungang, national"):
        open_edition("bijei", "2017", "zh", dataset)
    with pytest.raises(ValueError, match="2017"):
        open_edition("bijie", "1066", "zh", dataset)


def test_a_revised_figure_is_listed_with_both_prints(dataset, monkeypatch):
    row = {"region": "bijie", "indicator": "criminal-cases-filed", "scope": "", "period": "2017", "unit": "起", "earlier_doc": "a",
           "earlier_as_written": "12364起", "later_doc": "b", "later_as_written": "12400起"}  # fmt: skip
    monkeypatch.setattr("analysis.report.holding.revisions", lambda *given: pd.DataFrame([row]))
    text = words(Edition(dataset, "bijie", "2017", Wording.load("en")).arithmetic().parts)
    assert "One figure of this period is printed differently" in text
    assert "12400起" in text


def test_a_report_knows_no_later_years_and_names_what_it_compares_with(dataset):
    edition = open_edition("national", "2020", "en", dataset)
    compared = edition.past.documents(edition.facts)
    assert "national-courts-2019" in compared and "national-courts-2021" not in compared


@pytest.mark.parametrize(("lang", "apart"), [("zh", "至少相差29.13个百分点"), ("en", "at least 29.13 points")])
def test_percentages_lie_points_apart(dataset, lang, apart):
    # As if nothing were known of the changed definition: with it the two years are not comparable.
    unaware = replace(dataset, findings=audit(dataset.observations, dataset.catalogue))
    assert apart in words(open_edition("national", "2025", lang, unaware).arithmetic())
    assert apart not in words(open_edition("national", "2025", lang, dataset).arithmetic())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_figure_that_is_held_is_called_not_held_and_every_entry_leads_to_its_row(lang):
    edition = open_edition("bijie", "2017", lang)
    leads = [members[0] for members in tables.in_rows(edition.actual, edition.narrator)]
    held = {(lead.name(lang), lead.period, lead.part) for lead in leads if lead.value is not None}
    assert not [lead.id for lead in leads if lead.value is None and (lead.name(lang), lead.period, lead.part) in held]
    told = {fact.ref for fact in edition.facts if fact.kind == "actual"}
    assert told <= edition.places.keys()


def test_two_prints_of_one_figure_stand_side_by_side(dataset):
    edition = open_edition("bijie", "2017", "en", dataset)
    names = [fact.name("zh") for fact in edition.headlines]
    assert len(set(names)) < len(names)
    assert [name for name, _ in groupby(names)] == list(dict.fromkeys(names))


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh", "未列入：“火灾死亡人数”项下所载的“53”。死亡人数一栏"), ("en", "Left out: the entry “53” under “Deaths in fires”. The column of deaths")],
)
def test_what_a_correction_leaves_out_is_said(dataset, lang, said):
    text = words(open_edition("lianyungang", "1985", lang, dataset).need_to_know())
    assert said in text.replace("\\", "")


def test_what_a_table_of_many_years_has_no_entry_of_is_said(dataset):
    text = words(open_edition("lianyungang", "1985", "zh", dataset).changes())
    assert "退查" in text and "空格" in text and "没有发现" in text


@pytest.mark.parametrize(("lang", "said"), [("zh", "口径有变"), ("en", "on a new definition")])
def test_a_changed_definition_is_said_wherever_the_change_is_told(dataset, lang, said):
    edition = open_edition("national", "2025", lang, dataset)
    broken = [fact for fact in edition.current if fact.on_new_definition]
    assert {fact.indicator for fact in broken} == {"courts-cases-received", "courts-cases-closed"}
    texts = edition.main_points().parts[0].text + "\n" + edition.chapter("impartial-justice").parts[0].text
    sentences = re.split(r"(?<=[.。])\s|。", texts)
    telling = [one for one in sentences if any(f"#s{fact.ref})" in one for fact in broken)]
    assert len(telling) >= 2 and all(said in one for one in telling)
    assert all(tables.mark_cell(fact, edition.narrator) == edition.wording("verdict.not_comparable.cell") for fact in broken)


def test_what_was_received_is_never_set_beside_what_was_new(dataset):
    """受理 counts what was carried over, 收案 does not: whatever is received or new, of whichever court."""
    acts = dataset.observations[dataset.observations.indicator.str.contains("courts-|spc-", na=False)].groupby("indicator")["act"].agg(set)
    assert not [indicator for indicator, named in acts.items() if {"受理", "收案"} <= named]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_explained_that_does_not_occur(dataset, lang):
    wording = Wording.load(lang)
    for region, period in (("guizhou", "2021"), ("lianyungang", "1990"), ("national", "2025"), ("bijie", "2017")):
        edition = open_edition(region, period, lang, dataset)
        text = words(everything(edition))
        facts = edition.facts
        implied = any(earlier.origin == "implied" for fact in edition.actual if (earlier := earlier_of(fact)))
        occurs = {
            "methods.implied": implied,
            "quality.uncertainty_records": not all(annex.is_surveyed(fact) for fact in facts),
            "quality.uncertainty_survey": any(annex.is_surveyed(fact) for fact in facts),
            "quality.reading_assumed": any(fact.assumed for fact in facts),
            "methods.corrected": bool(edition.left_out) or any(fact.correction for fact in facts),
            "edition.words.digest": any(doc.metadata.form == "digest" for doc in edition.documents),
            "edition.words.table": any(doc.metadata.form == "table" for doc in edition.documents),
        }
        assert {key for key, holds in occurs.items() if holds} == {key for key in occurs if wording(key) in text}, (region, period)
        assert ("ʸ" in text) == any(fact.assumed for fact in facts), (region, period)
        explained = edition.arithmetic().parts[-1].text
        for verdict in VERDICTS:
            word = capital(wording(f"verdict.{verdict}.name"))
            assert (f"“{word}”" in explained) == any(strength_of(told) == verdict for told in edition.findings), (region, period, verdict)


def test_the_year_before_of_which_nothing_is_held_is_not_said_to_have_printed_the_same(dataset):
    assert "2020年的文件" in words(open_edition("guizhou", "2021", "zh", dataset).changes())


@pytest.mark.parametrize(("region", "period"), [("lianyungang", "1990"), ("lianyungang", "1985"), ("national", "2024"), ("bijie", "2017")])
def test_what_a_reader_looks_for_first_stands_before_what_moved_most(dataset, region, period):
    messages = open_edition(region, period, "en", dataset).messages
    weights = {name: theme.weight for name, theme in dataset.catalogue.themes.items()}
    first = [message.disputed or weights.get(message.theme, 1) >= STANDING for message in messages]
    assert len(first) > 3 and first == sorted(first, reverse=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_doubted_figure_has_its_mark_wherever_it_stands_and_its_last_digit_is_not_built_on(dataset, lang):
    edition = open_edition("lianyungang", "1990", lang, dataset)
    points = edition.main_points().parts[0].text
    assert "52.60%‡" in points and "17.50" not in points and "17.5" in points
    assert "52.60" in edition.need_to_know().parts[0].text and "52.57" in edition.need_to_know().parts[0].text


@pytest.mark.parametrize(("lang", "said", "other"), [("zh", "刑事案件发案", "刑事案件立案"), ("en", "riminal cases reported", "riminal cases filed")])
def test_a_figure_is_called_by_the_act_that_its_source_prints(dataset, lang, said, other):
    told = words(everything(open_edition("lianyungang", "1990", lang, dataset)))
    assert said in told and other not in told
    assert other in words(everything(open_edition("national", "2025", lang, dataset)))


def test_chapters_have_the_titles_of_a_programme_only_where_it_is_carried_out(dataset):
    own = dataset.regions["bijie"].chapters
    assert own and set(own) < set(dataset.catalogue.chapters)
    titled = {title for titles in own.values() for title in (titles.zh, titles.en)}
    for region, period, has in (("bijie", "2017", True), ("lianyungang", "1990", False), ("national", "2025", False)):
        heads = {line.removeprefix("## ") for lang in ("zh", "en") for part in everything(open_edition(region, period, lang, dataset))
                 if not isinstance(part, Figure | Table) for line in part.text.splitlines() if line.startswith("## ")}  # fmt: skip
        assert (len(heads & titled) > 2) == has and bool(heads & titled) == has


def test_every_paragraph_and_sentence_in_english_begins_with_a_capital(dataset):
    for region, period in (("national", "2025"), ("bijie", "2017"), ("lianyungang", "1990"), ("guizhou", "2021")):
        edition = open_edition(region, period, "en", dataset)
        texts = [part.text for section in (edition.methods(), edition.quality(), edition.changes(), edition.about()) for part in section
                 if not isinstance(part, Figure | Table)]  # fmt: skip
        led = re.findall(r"^\*\*[^*]+\*\* (\S+)", "\n".join(texts), re.MULTILINE)
        assert len(led) > 10 and all(word[0].isupper() or not word[0].isalnum() for word in led), (region, led)
        assert not re.findall(r"\. (\d[\d,]* \w+)", edition.quality().parts[0].text), region
