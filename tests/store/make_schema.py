"""Make the register that every later version must open: one for each version of the schema.

    python3 dev.py schema            the file of the present version, where there is none yet

It is written through the command line alone, whose words do not change, so that the code of any
version can run it: see tests/data/schemas/README.md. Nothing of the tests is imported.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, redirect_stdout
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

HERE = Path(__file__).resolve().parents[1] / "data" / "schemas"
TODAY = "2026-11-24"
PAPER = "QUY CHẾ PHỐI HỢP".encode()
"""What the attached file says: the registers name it by its hash."""


class Office:
    """One office and its own home, spoken to through the command line of this process."""

    def __init__(self, place: Path) -> None:
        self.home, self.folder = place / "home", place / "office"
        self.home.mkdir(parents=True)

    def does(self, *words: str) -> Any:
        """Run a command that must succeed; returns its JSON."""
        from app.__main__ import main

        os.environ["PHOIHOP_HOME"] = str(self.home)
        out = io.StringIO()
        with redirect_stdout(out):
            code = main(["--data", str(self.folder), "--today", TODAY, *words, "--json"])
        if code:
            raise SystemExit(f"{' '.join(words)}: {out.getvalue()}")
        return json.loads(out.getvalue())

    def adds(self, kind: str, *fields: str) -> str:
        """Enter a record; returns its id."""
        return str(self.does("add", kind, *fields)["id"])


def fill(police: Office, health: Office, place: Path) -> None:
    """Some records of every kind, what is computed of them, and an exchange with its troubles."""
    for office, name, code in ((police, "Công an tỉnh", "CAT"), (health, "Sở Y tế", "SYT")):
        office.adds("agency", f"name={name}", f"code={code}")
        office.does("office", f"name=Văn phòng {name}", f"agencies={code}", "clerk=Chuyên viên")
    _meet(police, health, place)
    _registers(police)
    _obligations(police, place)
    _exchanges(police)
    _review(police)
    _send(police, health, "Sở Y tế", place)
    _trouble(police, health, place)


def _meet(police: Office, health: Office, place: Path) -> None:
    invited, asked, answer = (str(place / name) for name in ("moi.phm", "xin.phr", "duyet.pha"))
    police.does("sync", "init")
    police.does("sync", "invite", invited)
    health.does("sync", "join", invited, "--out", asked)
    police.does("sync", "admit", asked, "--out", answer)
    health.does("sync", "accept", answer)
    _send(police, health, "Sở Y tế", place)
    _send(health, police, "Công an tỉnh", place)


def _send(sender: Office, reader: Office, to: str, place: Path) -> None:
    path = sender.does("sync", "export", "--to", to, "--out", str(place))["path"]
    reader.does("sync", "import", path, "--yes")


def _registers(police: Office) -> None:
    police.adds("agency", "name=Sở Văn hóa và Thể thao", "code=SVH", "superior=")
    old = police.adds("agency", "name=Sở Du lịch", "valid_to=2025-02-28")
    police.adds("agency_name", "agency=SVH", "name=Sở Văn hóa", "valid_to=2020-12-31")
    succession = (f"agency={old}", "successor=SVH", "kind=merge", "effective_on=2025-03-01")
    police.adds("agency_succession", *succession)
    police.adds("legal_document", "number=144/2016/NĐ-CP", "abstract=Nghị định", "kind=decree")
    police.adds(
        "regulation", "number=12/QCPH", "signed_on=2014-09-05", "abstract=Quy chế cũ", "lead=CAT",
        "coordinating=SYT",
    )  # fmt: skip
    police.adds(
        "regulation", "number=18/QC-CAT-SYT", "signed_on=2025-03-12", "abstract=An ninh bệnh viện",
        "lead=CAT", "coordinating=SYT, SVH", "basis=144/2016/NĐ-CP", "replaces=12/QCPH",
    )  # fmt: skip
    article = police.adds(
        "provision", "regulation=18/QC-CAT-SYT", "kind=article", "number=2", "heading=Trách nhiệm"
    )
    police.adds(
        "provision", "regulation=18/QC-CAT-SYT", f"parent={article}", "kind=clause", "number=1",
        "text=Sở Y tế gửi báo cáo hằng quý.",
    )  # fmt: skip
    police.adds("clerk", "position=Chuyên viên", "unit=Phòng Tham mưu")


def _obligations(police: Office, place: Path) -> None:
    task = police.adds(
        "obligation", "title=Báo cáo tình hình bệnh viện", "regulation=18/QC-CAT-SYT", "lead=SYT",
        "coordinating=CAT", "starts_on=2025-10-01", "product=Báo cáo quý",
        "recurrence=Hằng quý, chậm nhất ngày 20 tháng cuối quý",
    )  # fmt: skip
    police.does("complete", task, "2025-Q4", "on=2025-12-18", "result=Đã gửi đủ")
    police.does("extend", task, "2026-Q1", "to=2026-04-10", "ground=Sáp nhập")
    gone = police.adds(
        "obligation", "title=Nhập nhầm", "regulation=12/QCPH", "lead=SVH", "recurrence=Hằng năm"
    )
    police.does("delete", "obligation", gone)
    paper = place / "Quy chế đã ký.txt"
    paper.write_bytes(PAPER)
    police.does("attach", "regulation", "18/QC-CAT-SYT", str(paper))


def _exchanges(police: Office) -> None:
    asked = police.adds(
        "exchange", "number=412/CAT-PV01", "sender=CAT", "recipients=SYT, SVH", "kind=request",
        "abstract=Đề nghị rà soát cơ sở", "dated_on=2026-10-01", "reply_due_on=2026-10-20",
        "regulation=18/QC-CAT-SYT",
    )  # fmt: skip
    answer = police.adds(
        "exchange", "number=88/SYT", "sender=SYT", "recipients=CAT", "kind=reply",
        "abstract=Đã rà soát", "dated_on=2026-10-12", f"answers={asked}",
    )  # fmt: skip
    police.adds("exchange_receipt", f"exchange={answer}", "agency=CAT", "number=967")


def _review(police: Office) -> None:
    review = police.adds(
        "review", "title=Sơ kết năm 2025", "period_from=2025-01-01", "period_to=2025-12-31",
        "host=CAT", "held_on=2026-01-15",
    )  # fmt: skip
    said = police.adds("review_input", f"review={review}", "agency=SYT", "number=7/BC-SYT")
    about = (f"review={review}", f"input={said}", "agency=SYT")
    police.adds("review_figure", *about, "indicator=information_sent", "value=1.250")
    police.adds("finding", *about, "kind=shortcoming", "text=Báo cáo quý I gửi chậm.")
    police.adds("conclusion", f"review={review}", "text=Sở Y tế gửi báo cáo đúng hạn", "lead=SYT")
    police.does("conclude", "Sơ kết năm 2025#1")


def _trouble(police: Office, health: Office, place: Path) -> None:
    """A conflict that was settled, one that was not, and two entries of one paper merged."""
    one = police.does("show", "regulation", "18/QC-CAT-SYT")["id"]
    for field, theirs in (("abstract", "An ninh y tế"), ("note", "Đã rà soát")):
        police.does("set", "regulation", one, f"{field}={theirs} (công an)")
        health.does("set", "regulation", one, f"{field}={theirs} (y tế)")
    _send(health, police, "Công an tỉnh", place)
    police.does("sync", "resolve", one, "abstract", "--theirs", "--reason", "Đã trao đổi")
    twice = [police.adds("legal_document", "number=5/2020/TT-BYT", f"note={n}") for n in "12"]
    police.does("sync", "merge", "legal_document", *twice, "--reason", "Nhập hai lần")


def make(target: Path, *, again: bool = False) -> Path:
    """Write the present version's file into *target*; returns its path.

    One that is there is left as it is unless *again*.
    """
    from app.store.upgrade import CURRENT

    path = target / f"schema-{CURRENT}.phop.gz"
    if path.exists() and not again:
        raise SystemExit(f"{path.name} is there. It may be made anew (--again) only as long as no"
                         " register of this version is in use.")  # fmt: skip
    # The program's log is held until this process ends, and Windows removes nothing that is held.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        police, health = Office(Path(folder) / "police"), Office(Path(folder) / "health")
        fill(police, health, Path(folder))
        database = police.folder / "so-phoi-hop.phop"
        with closing(dbapi2.connect(str(database))) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.write_bytes(gzip.compress(database.read_bytes(), mtime=0))
    return path


def kept() -> Iterator[Path]:
    """The files, by their version."""
    yield from sorted(HERE.glob("schema-*.phop.gz"), key=version)


def version(path: Path) -> int:
    """Which version of the schema the register at *path* has."""
    return int(path.name.removeprefix("schema-").removesuffix(".phop.gz"))


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word != "--again"]
    made = make(Path(given[0]) if given else HERE, again="--again" in sys.argv)
    sys.stdout.write(f"{made}\n")
