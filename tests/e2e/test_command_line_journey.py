"""A clerk's whole road on the command line, each step its own process, as a script would go it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.cli.papers import write_docx

ROOT = Path(__file__).parents[2]


class Clerk:
    """Somebody at a keyboard."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.today = "2026-03-05"

    def types(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one command."""
        given = ["--data", str(self.folder), "--today", self.today]
        return subprocess.run(
            [sys.executable, "-m", "app", *given, *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONIOENCODING": "ascii"},  # a console that knows no Vietnamese
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def gets(self, *words: str) -> Any:
        """Run a command that must succeed; returns its JSON."""
        ran = self.types(*words, "--json")
        assert ran.returncode == 0, ran.stderr
        assert ran.stderr == ""
        return json.loads(ran.stdout)


@pytest.fixture
def clerk(tmp_path: Path) -> Clerk:
    return Clerk(tmp_path / "văn phòng")


@pytest.mark.slow
def test_from_a_signed_paper_to_the_tasks_of_the_conference(clerk, tmp_path):
    paper = str(write_docx(tmp_path / "Quy chế 45.docx"))

    # a Word regulation is proposed, and then accepted
    assert clerk.gets("import", paper)["documents"][0]["number"] == "45/QCPH-CAT-SYT"
    assert not clerk.folder.exists()
    accepted = clerk.gets("import", paper, "--yes")
    (regulation,) = accepted["regulations"]
    clerk.gets("set", "agency", "Công an tỉnh", "code=CAT", "superior=")
    clerk.gets("set", "agency", "Sở Y tế", "code=SYT")
    clerk.gets("office", "name=Phòng Tham mưu", "agencies=CAT", "clerk=Chuyên viên tổng hợp")

    # an obligation follows from one of its articles
    obligation = clerk.gets(
        "add", "obligation", "title=Báo cáo tình hình bệnh viện", "regulation=45/QCPH-CAT-SYT",
        "provision=khoản 2 Điều 2", "lead=SYT", "coordinating=CAT", "product=Báo cáo quý",
        "recurrence=Hằng quý, chậm nhất ngày 20 tháng cuối quý", "starts_on=01/10/2025",
    )  # fmt: skip
    assert obligation["words"]["provision_id"] == "khoản 2"

    # one instance is carried out, the next falls overdue as days pass
    clerk.gets("complete", obligation["id"], "2025-Q4", "on=18/12/2025", "result=Đã gửi đủ")
    clerk.today = "2026-04-02"
    rows = clerk.gets("due", "--from", "2025-10-01", "--to", "2026-06-30")
    assert [(row["period"], row["state_code"]) for row in rows] == [
        ("2025-Q4", "done_in_time"),
        ("2026-Q1", "overdue"),
        ("2026-Q2", "in_time"),
    ]

    # a review is prepared: a report comes in, with a figure and a shortcoming
    review = clerk.gets(
        "add", "review", "title=Hội nghị sơ kết quý I", "period_from=01/10/2025",
        "period_to=31/3/2026", "held_on=02/4/2026", "host=CAT",
        f"regulations={regulation['id']}", "report_number=12/BC-CAT", "report_on=02/4/2026",
    )  # fmt: skip
    report = clerk.gets(
        "add", "review_input", "review=sơ kết quý I", "agency=SYT", "number=7/BC-SYT",
        "received_on=30/3/2026",
    )  # fmt: skip
    figure = ["review=sơ kết quý I", f"input={report['id']}", "agency=SYT"]
    clerk.gets("add", "review_figure", *figure, "indicator=information_sent", "value=1.250")
    finding = ["review=sơ kết quý I", "kind=Tồn tại, hạn chế", "agency=SYT"]
    clerk.gets("add", "finding", *finding, "text=Báo cáo quý I gửi chậm.")

    # the packet is written, and says what the register says
    packet = clerk.gets("packet", "sơ kết quý I", "--out", str(tmp_path / "ra"))
    _holds_what_the_register_says(Path(packet["folder"]))
    assert json.loads(Path(packet["list"]).read_text(encoding="utf-8"))["figures"]

    # a conclusion becomes a task, linked both ways, and is taken back
    clerk.gets(
        "add", "conclusion", "review=sơ kết quý I", "lead=SYT",
        "text=Sở Y tế gửi báo cáo đúng hạn", "deadline=Hằng tháng, chậm nhất ngày 25",
    )  # fmt: skip
    task = clerk.gets("conclude", "sơ kết quý I#1")
    assert task["review_id"] == review["id"]
    (given,) = clerk.gets("show", "conclusion", "báo cáo đúng hạn")["obligations"]
    assert given["id"] == task["id"]
    assert clerk.gets("undo")["undone"].startswith("Giao việc theo kết luận")
    assert clerk.gets("show", "conclusion", "báo cáo đúng hạn")["obligations"] == []

    # and the log still says the same as the register
    assert clerk.gets("check")["ok"]


@pytest.mark.slow
def test_what_goes_wrong_is_one_vietnamese_sentence(clerk, tmp_path):
    (tmp_path / "gia.docx").write_bytes(b"PK\x03\x04")
    for words in (
        ["import", str(tmp_path / "gia.docx")],
        ["list", "agency"],
        ["restore", str(tmp_path / "gia.docx")],
    ):
        ran = clerk.types(*words)
        assert ran.returncode == 1, ran.stdout
        assert ran.stdout == ""
        assert ran.stderr.count("\n") == 1
        assert "Traceback" not in ran.stderr
    ran = clerk.types("lits")
    assert ran.returncode == 2
    assert ran.stderr.startswith("Không có lệnh “lits”. Có phải “list”?")


@pytest.mark.slow
def test_a_reader_that_has_enough_is_no_error(clerk):
    clerk.gets("add", "agency", "name=Sở Y tế")
    command = [sys.executable, "-m", "app", "--data", str(clerk.folder), "kinds", "--json"]
    with subprocess.Popen(command, cwd=ROOT, stdout=PIPE, stderr=PIPE) as ran:
        assert ran.stdout
        assert ran.stderr
        ran.stdout.read(10)
        ran.stdout.close()
        assert ran.stderr.read() == b""
    assert ran.returncode == 0


def _holds_what_the_register_says(folder: Path) -> None:
    (report,) = folder.glob("Báo cáo*.docx")
    said = "\n".join(paragraph.text for paragraph in Document(str(report)).paragraphs)
    assert "Báo cáo quý I gửi chậm (Sở Y tế)" in said.replace("\u00a0", " ")
    (annex,) = folder.glob("Phụ lục*.xlsx")
    assert load_workbook(annex).sheetnames[0] == "Tổng hợp"
    (sources,) = folder.glob("Danh mục nguồn*.xlsx")
    assert load_workbook(sources).sheetnames == ["Số liệu", "Nguồn"]
    assert len(list(folder.iterdir())) == 3
