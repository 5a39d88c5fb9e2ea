"""Hostile and clumsy inputs by kind: metadata, files, texts and names that must be read or refused, and never break anything else.

Each generator takes a random source and gives endless inputs of its kind; the expectations stand in tests/test_hostile.py.
"""

from __future__ import annotations

import io
import random
import re
import unicodedata
import zipfile
from collections.abc import Iterator

from analysis.writing import acting

META = """title: 公报
publisher: 某地公安局
published: 2018-01-02
retrieved: 2024-01-01
period: "2017"
region: somewhere
organ: police
form: original
sha256: {sha256}
"""
KEYS = ("title", "publisher", "published", "retrieved", "period", "region", "organ", "form")
# Periods that are none, each in another way.
NO_PERIODS = (
    "2017-13", "2017-00", "0000", "9999", "2017..2012", "2017-08..2017-02", "2017-01..2017-13",
    "２０１７", "٢٠١٧", "2017H3", "2017Q5", "2017年13月", "", "..", "x" * 300,
)  # fmt: skip
BAD_VALUES = (
    "2018-02-30", "9" * 5000, "[" * 3000, "!!int abc", "!!float x", "!!bool maybe", "!!timestamp no", "0x", "!!int '0x'",
    "2018-01-01 10:00:00 +99:00",
    "!!python/object/apply:os.system [x]", "&a [*a]", "*nowhere", "{a: 1, a: 2}", "- a", "\x01", "? [a]", "'", "|\n x\n  y\n z", "!!binary '*'",
)  # fmt: skip
# Days on which no bulletin of cases came out, or no file was saved: before print or computers, of an age to come, after it was saved.
NO_DAYS = {
    "published": ("0001-01-01", "0999-12-31", "1899-12-31", "2024-01-03", "2108-01-01", "9999-12-31"),
    "retrieved": ("0001-01-01", "1970-01-01", "1989-12-31", "2017-12-31", "2100-01-01", "9999-12-31"),
}
# Words of which nothing is seen: blanks of many widths, controls, signs without width, fillers, marks on no letter.
BLANKS = (" ", "\u3000\u00a0", "\t", "\u200b\u200d\u2060\ufeff", "\u3164\uffa0\u115f", "\u2800", "\u0301\ufe0f", "\u202e\u2066", "\U000e0041",
          "\x85\u2028")  # fmt: skip
# Characters that act on a terminal or turn the writing around them.
CONTROLS = "\x1b[31m\x07\x9b\x90\u202e\u2066\u200f\x7f"
# Characters the typefaces of a report may not have.
RARE = "😀བོད་ۇ\ue000\ufeff\u200b\u00ad\ufffd\uffff한글ไทยｶﾅ\U000e0041"


