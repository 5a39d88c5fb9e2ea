"""Runs of the other language's script: every face marks them, for the reader's voice and for the choice of glyphs.

A search by the typesetter itself breaks on hundreds of runs in a paragraph, so that the faces get them found.
"""

from collections.abc import Iterator

from .. import keeping

_HAN = "\u2e80-\u2fd5\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "\u3000-\u303f\uff00-\uffef"
_SHARED = "“”‘’·—…"  # Chinese marks within Chinese only: at its edge they may be the sentence's own
_NUMBER = "[0-9][0-9.,%～-]*"  # between Chinese words: it is read out with them
_LATIN = "[A-Za-z][A-Za-z'’-]+"
# By the report's language: two Latin words or more, Chinese with its marks.
_FOREIGN = {
    "zh": keeping.pattern(f"(?<![A-Za-z'’-]){_LATIN}(?:[ ,]+{_LATIN})+"),
    "en": keeping.pattern(f"[{_HAN}](?:[{_HAN}{_MARKS}]|(?:[{_SHARED}]+| ?{_NUMBER} ?)(?=[{_HAN}]))*"),
}
OTHER = {"zh": "en", "en": "zh"}


def runs(text: str, lang: str) -> Iterator[tuple[str, bool]]:
    """Part a text of a report in `lang` ("zh" or "en") into pieces in order, each with whether it is in the other script.

    >>> list(runs("Cases filed (刑事案件·立案)", "en"))
    [('Cases filed (', False), ('刑事案件·立案', True), (')', False)]
    >>> list(runs("12 件, 2015 年 11 月以来", "en"))
    [('12 ', False), ('件', True), (', 2015 ', False), ('年 11 月以来', True)]
    """
    at = 0
    for run in _FOREIGN[lang].finditer(text):
        if run.start() > at:
            yield text[at : run.start()], False
        yield run[0], True
        at = run.end()
    if at < len(text):
        yield text[at:], False
