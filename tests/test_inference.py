"""What a document without metadata says of itself: each inference with its ground, and sure only where one reading is left."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
import yaml

from analysis import audit_documents
from analysis.documents import Document, Metadata, read
from analysis.documents.inference import infer
from analysis.lexicon.publishers import canonical_place, family_of, organ_families, words
from analysis.observing import observe as observations

ROOT = Path(__file__).parents[1]
CASES = yaml.safe_load((ROOT / "tests/cases/inference.yml").read_text("utf-8"))
CORPUS = Path(os.environ.get("TONGBI_CORPUS", ROOT / "../shared/corpus"))
ORGANS = {"court": "courts", "procuratorate": "procuratorates", "police": "police", "government": "government"}


def note(text: str, name: str = "note") -> Document:
    return Document(name, text, Path(name + ".txt"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:16] for case in CASES])
def test_a_document_says_whose_figures_it_gives(case):
    document = note(case["text"], case.get("name", "note"))
    said = infer(document)
    assert {one.field: one.value + "?" * (not one.sure) for one in said} == case["says"]
    for one in said:
        assert one.start < 0 or document.text[one.start : one.end] == one.words, one


def test_two_bulletins_of_one_place_without_metadata_are_held_together():
    first = note("贵阳市2012年审判情况\n2012年，全市受理刑事案件400件。", "a")
    second = note("贵阳市2013年审判情况\n2013年，全市受理刑事案件412件，同比上升3%。", "b")
    table = observations(first, second)
    assert set(table["region"]) == {"贵阳市"} and set(table["region_source"]) == {"inferred"}
    assert "consistent" in set(audit_documents(first, second)["verdict"])


def test_metadata_win_and_a_doubt_is_used_for_nothing():
    text = "贵阳市审判情况\n受理刑事案件412件。"
    known = Metadata(
        title="题", publisher="谁", retrieved="2024-01-01", period="2011", region="anshun", organ="police", form="original", sha256="0" * 64
    )
    row = observations(Document("a", text, None, known)).iloc[0]
    assert (row["region"], row["organ"], row["period"], row["region_source"], row["organ_source"]) == (
        "anshun",
        "police",
        "2011",
        "metadata",
        "metadata",
    )
    doubtful = observations(note("1985年春，青山县公安局破获一起抢劫案。全市发生抢劫案件12起，全市破获9起。"))
    assert set(doubtful["region"]) == {""} and set(doubtful["organ"]) == {"all"} and set(doubtful["organ_source"]) == {""}


def test_each_family_of_organs_is_known_by_its_own_example():
    for family, entry in (words()["organs"] | words()["others"]).items():
        assert family_of(entry["example"]) == family
        assert set(organ_families()[family]) >= {*entry["national"], *entry["words"]}


@pytest.mark.parametrize(
    "spellings", [("贵州", "贵州省"), ("贵州省贵阳市", "贵阳市"), ("广西", "广西壮族自治区"), ("上海", "上海市"), ("陕西省商洛地区", "商洛地区")]
)
def test_the_spellings_of_a_place_are_one(spellings):
    assert len(set(map(canonical_place, spellings))) == 1


def test_sure_inferences_of_the_corpus_are_right():
    if not (CORPUS / "manifest.tsv").is_file():
        pytest.skip("the shared corpus is not here: set TONGBI_CORPUS to its folder")
    sure = {"place": [], "organ": [], "period": []}
    for row in csv.DictReader((CORPUS / "manifest.tsv").open(encoding="utf-8"), delimiter="\t"):
        path = next((CORPUS / folder / row["file"] for folder in ("texts", "labelled") if (CORPUS / folder / row["file"]).is_file()), None)
        if path is None:
            continue
        said = infer(Document("x", path.read_bytes().decode()))
        place, organ, period = said.sure("place"), said.sure("organ"), said.sure("period")
        if place:
            true = "national" if row["region"] == "全国" else row["region"]
            sure["place"].append(place == true or true.endswith(place.rstrip("省市县区州")) or canonical_place(true) == place)
        # The manifest's "other" holds congress and customs, which have names of their own here.
        if organ and row["organ"] in ORGANS:
            sure["organ"].append(organ == ORGANS[row["organ"]])
        if period:
            sure["period"].append(row["year"] in period)
    for field, right in sure.items():
        assert len(right) >= 35 and sum(right) >= 0.98 * len(right), (field, sum(right), len(right))


HEAD = "<head><meta charset='utf-8'><title>{title}</title></head>"
PAGE = f"<html>{HEAD}<body><div><h1>{{first}}</h1></div><div>首页 | 动态</div><article>{{body}}</article></body></html>"
BODY = "<p>全年受理各类案件4213件，审结4102件，同比分别上升6.3%和5.1%。</p><p>受理刑事案件305件，同比下降3.2%；受理民事案件3102件。</p>"


@pytest.mark.parametrize("site", ["", "_白水法院网", " - 政务公开", "|白水县政府门户网站", " ｜ 首页"])
@pytest.mark.parametrize("first", ["", "白水法院网", "{name}"])
@pytest.mark.parametrize(
    ("name", "place", "organ", "period"),
    [
        ("白水县人民法院2022年工作情况通报", "白水县", "courts", "2022"),
        ("2021年上半年青山市公安局治安情况通报", "青山市", "police", "2021H1"),
        ("红河区人民检察院2020年度主要办案数据", "红河区", "procuratorates", "2020"),
    ],
)
def test_a_page_says_in_its_title_whose_figures_it_gives(tmp_path, site, first, name, place, organ, period):
    path = tmp_path / "x.html"
    path.write_text(PAGE.format(title=name + site, first=first.format(name=name), body=BODY), "utf-8")
    document = read(path)
    found = infer(document)
    assert document.heading == found.title.value == name
    assert (found.place.value, found.organ.value, found.period.value) == (place, organ, period)
    assert all(document.text[one.start : one.end] == one.words for one in found if one.start >= 0)


def test_a_title_in_the_text_is_found_there_and_a_page_without_one_says_nothing(tmp_path):
    path = tmp_path / "x.html"
    path.write_text(PAGE.format(title="", first="", body=f"<h1>白水县人民法院2022年工作情况通报</h1>{BODY}"), "utf-8")
    document = read(path)
    assert document.heading == document.text[infer(document).title.start :].split("\n")[0] == "白水县人民法院2022年工作情况通报"
    path.write_text(PAGE.format(title="", first="", body=BODY), "utf-8")
    assert read(path).heading == "" and infer(read(path)).place is None


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ('<meta name="PubDate" content="2023-02-11 09:30"><meta name="ContentSource" content="白水县人民法院">', ""),
        ("", '<div class="info">来源：白水县人民法院　发布时间：2023-02-11　浏览次数：1286</div>'),
        ("", "<p><span>发布机构: 白水县人民法院</span><span>发文日期: 2023年2月11日</span></p>"),
    ],
)
def test_a_page_says_beside_its_article_when_and_by_whom_it_was_put_out(tmp_path, head, top):
    path = tmp_path / "x.html"
    page = PAGE.format(title="白水县人民法院2022年工作情况通报", first="", body=top + BODY).replace("<head>", "<head>" + head)
    path.write_text(page, "utf-8")
    found = infer(read(path))
    assert (found.date.value, found.publisher.value) == ("2023-02-11", "白水县人民法院")
