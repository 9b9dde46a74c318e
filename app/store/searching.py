"""Search over everything: an FTS5 index of text that we fold ourselves.

SQLite's own folding knows neither đ nor Vietnamese case, so words are folded in Python on the
way in and on the way to a query; what a user types can never be query syntax.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from uuid import UUID

from sqlalchemy import Connection

from app.journal import secret
from app.journal.change_set import ChangeSet
from app.journal.raw import in_parts, marks, raw
from app.kinds import CARDS, Searched, word_of
from app.models import DELETED, MODELS
from app.models.regulation import PROVISION_KINDS
from app.progress import Progress, quiet
from app.text import folded, search_words

OPEN, CLOSE = "\x02", "\x03"
"""Stand round the hit in a snippet."""
_AROUND = 60
_MOST_OF_A_GROUP = 15
_AT_ONCE = 5000
SEARCHED: Mapping[str, Searched] = {
    entity: card.searched for entity, card in CARDS.items() if card.searched is not None
}


@dataclass(frozen=True)
class SearchHit:
    """One record found. `kind` and `id` say what to open; `found` is the record that matched."""

    kind: str
    id: UUID
    found: UUID
    group: str
    title: str
    snippet: str


def index(connection: Connection, entity: str, records: Iterable[bytes]) -> None:
    """Bring the index up to date with these records."""
    about = SEARCHED.get(entity)
    wanted = [record.hex() for record in records]
    if about is None:
        return
    columns, table = _columns(entity, about), CARDS[entity].table
    for chunk in in_parts(wanted):
        rows = (
            raw(connection)
            .execute(
                f'SELECT t.id, t.life, {columns}, d.n FROM "{table}" t'
                f" LEFT JOIN search_doc d ON d.record = unhex(t.id) WHERE t.id IN ({marks(chunk)})",
                chunk,
            )
            .fetchall()
        )
        known = {row[0]: row[-1] for row in rows if row[-1] is not None}
        _forget(connection, known)
        _remember(connection, entity, len(about.title), [row[:-1] for row in rows], known)


def _columns(entity: str, about: Searched) -> str:
    return ", ".join(_column(entity, name) for name in (*about.title, *about.text))


def _column(entity: str, name: str) -> str:
    """A column to be searched. A secret paper is found by its reference alone."""
    card = CARDS[entity]
    if not card.is_paper or name not in card.content:
        return f't."{name}"'
    return f"CASE t.secrecy WHEN 'none' THEN t.\"{name}\" END"


def reindex(connection: Connection, progress: Progress = quiet) -> None:
    """Make the whole index anew."""
    raw(connection).execute("DELETE FROM search_index")
    raw(connection).execute("DELETE FROM search_doc")
    for done, (entity, about) in enumerate(SEARCHED.items()):
        progress(done, len(SEARCHED))
        result = raw(connection).execute(
            f'SELECT t.id, t.life, {_columns(entity, about)} FROM "{CARDS[entity].table}" t'
        )
        while rows := result.fetchmany(_AT_ONCE):
            _remember(connection, entity, len(about.title), rows, {})


def query_of(text: str) -> str:
    """*text* as an FTS5 query: every word quoted, the last one a prefix; empty if no word."""
    words = search_words(text)
    if not words:
        return ""
    quoted = [f'"{word}"' for word in words]
    return " AND ".join([*quoted[:-1], quoted[-1] + " *"])


def search(connection: Connection, text: str, limit: int = 60) -> list[SearchHit]:
    """The best *limit* records for *text*, best first within each group, best group first."""
    query = query_of(text)
    if not query:
        return []
    rows = (
        raw(connection)
        .execute(
            "SELECT d.entity, lower(hex(d.record)), rank FROM search_doc d JOIN"
            " (SELECT rowid AS found, rank FROM search_index WHERE search_index MATCH ?"
            "  ORDER BY rank LIMIT ?) ON d.n = found",
            (query, 4 * limit),
        )
        .fetchall()
    )
    rows.sort(key=lambda row: row[2] * _weight(row[0]))
    by_entity: dict[str, list[str]] = defaultdict(list)
    for entity, record, _ in rows[:limit]:
        if len(by_entity[entity]) < _MOST_OF_A_GROUP:
            by_entity[entity].append(record)
    words = search_words(text)
    hits: list[SearchHit] = []
    for entity, found in by_entity.items():
        records = _open(connection, entity, found)
        hits += _hits(connection, entity, records, words)
    return hits


def _weight(entity: str) -> float:
    about = SEARCHED.get(entity)
    return about.weight if about is not None else 1.0


def _open(connection: Connection, entity: str, records: list[str]) -> list[str]:
    """Those of *records* that do not say what stands in a secret paper.

    Asked while reading: a paper may be marked secret by whatever road, its obligations untouched.
    """
    hidden = secret.speaking(connection, ((entity, bytes.fromhex(record)) for record in records))
    return [record for record in records if bytes.fromhex(record) not in hidden]


def _forget(connection: Connection, known: Mapping[str, int]) -> None:
    """Take the words of these records out; their places are to be written to again."""
    if known:
        places = sorted((n,) for n in known.values())
        raw(connection).executemany("DELETE FROM search_index WHERE rowid = ?", places)


def _remember(
    connection: Connection,
    entity: str,
    titles: int,
    rows: Iterable[Sequence[str]],
    known: Mapping[str, int],
) -> None:
    live = [row for row in rows if row[1] != DELETED]
    if gone := [(known[record],) for record in known.keys() - {row[0] for row in live}]:
        raw(connection).executemany("DELETE FROM search_doc WHERE n = ?", gone)
    if not live:
        return
    free = _free_places(connection)
    docs, texts = [], []
    for row in live:
        title, body = _words_in(row[2 : 2 + titles]), _words_in(row[2 + titles :])
        n = known.get(row[0]) or next(free)
        if row[0] not in known:
            docs.append((n, entity, bytes.fromhex(row[0])))
        texts.append((n, title, body))
    if docs:
        raw(connection).executemany(
            "INSERT INTO search_doc (n, entity, record) VALUES (?, ?, ?)", docs
        )
    raw(connection).executemany(
        "INSERT INTO search_index (rowid, title, body) VALUES (?, ?, ?)",
        sorted(texts),  # out of order, each would be written by itself
    )


def _words_in(cells: Iterable[str | None]) -> str:
    return " ".join(search_words(" ".join(map(str, filter(None, cells)))))


def _free_places(connection: Connection) -> Iterator[int]:
    newest = raw(connection).execute("SELECT coalesce(max(n), 0) FROM search_doc")
    yield from count(int(newest.fetchone()[0]) + 1)


def _hits(
    connection: Connection, entity: str, records: list[str], words: list[str]
) -> list[SearchHit]:
    about = SEARCHED[entity]
    names = [*about.title, *about.text]
    extra = [about.opens] if about.opens else []
    if entity == "attachment":
        extra.append("family")
    columns = ", ".join(f'"{name}"' for name in (*names, *extra))
    rows = {
        row[0]: row
        for row in raw(connection).execute(
            f'SELECT id, {columns} FROM "{MODELS[entity].__tablename__}"'
            f" WHERE id IN ({marks(records)})",
            tuple(records),
        )
    }
    places = _places(connection, records) if entity == "provision" else {}
    found: list[SearchHit] = []
    for record in records:
        row = rows.get(record)
        if row is None:
            continue
        values = dict(zip(("id", *names, *extra), row, strict=True))
        values["place"] = places.get(record, "")
        title = _title(entity, values, about)
        whole = " · ".join(str(values[name]) for name in about.text if values[name])
        kind = values.get("family") or about.opens_kind or entity
        opens = values[about.opens] if about.opens and values[about.opens] else record
        snippet = snippet_of(whole, words) if OPEN in _marked(whole, words) else ""
        shown = _marked(title, words)
        found.append(SearchHit(kind, UUID(opens), UUID(record), word_of(entity), shown, snippet))
    return found


def _places(connection: Connection, records: list[str]) -> dict[str, str]:
    """How each provision is cited, with its regulation: `Khoản 2 Điều 9, 18/QC-CAT-SYT`."""
    rows = raw(connection).execute(
        "WITH RECURSIVE up (start, depth, kind, number, parent_id, regulation_id) AS ("
        " SELECT id, 0, kind, number, parent_id, regulation_id FROM provision"
        f" WHERE id IN ({marks(records)})"
        " UNION ALL SELECT u.start, u.depth + 1, p.kind, p.number, p.parent_id, p.regulation_id"
        " FROM up u JOIN provision p ON p.id = u.parent_id WHERE u.depth < 8)"
        " SELECT u.start, u.kind, u.number, r.number FROM up u"
        " LEFT JOIN regulation r ON r.id = u.regulation_id ORDER BY u.start, u.depth",
        records,
    )
    found: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, str] = {}
    for start, kind, number, regulation in rows:
        if kind in ("article", "clause", "point") or start not in found:
            word = PROVISION_KINDS.get(kind, "")
            word = word.lower() if kind in ("clause", "point") else word
            found[start].append(f"{word} {number}".strip())
        numbers[start] = regulation or ""
    cited = {start: " ".join(words) for start, words in found.items()}
    return {
        start: f"{words[:1].upper()}{words[1:]}{', ' + numbers[start] if numbers[start] else ''}"
        for start, words in cited.items()
    }


def _title(entity: str, values: Mapping[str, str], about: Searched) -> str:
    if entity == "provision":
        head = values["place"]
        return f"{head}. {values['heading']}" if values["heading"] else head
    return " – ".join(str(values[name]) for name in about.title if values[name])


def snippet_of(text: str, words: list[str]) -> str:
    """The part of *text* round its first hit, with the hits marked."""
    one_line = " ".join(text.split())
    marked = _marked(one_line, words)
    at = marked.find(OPEN)
    if at < 0:
        return one_line[: 2 * _AROUND] + ("…" if len(one_line) > 2 * _AROUND else "")
    start = max(0, at - _AROUND)
    end = min(len(marked), at + 2 * _AROUND)
    cut = marked[start:end]
    if cut.count(OPEN) > cut.count(CLOSE):
        cut += CLOSE
    return ("…" if start else "") + cut + ("…" if end < len(marked) else "")


def _marked(text: str, words: list[str]) -> str:
    """*text* with every word that begins with one of *words* between OPEN and CLOSE."""
    import re

    def mark(match: re.Match[str]) -> str:
        plain = folded(match.group())
        hit = any(plain == word or (len(word) > 1 and plain.startswith(word)) for word in words)
        return f"{OPEN}{match.group()}{CLOSE}" if hit else match.group()

    return re.sub(r"[^\W\d_]+|\d+", mark, text)


def index_changes(connection: Connection, written: Iterable[tuple[bytes, ChangeSet]]) -> None:
    """Bring the index up to date with everything that these change sets touched."""
    touched: dict[str, set[bytes]] = defaultdict(set)
    for _, body in written:
        for record in body.records:
            touched[record.entity].add(record.record)
    index_all(connection, touched)


def index_all(connection: Connection, touched: Mapping[str, Iterable[bytes]]) -> None:
    """Bring the index up to date with these records, by kind."""
    for entity, records in touched.items():
        index(connection, entity, records)