def bad_metadata(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Sidecars with one fault each, and the word its message must have (a key, or nothing more than the file's name)."""
    while True:
        key = chance.choice(KEYS)
        kind = chance.randrange(9)
        if kind == 8:
            acting = _quoted("公报" + chance.choice(CONTROLS[:1] + CONTROLS[5:] + "\0\u2028\x85\ufeff") + "一")
            words = chance.choice(("title", "publisher", "note"))
            told = META if words == "note" else re.sub(f"{words}: .*\n", "", META)
            yield told + f"{words}: {acting}\n", words
        elif kind == 0:
            yield META + f"{key}: again\n", key
        elif kind == 6:
            day = chance.choice(("published", "retrieved"))
            written = chance.choice(("{}: {}", '{}: "{}"')).format(day, chance.choice(NO_DAYS[day]))
            yield re.sub(f"{day}: .*", written, META), "retrieved" if "2024-01-03" in written else day
        elif kind == 7:
            blank = _quoted("".join(chance.choices(BLANKS, k=chance.randrange(1, 9))))
            words = chance.choice(("title", "publisher"))
            key = chance.choice(("publisher_en", "breaks"))
            told = {"publisher_en": f"publisher_en: {blank}\n", "breaks": f"breaks:\n  - {{period: '2016', zh: {blank}, en: a}}\n"}
            in_place = "".join(f"{words}: {blank}\n" if line.startswith(words) else line for line in META.splitlines(keepends=True))
            yield chance.choice(((in_place, words), (META + told[key], key)))
        elif kind == 1:
            yield META.replace('"2017"', f'"{chance.choice(NO_PERIODS)}"'), "period"
        elif kind == 2:
            yield META + f"note: {chance.choice(BAD_VALUES)}\n", ""
        elif kind == 3:
            yield META.replace(f"{key}:", f"{key}x:"), key
        elif kind == 4:
            yield META + f"breaks:\n  - {{period: '{chance.choice(NO_PERIODS)}', zh: 一, en: a}}\n", "breaks"
        else:
            depth = chance.choice((100, 3000, 20_000))
            yield META + "note: " + chance.choice(("[" * depth, "{a: " * depth, "- " * depth)) + "\n", ""


def _quoted(words: str) -> str:
    """Any words as YAML, each sign by its number."""
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in words) + '"'


def bad_corrections(chance: random.Random) -> Iterator[str]:
    """Corrections files with one fault each: a value the codebook does not allow, a key twice, a place that is no number."""
    entry = "- {{id: c1, doc: good, start: {start}, as_written: '12起', action: {action}, value: {value}, reason: r, evidence: e}}\n"
    while True:
        action, value = chance.choice((("set_kind", "abc"), ("set_direction", "sideways"), ("set_period", chance.choice(NO_PERIODS) or "x"),
                                       ("replace", "12a"), ("set_unit", '"a\\n b"'), ("set_name", f"'{'x' * 500}'")))  # fmt: skip
        yield chance.choice(
            (
                entry.format(start=1, action=action, value=value),
                entry.format(start=1, action="set_kind", value="actual").replace("reason: r", f"reason: {_quoted(chance.choice(BLANKS))}"),
                entry.format(start="true", action="set_kind", value="actual"),
                entry.format(start=1, action="set_kind", value="actual").replace("reason: r", "reason: r, reason: s"),
                "[" * chance.choice((200, 5000)),
                "a: 1\n",
            )
        )


def repeating_yaml(chance: random.Random) -> Iterator[str]:
    """Values of YAML that repeat a part by its mark: written out they would fill memory, or never end."""
    while True:
        times, part = chance.choice((2, 9, 40)), chance.choice(("{k: 1}", "[x, x]", "x"))
        kind = chance.randrange(4)
        value = f"&a0 {part}"
        for level in range(1, chance.choice((2, 8, 29))):
            marks = f", *a{level - 1}" * times
            value = f"&a{level} {{<<: [{value}{marks}]}}" if kind == 0 else f"&a{level} [{value}{marks}]"
        yield value if kind < 2 else chance.choice(("&a [*a]", "&a {b: *a}", "&a {<<: *a}", f"[&a {part}{', *a' * 50_000}]", "*nowhere"))


def damaged(good: bytes, chance: random.Random) -> Iterator[bytes]:
    """A good file with some bytes flipped, cut out, doubled or cut off."""
    while True:
        data = bytearray(good)
        for _ in range(chance.choice((1, 1, 3, 20))):
            at = chance.randrange(len(data))
            kind = chance.randrange(4)
            if kind == 0:
                data[at] ^= 1 << chance.randrange(8)
            elif kind == 1:
                del data[at : at + chance.randrange(1, 200)]
            elif kind == 2:
                data[at:at] = data[at : at + chance.randrange(1, 200)]
            else:
                del data[max(1, at) :]
            if not data:
                data = bytearray(b"x")
        yield bytes(data)


def damaged_package(good: bytes, chance: random.Random) -> Iterator[bytes]:
    """A good DOCX or workbook in which one part is gone, is another, has another root, or is damaged inside its zip."""
    parts = {member.filename: zipfile.ZipFile(io.BytesIO(good)).read(member) for member in zipfile.ZipFile(io.BytesIO(good)).infolist()}
    xml = sorted(name for name in parts if name.endswith((".xml", ".rels")))
    while True:
        made = dict(parts)
        name = chance.choice(xml)
        kind = chance.randrange(5)
        if kind == 0:
            del made[name]
        elif kind == 1:
            made[name] = made[chance.choice(xml)]
        elif kind == 2:
            made[name] = b"<?xml version='1.0'?><root/>"
        elif kind == 3:
            made[name] = next(damaged(made[name], chance))
        else:
            tags = sorted(set(re.findall(rb"<(?:\w+:)?(\w+)[ >]", made[name]))) or [b"p"]
            made[name] = re.sub(rb"\b%s\b" % chance.choice(tags), chance.choice((b"bodies", *tags)), made[name])
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, data in made.items():
                archive.writestr(part, data)
        yield buffer.getvalue()


def odd_texts(chance: random.Random) -> Iterator[str]:
    """Sentences with a statistic and something that has broken a reader before: long numbers, zeros, controls, rare characters."""
    while True:
        digits = "".join(chance.choice("0123456789") for _ in range(chance.choice((1, 8, 28, 32, 400))))
        mark = chance.choice((CONTROLS, RARE, "", "<img src=x>", "(…<http://e.example>)", "$x^$", "|`*_[a](b)", "=cmd|' /C calc'!A0"))
        form = chance.choice(
            (
                "2017年，全市{m}立刑事案件{d}起，同比下降25.44%。",
                "2021年，全县命案0起，同比上升0%{m}。",
                "受理案件{d}件，审结{d}件{m}，结案率95%。",
                "2017年，立案{d}起，去年同期0起，上升5%{m}。",
                "第13个月和99月{m}立案{d}起，同比增长3倍。",
                "由{d}件上升到{d}件{m}。",
            )
        )
        yield form.format(d=digits, m=mark) * chance.choice((1, 1, 5))


# Words that mean something to a page, a typesetter, a spreadsheet or a reader of Markdown, and nothing to a person. `evil.example` marks them.
ACTING = (
    "[x](http://evil.example/a)", "<http://evil.example/b>", "<img src=http://evil.example/c.png>", "<a href='http://evil.example/d'>d</a>",
    "![x](http://evil.example/e.png)", "<script>evil.example</script>", "`=evil.example`{=html}", "::: contradiction", "[y]{#s1}", "**b**",
    "$x^$", "\\frac{", "[z](#s1)", "#link(\"http://evil.example/f\")", "=cmd|' /C evil.example'!A0", "+1+1", "@SUM(1)", "-1-1", "＝1", "'=1",
    "http://evil.example/g", "&#91;",
)  # fmt: skip


# What a document may hold and no typeface, no XML or no reader does: controls, marks of direction, numbers of no character, joiners alone, heaps.
UNSEEN = ("\x9b", "\x90\x85", "\u202e\u2066", "\u200f", "\ufffe", "\uffff\ufdd0", "\U0010ffff", "\ue000", "\ufeff\u00ad", "\u200d\u2060",
          "a" + "\u0301" * 60, "ۇ٣", "😀", "ཀ", "שלום", "\U000e0041")  # fmt: skip


def acting_bulletins(chance: random.Random) -> Iterator[dict[str, str]]:
    """Bulletins with acting words wherever a document or a correction may put words: text, columns' heads, title, unit, name, scope, reason."""
    while True:
        plain = lambda: chance.choice(ACTING)  # noqa: E731
        word = lambda: chance.choice((*ACTING, *UNSEEN))  # noqa: E731
        yield {
            "text": f"2017年，{word()}全市立{word()}刑事案件12364起{word()}，同比下降25.44%。破获{word()}案件90起（{word()}），上年为88起。\n",
            "table": f"年份,立案数（{_cell(word())}）,{_cell(word())}数（件）,{_cell(word())}\n2016,5,6,7\n2017,8,9,10\n",
            "title": _written(word()) + "公报" + _written(word()),
            "publisher": _written(word()) + "局",
            "name": plain() + "案件数",
            "unit": plain(),
            "scope": plain(),
            "reason": word() + "误" + word(),
        }


def _written(word: str) -> str:
    """A word as metadata may hold it: without what they are refused for."""
    return acting.NONE.sub("", acting.ACTING.sub("", word))


def _cell(word: str) -> str:
    return word.replace(",", " ").replace('"', "'")


# What a reader's time and print may grow with, each a text of about `n` figures: lists without a full stop, rows, marks, digits, brackets.
SHAPES = {
    "levels with changes": lambda n: "".join(f"2017年，立{i}号案件{i + 5}起，同比上升{i % 90 + 1}.{i % 10}%。" for i in range(n // 2)),
    "distinct names": lambda n: "".join(f"受理{chr(0x4E00 + i % 9000)}{chr(0x5000 + i // 90 % 9000)}案件{i + 5}件。" for i in range(n)),
    "one name": lambda n: "".join(f"受理案件{i + 5}件。\n" for i in range(n)),
    "one sentence": lambda n: "2017年，" + "，".join(f"受理{chr(0x4E00 + i % 9000)}类案件{i + 5}件" for i in range(n)) + "。",
    "one sentence, no commas": lambda n: "2017年" + "".join(f"立案{i + 5}起" for i in range(n)) + "。",
    "parts": lambda n: "受理案件99999件，其中" + "、".join(f"{chr(0x4E00 + i % 9000)}类{i + 5}件" for i in range(n)) + "。",
    "shares": lambda n: "".join(f"受理{chr(0x4E00 + i % 9000)}类案件{i + 5}件，占全部案件的{i % 90 + 1}.5%。" for i in range(n // 2)),
    "respectively": lambda n: "、".join(f"{chr(0x4E00 + i % 9000)}类" for i in range(n)) + "分别为" + "、".join(f"{i}件" for i in range(n)),
    "periods": lambda n: "".join(f"{1900 + i % 120}年{i % 12 + 1}月，立案{i + 5}起，同比下降{i % 90 + 1}%。" for i in range(n // 4)),
    "years of one series": lambda n: "".join(f"{1000 + i % 1000}年，全市立刑事案件{i + 900}起。" for i in range(n // 2)),
    "rows of heads": lambda n: "甲 | 乙 |\n" * n + "丙 | 1 | 2 | 3 | 4 |\n" * n,
    "figures under a measure": lambda n: "类 | 数（件） | 乙 |\n" + "".join(f"{chr(0x4E00 + i)}类 | 1 | 2 |\n破案率 | 3 | 4 |\n" for i in range(n)),
    "lines with labels": lambda n: "".join(f"{i % 90 + 1}.业{chr(0x4E00 + i % 9000)}：事故{i % 17 + 3}起。\n" for i in range(n)),
    "from to": lambda n: "".join(f"由{i + 5}件上升到{i + 9}件，" for i in range(n // 2)),
    "list marks": lambda n: "1." * n,
    "list lines": lambda n: "".join(f"{i}.受理案件{i}件\n" for i in range(n)),
    "digits": lambda n: "1" * (4 * n),
    "digits with commas": lambda n: "1," * n,
    "digits with spaces": lambda n: "1 " * n,
    "hanzi digits": lambda n: "一二三" * n,
    "hanzi numerals": lambda n: "一千零" * n,
    "brackets": lambda n: "（" * n + "12起" + "）" * n,
    "open brackets": lambda n: "（立案12起，" * n,
    "quotes": lambda n: "“" * n + "12起",
    "blank lines": lambda n: "\n" * (8 * n) + "立案12起。",
    "a line of blanks": lambda n: "立案5起。\n" + " " * (8 * n) + "\n立案6起。",
    "spaces": lambda n: "立案" + " " * (8 * n) + "12起。",
    "one long word": lambda n: "案件" * (4 * n) + "12件。",
    "verbs of change": lambda n: "同比上升" * n + "12%。",
    "bases": lambda n: "比上年同期" * n + "增加12件。",
    "years alone": lambda n: "2017年" * n,
    "parts of a year": lambda n: "第一季度" * n,
    "this year": lambda n: "本年度" * n,
    "spans of months": lambda n: "2017年1—" * n,
    "signs of both": lambda n: "±5起" * n,
    "ratios": lambda n: "1:" * n,
    "headings": lambda n: "".join(f"{'一二三四五六七八九十'[i % 10]}、受理案件\n{i + 3}件。\n" for i in range(n)),
    "organs": lambda n: "".join(f"青山县法院受理案件{i + 3}件，检察院起诉{i + 3}人。" for i in range(n // 2)),
    "table of tabs": lambda n: "年份\t立案（起）\t破案（起）\n" + "".join(f"{1900 + i % 120}\t{i}\t{i + 1}\n" for i in range(n // 2)),
    "wide row": lambda n: "年," + ",".join(f"立案{chr(0x4E00 + i % 9000)}" for i in range(n)) + "\n2017," + ",".join(map(str, range(n))) + "\n",
    "bars": lambda n: "| 年份 | 立案 |\n|---|---|\n" + "".join(f"| {1900 + i % 120} | {i} |\n" for i in range(n // 2)),
    "drawn boxes": lambda n: "+---+\n| 1 |\n" * n,
    "bars on lines of their own": lambda n: "|\n12\n|\n" * n,
    "rows of single blanks apart": lambda n: "项目 2017 2018\n\n" + "申诉 1 012 998\n\n" * n,
    "percents": lambda n: "".join(f"{i % 90}.{i % 10}%" for i in range(n)),
    "together": lambda n: "、".join("同比分别上升" + f"{i % 90}%" for i in range(n)),
}  # fmt: skip


SHOWN_WORDS = b"BT /F 12 Tf 50 700 Td (2017 hello 12 cases) Tj ET"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def nested_forms(levels: int, fan: int) -> bytes:
    """A PDF whose page draws a form that draws another `fan` times, and so on: fan ** (levels - 1) words."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<<%s>>"
    resources = b"/Font<</F 5 0 R>>/XObject<</X 6 0 R>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<%s>>/Contents 4 0 R>>" % resources,
        _stream(SHOWN_WORDS + b" /X Do"),
        FONT,
        *(_stream(b"/X Do " * fan, form % (b"/XObject<</X %d 0 R>>" % (7 + level))) for level in range(levels - 1)),
        _stream(b"BT /F 12 Tf 50 600 Td (1 ) Tj ET", form % b"/Font<</F 5 0 R>>"),
    ]
    return _pdf(objects)


def _stream(words: bytes, about: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (about, len(words), words)


def _pdf(objects: list[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n" % size + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))


# What stands around words that a page holds and does not show, each hiding them in another way; around those that look so and are shown, and what
# some of them are drawn over.
HIDING = {
    "white": b"1 g 50 600 Td (@) Tj",
    "white in four colours": b"0 0 0 0 k 50 600 Td (@) Tj",
    "not drawn": b"3 Tr 50 600 Td (@) Tj",
    "only cut out": b"7 Tr 50 600 Td (@) Tj",
    "below the page": b"50 -600 Td (@) Tj",
    "beside the page": b"5000 600 Td (@) Tj",
    "too small": b"/F 0.4 Tf 50 600 Td (@) Tj",
    "clear": b"/Clear gs 50 600 Td (@) Tj",
    "in a layer that is off": b"/OC /Off BDC 50 600 Td (@) Tj EMC",
    "covered": b"50 600 Td (@) Tj ET 1 g 40 590 300 30 re f BT",
    "blackened": b"50 600 Td (@) Tj ET 0 g 40 590 300 30 re f BT",
    "under a picture": b"50 600 Td (@) Tj ET q 300 0 0 30 40 590 cm /Scan Do Q BT",
    "cut off": b"ET q 300 590 50 30 re W n BT /F 12 Tf 50 600 Td (@) Tj ET Q BT",
    "struck out": b"50 600 Td (@) Tj ET 1 w 48 604 m 300 604 l S BT",
    "struck out by a bar": b"50 600 Td (@) Tj ET 48 603.5 250 0.8 re f BT",
    "struck out by a thick line": b"50 600 Td (@) Tj ET 2 w 48 604 m 300 604 l S BT",
    "struck out in small words": b"/F 8 Tf 50 600 Td (@) Tj ET 1 w 48 603 m 300 603 l S BT",
    "mended by a box and other words": b"50 600 Td (@) Tj ET 1 g 40 590 300 30 re f 0 g BT /F 12 Tf 50 600 Td (filed 34 cases) Tj",
    "blackened but for a digit": b"50 600 Td (@) Tj ET 0 g 74 590 15 30 re f BT",
    "covered by a form": b"50 600 Td (@) Tj ET q 1 0 0 1 40 590 cm /Bar Do Q BT",
    "struck out in a form": b"50 600 Td (@) Tj ET q 1 0 0 1 48 604 cm /Line Do Q BT",
    "struck out slantwise": b"50 600 Td (@) Tj ET 1 w 78 600 m 98 608 l S 78 608 m 98 600 l S BT",
    "cut by the edge of the page": b"565 600 Td (@) Tj",
    "too small to be told": b"/F 1 Tf 50 600 Td (@) Tj",
}
SHOWING = {
    "in a layer that is on": b"/OC /On BDC 50 600 Td (@) Tj EMC",
    "white on a dark ground": HIDING["white"],
    "over the picture of a scan": HIDING["not drawn"],
    "grey": b"0.6 g 50 600 Td (@) Tj",
    "small": b"/F 4 Tf 50 600 Td (@) Tj",
    "over a box": b"ET 0.8 g 40 590 300 30 re f 0 g BT /F 12 Tf 50 600 Td (@) Tj",
    "under a clear box": b"50 600 Td (@) Tj ET /Clear gs 1 g 40 590 300 30 re f BT",
    "in a frame": b"50 600 Td (@) Tj ET 40 590 300 30 re S BT",
    "underlined": b"50 600 Td (@) Tj ET 1 w 48 598 m 300 598 l S 48 612 m 300 612 l S BT",
    "within a clip": b"ET q 40 590 300 30 re W n BT /F 12 Tf 50 600 Td (@) Tj ET Q BT",
    "on a line of the grid": b"ET 1 w 0 604 m 600 604 l S BT /F 12 Tf 50 600 Td (@) Tj",
}
GROUNDS = {"white on a dark ground": b"0 0 0.6 rg 0 580 600 40 re f", "over the picture of a scan": b"600 0 0 800 0 0 cm /Scan Do"}


def hiding_page(words: str, way: str, about: bytes = b"", in_a_form: bool = False) -> bytes:
    """A PDF whose page shows "2017 hello 12 cases" and draws `words` in that way, maybe in a form; `about` is what the page says of itself
    (/Rotate 90)."""
    drawn = b"q BT /F 12 Tf %s ET Q" % (HIDING | SHOWING)[way].replace(b"@", words.encode())
    held, form = (b"q 2 0 0 2 -20 -10 cm /Held Do Q", drawn) if in_a_form else (drawn, b"")
    content = b"q %s Q q %s Q %s" % (GROUNDS.get(way, b""), SHOWN_WORDS, held)
    resources = b"/Font<</F 5 0 R>>/ExtGState<</Clear<</ca 0>>>>/Properties<</Off 6 0 R/On 7 0 R>>/XObject<</Scan 8 0 R/Bar 9 0 R/Line 10 0 R%s>>"
    resources, of_a_form = resources % b"/Held 11 0 R", b"/Type/XObject/Subtype/Form/BBox[-9999 -9999 9999 9999]"
    at_half = of_a_form + b"/Matrix[0.5 0 0 0.5 10 5]/Resources<<%s>>" % (resources.replace(b"/Held 11 0 R", b""))
    return _pdf([
        b"<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<<%s>>/Contents 4 0 R%s>>" % (resources, about),
        _stream(content),
        FONT,
        b"<</Type/OCG/Name(off)>>",
        b"<</Type/OCG/Name(on)>>",
        _stream(b"\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray"),
        _stream(b"0 g 0 0 300 30 re f", of_a_form),
        _stream(b"0 0 m 250 0 l S", of_a_form),
        _stream(form, at_half),
        _stream(b"0 g 40 596 260 20 re f", of_a_form.replace(b"-9999 -9999 9999 9999", b"40 596 300 616")),
    ])  # fmt: skip


def noted(sort: str, flags: int = 4) -> bytes:
    """What a page says of itself that has an annotation over the words that are drawn in a way, which strikes them out or covers them."""
    box = b"40 596 300 616"
    about = {
        "StrikeOut": b"/QuadPoints[48 616 300 616 48 598 300 598]", "Highlight": b"/QuadPoints[48 616 300 616 48 598 300 598]",
        "Line": b"/L[48 604 300 604]", "Ink": b"/InkList[[48 604 100 604.5 300 604]]", "Square": b"/IC[0 0 0]", "Link": b"",
    }[sort]  # fmt: skip
    made = b"/Annots[<</Type/Annot/Subtype/%s/F %d/C[0 0 0]/Rect[%s]%s%s>>]"
    return made % (sort.encode(), flags, box, about, b"/AP<</N 12 0 R>>" if sort == "Square" else b"")


# What stands between the digits of a number, or behind it, so that no piece of it is a figure.
TEARING = (
    *"\u200d\u200b\u200e\u2060\ufeff\u00ad\u202e\ufffd\ufffe\ue000\uf8ff\x7f\x9b\u0336\ufe0f\u20e3", *"'’`_^■□◆●·零〇Ol",
    "e", "E", "e+", "E-", "..", ".,", "×10",
)  # fmt: skip
# Signs that stand between or around figures and part them; what a unit or a word is made of parts them too.
PARTING = frozenset("、，,；;。：:！!？?()（）[]［］【】〔〕〈〉《》<「」『』“”‘%％‰-－–—~～/／.．¼½¾")
# Any other sign there is, but for radicals, which are read as the words they are.
ANY_SIGN = tuple(
    sign for sign in map(chr, range(0x21, 0x30000))
    if sign not in PARTING and not "\u2e80" <= sign <= "\u2fd5" and not sign.isspace() and unicodedata.category(sign) in (
        "Cf", "Co", "Lm", "Mc", "Me", "Mn", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So")
)  # fmt: skip
WITHIN_LINES = "\t\x0b\x0c\x85 \u00a0\u1680\u2002\u2003\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
OTHER_SCRIPTS = tuple(chr(one) for one in (0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xF20, 0x1040, 0x17E0, 0x1810, 0x1D7CE))
TORN_BEHIND = ("½", "⅓", "××", "XX", "□□", "\ufffd", "\u20e3", "٣")


def _digits_of(chance: random.Random) -> str:
    """The ten digits of another script."""
    first = ord(chance.choice(OTHER_SCRIPTS))
    return "".join(map(chr, range(first, first + 10)))


def foreign_numbers(chance: random.Random) -> Iterator[tuple[str, str]]:
    """Sentences with one number in the digits of another script, and that number."""
    while True:
        written = "".join(chance.choices(_digits_of(chance), k=chance.randrange(1, 7)))
        yield f"2017年，青山县公安局立刑事案件{written}起，同比下降5%。", written


def torn_numbers(chance: random.Random) -> Iterator[tuple[str, set[str]]]:
    """Sentences with one torn number of a count, and the figures that its pieces would be."""
    while True:
        left, right = str(chance.randrange(1, 999)), str(chance.randrange(11, 99))
        written, pieces = chance.choice([
            (left + chance.choice(TEARING) + right, {left, right}),
            (left + chance.choice(TORN_BEHIND), {left}),
            (left + chance.choice(ANY_SIGN) * chance.randrange(1, 4) + right, {left, right}),
            (left + chance.choice(WITHIN_LINES) * chance.randrange(1, 9) + right, {left, right}),
            (chance.choice(WITHIN_LINES).join(right + left), {*right, *left}),
            (left + chance.choice((" ,", " , ", " .", "～ ", " ～", " - ", "点")) + right, {left, right}),
            (left + chance.choice("一二三四五六七八九两十百〇") + chance.choice(("", "万", right)), {left, right}),
            (chance.choice("二三四五六七八九两十〇") + left, {left}),
            (chance.choice(("一百", "二〇", "三十", "一万")) + left + chance.choice(("", "十", "千")), {left, "100", "10000"}),
            ("." + right + chance.choice(("", "万")), {right, f"{right}0000", "10000"}),
            (left + "".join(chance.choices(_digits_of(chance), k=3)), {left}),
            ("".join(chance.choices(_digits_of(chance), k=3)) + left, {left}),
            ("\ufffd" + left, {left}),
            (f"{chance.randrange(2100, 99999)} {right}0", {f"{right}0"}),
            ("1.2×10" + chance.choice("⁴⁶"), {"1.2", "10"}),
        ])  # fmt: skip
        yield f"2017年，青山县公安局立刑事案件{written}起，同比下降5%。", pieces
