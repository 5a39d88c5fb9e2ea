"""What a build takes from the last one: never a row of another source, code, catalogue or correction (`proving.renewed`, each kind of edit once)."""

from analysis import building
from proving import renewed
from proving.project import add, make_project


def test_a_build_that_takes_what_holds_writes_what_a_build_anew_does(tmp_path):
    assert list(renewed.faults(tmp_path, edits=len(renewed.EDITS) + 3, seed=5)) == []


def test_one_changed_document_is_the_only_one_read(tmp_path):
    root = make_project(tmp_path)
    path = add(root, "jia", 2017, "2017年，全市立刑事案件12371起，同比下降25.44%。\n")
    read: list[str] = []
    built = building.build(root, lambda documents: [read.append(document.id) or document for document in documents])
    assert read == [path.stem] and list(built.held) == ["yi"] and len(built.documents) == 3
    read.clear()
    building.build(root, lambda documents: [read.append(document.id) or document for document in documents], anew=True)
    assert read == ["jia-2016", "jia-2017", "yi-1998"]


def test_a_document_that_could_not_be_kept_is_read_again(tmp_path, monkeypatch):
    """Its text could not be stored beside it: the next build tries once more."""
    root = make_project(tmp_path)
    page = add(root, "jia", 2018, "<html><body><h1>公报</h1><p>2018年，全市立刑事案件12371起，同比下降25.44%。</p></body></html>")
    page.rename(page.with_suffix(".html"))
    whole = building.store_text
    monkeypatch.setattr(building, "store_text", lambda document: whole(document) if document.format == "text" else refuse(document))
    assert len(building.build(root).problems) == 1
    monkeypatch.undo()
    assert building.build(root).problems == () and page.with_suffix(".html.txt").exists()


def refuse(document):
    raise building.DocumentError(document.path, "its text cannot be stored (full)")
