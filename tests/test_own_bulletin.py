"""Bulletins nobody prepared, each in one command and without a question: a court's page, a police notice, a justice bureau's workbook, a text
without a change; then the report, whose English leaves no Chinese name without what its words mean."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest
from click.testing import CliRunner

from analysis import workspace
from analysis.cli import main

HANZI = re.compile("[\u4e00-\u9fff]")
PAGE = (
    "<html><head><meta charset='utf-8'><title>云岭县人民法院2023年度工作情况通报_云岭政务网</title></head><body><div>首页</div><article>"
    "<p>2023年，全院共受理各类案件5214件，审结5037件，同比分别上升8.2%和9.4%。</p>"
    "<p>受理民事案件3421件，同比上升6.1%；审结刑事案件287件，同比下降4.3%。</p>"
    "<p>受理行政案件96件，同比增长12.9%；执结案件1310件，执行到位金额2.36亿元。</p></article></body></html>"
)
NOTICE = (
    "临江县公安局2022年治安情况通报\n2023年1月18日\n2022年，全县立刑事案件418起，同比下降11.3%；破获刑事案件301起，同比上升2.4%。"
    "查处治安案件1204起，同比下降5.6%。破获电信网络诈骗案件63起，抓获犯罪嫌疑人158人。\n"
)


def workbook() -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in (
        ("安和市司法局2023年主要业务数据",),
        ("项目", "单位", "2022年", "2023年"),
        ("调解案件", "件", 8120, 8455),
        ("法律援助案件", "件", 1340, 1421),
        ("公证案件", "件", 4210, 4388),
        ("行政复议受理案件", "件", 96, 141),
        ("执业律师人数", "人", 512, 547),
    ):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


# No change, no year before; of names that no list knows, and bounds.
PLAIN = (
    "东岭市司法局2021年度工作通报\n2021年，全市新建窗口47个，发放雷公藤手册3.2万册。受理标的额3万元以上案件212件，组织三轮车检查96次。"
    "调解婚姻家庭纠纷1830件，办理公证2641件，挽回损失二十多万元。\n"
)
BULLETINS = {
    "plain.txt": (PLAIN.encode(), "dongling", "2021"),
    "page.html": (PAGE.encode(), "yunling", "2023"),
    "notice.txt": (NOTICE.encode(), "linjiang", "2022"),
    "figures.xlsx": (workbook(), "anhe", "2023"),
}


@pytest.mark.parametrize("name", BULLETINS)
def test_a_bulletin_never_seen_becomes_a_report_in_english(name, tmp_path, monkeypatch):
    monkeypatch.delenv(workspace.VARIABLE, raising=False)
    data, region, period = BULLETINS[name]
    own, path = tmp_path / "own", tmp_path / name
    path.write_bytes(data)

    def run(*arguments: str) -> str:
        done = CliRunner().invoke(main, [*arguments])
        assert not done.exit_code, (done.output, done.exception)
        return done.stdout

    run("init", str(own))
    assert f"--region {region}" in run("add", str(path), "--yes", "--workspace", str(own))
    run("data", "--workspace", str(own))
    # A Chinese report has figures in the words of the text.
    languages = () if name == "plain.txt" else ("--lang", "en")
    run("publish", "--region", region, "--period", period, *languages, "--workspace", str(own))
    edition = own / "reports" / region / period
    assert (edition / f"{region}-{period}-en.pdf").stat().st_size > 20_000
    rows = [row for table in edition.glob("tables-en/*.csv") for row in csv.DictReader(io.StringIO(table.read_text("utf-8-sig"))) if "en" in row]
    assert len(rows) > 4
    assert not [row["en"] for row in rows if not row["en"] or (HANZI.search(row["en"]) and not re.search("[a-z]", row["en"]))]
