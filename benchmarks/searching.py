"""Search over 200,000 records, against the raw FTS5 query."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from uuid import UUID

from app.journal.keys import Keyring
from app.store import Store
from app.store.searching import query_of, reindex
from benchmarks.measure import Ratio, against

_RECORDS = 200_000
_SYLLABLES = (
    "an ninh trật tự phối hợp báo cáo quý tháng công an sở y tế văn hóa thông tin trao đổi "
    "tình hình đấu tranh phòng chống tội phạm tuyên truyền pháp luật kiểm tra liên ngành cơ sở "
    "trường học bệnh "
    "viện doanh nghiệp khu vực biên giới tôn giáo dân tộc môi trường khoáng sản đất đai xây dựng"
).split()
_QUERIES = (
    "báo cáo quý",
    "dau tranh toi pham",
    "190/QCPH",
    "y tế kiểm tra liên ngành",
    "khoang san bien",
)


def run() -> Iterator[Ratio]:
    """Five queries a clerk might type, hits with titles and snippets against bare row ids."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "office", keyring=Keyring(Path(folder) / "keys"))
        _fill(store)

        def ours() -> None:
            for text in _QUERIES:
                store.search(text)

        with store.connection() as connection:

            def floor() -> None:
                for text in _QUERIES:
                    connection.exec_driver_sql(
                        "SELECT rowid FROM search_index WHERE search_index MATCH ?"
                        " ORDER BY rank LIMIT 60",
                        (query_of(text),),
                    ).all()

            yield against(f"search {_RECORDS:,} records (5 queries)", ours, floor, goal=1.5)
        store.close()


def _fill(store: Store) -> None:
    random = Random(7)
    rows = []
    for n in range(_RECORDS):
        words = random.choices(_SYLLABLES, k=62)
        rows.append(
            (UUID(int=n + 1).hex, f"{n % 900}/QCPH {' '.join(words[:12])}", " ".join(words[12:]))
        )
    with store.connection() as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO agency (id, life, name, kind, note) VALUES (?, 'live', ?, 'other', ?)",
            rows,
        )
        reindex(connection)
