"""The review page: whatever the document says, it can only be read; and answers come back as corrections that fit."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner

from analysis import corrections
from analysis.cli import main
from analysis.documents import Document, load_documents
from analysis.extract import extract
from analysis.observing import observe as observations
from analysis.review import review_page
from analysis.review.doubts import REASONS
from analysis.review.marking import Span, pieces
from analysis.review.page import _script, _wording
from analysis.writing.acting import visible

ROOT = Path(__file__).parents[1]
DIGEST = next(d for d in load_documents(ROOT / "data/raw") if d.id == "bijie-2017")
TEXT = "2017年,全市立刑事案件12364起,同比下降25.44%。\n受理案件63221件,由75件上升到170件,各项指标均为100%。\n"
HOSTILE = [
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style><style>*{display:none}</style>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</textarea></title><h1>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "<!--",
    "]]>",
    "&lt;b&gt;&amp;",
    "\u202e\u2066evil\u2069",
    "误\u2028\u2029",
]  # fmt: skip


def parse(page: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8"))


def hostile(words: str) -> Document:
    return Document(f"evil{words}", f"2017年,{words}全市立{words}案件12364起{words},同比下降25.44%{words}。\n")


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_document_is_shown_and_does_nothing(words):
    document = hostile(words)
    tree, sound = parse(review_page(document)), parse(review_page(hostile("好")))
    # The elements are those of any page: the document has made none.
    assert {e.tag for e in tree.iter() if isinstance(e.tag, str)} == {e.tag for e in sound.iter() if isinstance(e.tag, str)}
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    assert not [name for e in tree.iter() for name in e.attrib if name.startswith("on") or name == "style"]
    assert all(link.get("href").startswith("#") for link in tree.xpath("//*[@href]")) and not tree.xpath("//*[@src]")
    assert tree.xpath("//*[@class='source']")[0].text_content() == visible(document.text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_holds_the_whole_text_and_every_entry_once(lang):
    tree = parse(review_page(DIGEST, lang))
    assert tree.xpath("//*[@class='source']")[0].text_content() == DIGEST.text
    ledger = extract(DIGEST)
    shown = sorted((int(e.get("data-start")), e.get("data-written")) for e in tree.xpath("//details"))
    assert shown == sorted((entry.start, entry.as_written) for entry in ledger.entries)
    ids = [e.get("id") for e in tree.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    assert all(link.get("href")[1:] in ids for link in tree.xpath("//a[contains(@class, 'mark')]"))


def test_only_our_own_style_and_script_are_allowed():
    tree = parse(review_page(DIGEST))
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';") and "unsafe" not in policy and "http" not in policy
    for kind in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(tree.xpath(f"//{kind}")[0].text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    head = list(tree.xpath("//head")[0])
    assert head.index(tree.xpath("//meta[@http-equiv]")[0]) < head.index(tree.xpath("//style")[0])


def test_the_doubtful_come_first_with_their_reasons():
    tree = parse(review_page(DIGEST))
    reasons = [bool(e.xpath(".//*[@class='reasons']")) for e in tree.xpath("//details")]
    assert any(reasons) and reasons == sorted(reasons, reverse=True)
    assert _wording()["zh"]["doubts"]["contradiction"] in tree.xpath("//details")[0].text_content()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_reason_and_label_has_its_words(lang):
    words = _wording()[lang]
    assert set(words["doubts"]) == {*REASONS, "unknown_indicator", "contradiction"}
    assert set(words) == set(_wording()["en"])


def test_every_control_can_be_reached_by_keyboard_and_has_a_name():
    tree = parse(review_page(Document("note", TEXT)))
    assert not tree.xpath("//*[@tabindex < 0]")
    for control in tree.xpath("//input | //select | //textarea"):
        assert control.xpath("ancestor::label") or tree.xpath(f"//label[@for='{control.get('id')}']")


@pytest.mark.parametrize("text", ["", "没有数字。\n", TEXT, "12" * 2000])
def test_pieces_are_the_text(text):
    spans = [Span(e.start, e.end, str(n), "value") for n, e in enumerate(extract(Document("a", text)).entries)]
    spans += [Span(0, len(text), "x", "change"), Span(1, 2, "y", "previous")] if len(text) > 2 else []
    cut = list(pieces(text, spans))
    assert "".join(piece.text for piece in cut) == text
    assert {entry for piece in cut for entry in piece.first} == {span.entry for span in spans if span.role == "value"}


def test_a_document_without_a_number_has_a_page():
    assert parse(review_page(Document("empty", "没有数字。\n"))).xpath("//details") == []


def test_the_command_writes_one_file_and_names_it(tmp_path):
    out = tmp_path / "page.html"
    result = CliRunner().invoke(main, ["review", str(DIGEST.path), "--lang", "en", "--out", str(out)])
    assert result.output.strip() == str(out) and [p.name for p in tmp_path.iterdir()] == ["page.html"]
    assert out.read_text("utf-8") == review_page(DIGEST, "en")


# --- the script: needs node, which is no part of the set-up ------------------------------------------------------------------------

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not at hand to run the page's script")


def run_script(expression: str) -> str:
    source = _script()
    done = subprocess.run(["node", "-e", f"{source}\nprocess.stdout.write({expression})"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_node
@pytest.mark.parametrize("reason", ["plain", 'quotes " and \\ and #: - [', "新行\n与“引号”", *HOSTILE])
def test_an_answer_becomes_a_correction_that_is_read_back_and_applied(reason, tmp_path):
    document = Document("公报-2017", TEXT)
    tree = parse(review_page(document))
    details = next(e for e in tree.xpath("//details") if e.get("data-written") == "12364起")
    record = {
        "doc": document.id,
        "start": int(details.get("data-start")),
        "written": details.get("data-written"),
        "guard": details.get("data-guard"),
        "reason": reason,
        "evidence": "see",
    }
    answers = [{"action": "set_period", "value": "2016"}, {"action": "replace", "value": "12365"}, {"action": "flag"}]
    slug = tree.xpath("//body/@data-slug")[0]
    path = tmp_path / corrections.FILE
    path.write_text(run_script(f"asYaml(correctionsOf({json.dumps(record)}, {json.dumps(answers)}, {json.dumps(slug)}))"), "utf-8")
    declared = corrections.load(path)
    assert [c.action for c in declared] == ["set_period", "replace", "flag"] and {c.reason for c in declared} == {reason}
    table = observations(document, declared=declared)
    row = table[table["as_written"] == "12364起"].iloc[0]
    assert (row["period"], str(row["value"]), str(row["value_printed"])) == ("2016", "12365", "12364")


MARK = {"start": 8, "written": "12起", "guard": "", "checked": True, "answers": [{"action": "flag"}], "reason": "", "evidence": "p. 3"}


@needs_node
@pytest.mark.parametrize("doc", ["note", *HOSTILE])
def test_progress_is_read_back_as_it_was_given(doc):
    given = f"progressText({json.dumps(doc)}, 'sum', [{json.dumps(MARK)}])"
    (mark,) = json.loads(run_script(f"JSON.stringify([...readProgress({given}, {json.dumps(doc)}, 'sum').marks.values()])"))
    assert mark == MARK
    assert run_script(f"readProgress({given}, {json.dumps(doc)}, 'other').trouble") == "other"
    assert run_script(f"readProgress({given}, 'another', 'sum').trouble") == "other"


@needs_node
@pytest.mark.parametrize(
    "change", [{"start": "8"}, {"checked": "yes"}, {"answers": {}}, {"answers": [{"action": 1}]}, {"reason": None}, {"guard": 3}]
)
def test_a_damaged_progress_file_is_refused(change):
    broken = [json.dumps(text) for text in ("", "[]", "null", "{", '{"kind": "tongbi review"}')]
    for source in (*broken, f"progressText('a', 'b', [{json.dumps(MARK | change)}])"):
        assert run_script(f"readProgress({source}, 'a', 'b').trouble") == "damaged"


@needs_node
@pytest.mark.parametrize(("open", "now", "next"), [("110", -1, 0), ("110", 0, 1), ("110", 1, 0), ("010", 1, 1), ("000", 0, -1), ("", -1, -1)])
def test_the_tour_goes_on_and_then_from_the_worst(open, now, next):
    assert run_script(f"String(nextOpen({json.dumps([sign == '1' for sign in open])}, {now}))") == str(next)


def test_the_script_uses_nothing_that_could_run_the_documents_words():
    assert not re.search(r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|new Function|fetch\(|XMLHttp|import\(|http", _script())


# --- applying answers ----------------------------------------------------------------------------------------------------------------

ANSWER = "- {id: c1, doc: note, start: 8, as_written: '12起', action: flag, reason: r, evidence: e}\n"


def test_answers_are_added_to_the_corrections_once(tmp_path):
    from click.testing import CliRunner

    from analysis import corrections
    from analysis.cli import main

    root, answers = tmp_path / "own", tmp_path / "answers.yml"
    assert CliRunner().invoke(main, ["init", str(root)]).exit_code == 0
    answers.write_text(ANSWER, "utf-8")
    done = CliRunner().invoke(main, ["review", "--apply", str(answers), "--workspace", str(root)])
    path = root / "data/manual/corrections.yml"
    assert done.exit_code == 0, done.stderr
    assert [one.id for one in corrections.load(path)] == ["c1"] and path.read_text("utf-8").startswith("# Corrections")
    for text, said in ((ANSWER, "already"), (ANSWER.replace("flag", "drop"), "action"), ("", "no correction"), (None, "no such file")):
        answers.unlink(missing_ok=True) if text is None else answers.write_text(text, "utf-8")
        refused = CliRunner().invoke(main, ["review", "--apply", str(answers), "--workspace", str(root)])
        assert refused.exit_code == 2 and said in refused.stderr and [one.id for one in corrections.load(path)] == ["c1"]


def test_the_page_has_a_way_past_the_text_for_a_keyboard():
    from analysis.documents import Document
    from analysis.review import review_page

    for lang in ("zh", "en"):
        page = review_page(Document("note", "2017年，立案12起。"), lang)
        assert page.index('class="skip" href="#records"') < page.index("<header>") and 'id="records"' in page
