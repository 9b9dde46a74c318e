"""A province in small: offices on real files that write, carry, lose and restore, and a ledger.

The ledger lies outside the system under test: every change set whose save returned is written
down with its bytes. In the end each of them must stand in every register that it concerns, or
wait there for a person; nothing that stands may be hidden by what had not seen it; and no
package may have held anything that its reader had no part in.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel import Session, select

from app.errors import AppError
from app.journal import change_set as cs
from app.journal import log
from app.journal.change_set import REMOVE
from app.models import Agency, Obligation, Occurrence, Party, Regulation, Review
from app.models.values import Value
from app.services import attachments
from app.services.agreement import conflicts
from app.services.agreement.conflicts import Choice
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from app.services.sync import joining, quarantine
from app.store.checking import check
from app.sync import circle as circles
from app.sync import container, manifest
from app.sync.judging import chunks
from app.sync.refusal import PackageRefused
from tests.journal.oracle import brute_force
from tests.offices import open_store
from tests.sync.circles import Desk, join

START = datetime(2026, 1, 5, 9).astimezone()
RHYTHM = "hằng quý, chậm nhất ngày 20 tháng cuối quý"
_NAMES = (
    "Công an tỉnh", "Sở Y tế", "Sở Nội vụ", "Sở Tài chính", "Sở Tư pháp", "Sở Công Thương",
    "Sở Xây dựng", "Sở Giáo dục và Đào tạo", "Ban Dân vận", "Hội Phụ nữ", "Tỉnh đoàn",
    "Viện kiểm sát", "Tòa án", "Bộ Chỉ huy quân sự", "Hội Nông dân",
)  # fmt: skip


@dataclass
class Letter:
    """A package on its way, or in a drawer."""

    path: Path
    sender: int
    reader: int
    holds: frozenset[bytes]  # change sets
    has_come: bool = False


@dataclass
class Seat:
    """One office: its desk, its clock, and what was kept of it."""

    desk: Desk
    off: timedelta = timedelta()
    backups: list[Path] = field(default_factory=list)
    noted: int = 0  # the last arrival that the ledger has looked at
    written: dict[bytes, bytes] = field(default_factory=dict)  # change set → its family


class World:
    """The offices, the letters between them, and the ledger."""

    def __init__(self, folder: Path, count: int, random: Random) -> None:
        self.folder = folder
        self.random = random
        self.moment = START
        self.seats: list[Seat] = []
        self.letters: list[Letter] = []
        self.happened: Counter[str] = Counter()
        self.leaks: list[str] = []
        self.places = iter(range(10_000))
        for n in range(count):
            self._found(n)
        for seat in self.seats[1:]:
            join(self.seats[0].desk, seat.desk, folder)
        for _ in range(2):
            for n in range(1, count):
                self.carry(self.post(0, n))
                self.carry(self.post(n, 0))

    def _found(self, n: int) -> None:
        place = self.folder / f"office-{next(self.places)}"
        store = open_store(place, now=lambda: self.moment)
        seat = Seat(Desk(_NAMES[n], place, store, UUID(int=0)))
        self.seats.append(seat)
        store.now = self._clock(seat)
        with store.changing("Văn phòng") as session:
            seat.desk.agency = records.enter(session, "agency", {"name": _NAMES[n]}).id
        from app.store import OfficeFacts

        store.set_facts(OfficeFacts(_NAMES[n], (seat.desk.agency,), "Chuyên viên"))
        if n == 0:
            joining.begin(store)
        self.note(n)

    def _clock(self, seat: Seat) -> Callable[[], datetime]:
        return lambda: self.moment + seat.off

    # Writing ---------------------------------------------------------------------------------

    def write(self, n: int, act: str) -> None:
        """Let a clerk of office *n* do one thing; a refusal by the program's own rules is one."""
        seat = self.seats[n]
        try:
            getattr(self, f"_{act}")(seat.desk)
            self.happened[act] += 1
        except AppError as error:
            self.happened[f"{act}: {type(error).__name__}"] += 1
        self.note(n)

    def note(self, n: int) -> None:
        """Write into the ledger what office *n* has saved since."""
        seat = self.seats[n]
        with seat.desk.store.connection() as connection:
            for stored in log.all_sets(connection):
                if stored.n > seat.noted and stored.replica == seat.desk.store.replica:
                    seat.written[stored.id] = stored.read().family_id
                seat.noted = max(seat.noted, stored.n)

    def _rules(self, session: Session) -> list[Regulation]:
        found = records.live(session, Regulation)
        return sorted(found, key=lambda rule: rule.id)

    def _pick(self, items: list[Any]) -> Any:
        if not items:
            from app.errors import NotFound

            raise NotFound
        return self.random.choice(items)

    def _others(self, desk: Desk) -> list[UUID]:
        others = [seat.desk.agency for seat in self.seats if seat.desk is not desk]
        return self.random.sample(others, self.random.randint(1, min(3, len(others))))

    def _enter(self, desk: Desk) -> None:
        number = f"{self.random.randint(1, 999)}/QC-PH"
        given: dict[str, Value] = {
            "number": number,
            "abstract": "Phối hợp",
            "signed_on": date(2025, 3, 12),
        }
        with desk.store.changing(f"Thêm {number}") as session:
            regulations.enter(session, given, Parties(desk.agency, tuple(self._others(desk))))

    def _edit(self, desk: Desk) -> None:
        name = self.random.choice(("abstract", "note", "field_of_work", "stored_at"))
        with desk.store.changing("Sửa") as session:
            rule = self._pick(self._rules(session))
            value = f"{name} {self.random.randint(1, 4)}"
            records.revise(session, "regulation", rule.id, {name: value})

    def _obligation(self, desk: Desk) -> None:
        with desk.store.changing("Nghĩa vụ") as session:
            rule = self._pick(self._rules(session))
            given: dict[str, Value] = {
                "title": f"Báo cáo {self.random.randint(1, 99)}",
                "regulation_id": rule.id,
                "lead_id": desk.agency,
                "coordinating": tuple(self._others(desk)) if self.random.random() < 0.3 else (),
                "recurrence": RHYTHM,
                "starts_on": date(2026, 1, 1),
            }
            records.enter(session, "obligation", given)

    def _pause(self, desk: Desk) -> None:
        with desk.store.changing("Tình trạng") as session:
            one = self._pick(sorted(records.live(session, Obligation), key=lambda o: o.id))
            standing = self.random.choice(("active", "paused"))
            day = date(2026, 1, self.random.randint(1, 28))
            given: dict[str, Value] = {"standing": standing, "standing_from": day}
            records.revise(session, "obligation", one.id, given)

    def _join_in(self, desk: Desk) -> None:
        with desk.store.changing("Phối hợp") as session:
            one = self._pick(sorted(records.live(session, Obligation), key=lambda o: o.id))
            others = [a for a in self._others(desk) if a != one.lead_id]
            records.revise(session, "obligation", one.id, {"coordinating": tuple(others)})

    def _touch(self, desk: Desk) -> None:
        with desk.store.changing("Kỳ") as session:
            one = self._pick(sorted(records.live(session, Obligation), key=lambda o: o.id))
            period = f"2026-Q{self.random.randint(1, 4)}"
            found = Occurrence.id_for(one.id, period)
            given = {"result": f"Kết quả {self.random.randint(1, 3)}"}
            if session.get(Occurrence, found) is not None:
                records.revise(session, "occurrence", found, given)
                return
            head = {"obligation_id": one.id, "regulation_id": one.regulation_id, "period": period}
            records.enter(session, "occurrence", head | given, id=found)

    def _bind(self, desk: Desk) -> None:
        with desk.store.changing("Các bên") as session:
            rule = self._pick(self._rules(session))
            regulations.bind(session, rule.id, Parties(desk.agency, tuple(self._others(desk))))

    def _withdraw(self, desk: Desk) -> None:
        kind = self.random.choice(("regulation", "obligation", "obligation"))
        model: Any = Regulation if kind == "regulation" else Obligation
        with desk.store.changing("Rút") as session:
            one = self._pick(sorted(records.live(session, model), key=lambda r: r.id))
            records.withdraw(session, kind, [one.id])

    def _undo(self, desk: Desk) -> None:
        if desk.store.undo_label != "Văn phòng":
            desk.store.undo()

    def _settle(self, desk: Desk) -> None:
        with desk.store.changing("Giải quyết") as session:
            item = self._pick(conflicts.listing(session))
            choices = [
                Choice(c, self.random.randrange(len(c.sides))) for c in item.conflicts if c.sides
            ]
            conflicts.resolve(session, choices)

    def _agency(self, desk: Desk) -> None:
        with desk.store.changing("Cơ quan") as session:
            one = self._pick(sorted(records.live(session, Agency), key=lambda a: a.id))
            value = f"ghi chú {self.random.randint(1, 3)}"
            records.revise(session, "agency", one.id, {"note": value})

    def _attach(self, desk: Desk) -> None:
        source = self.folder / "tệp.bin"
        source.write_bytes(self.random.randbytes(self.random.randint(0, 3000)))
        with desk.store.changing("Đính kèm") as session:
            rule = self._pick(self._rules(session))
            attachments.attach(session, desk.store.blobs, rule, source)

    def _review(self, desk: Desk) -> None:
        given: dict[str, Value] = {
            "title": f"Sơ kết {self.random.randint(1, 99)}",
            "host_id": desk.agency,
            "participants": tuple(self._others(desk)),
            "period_from": date(2026, 1, 1),
            "period_to": date(2026, 12, 31),
        }
        with desk.store.changing("Hội nghị") as session:
            records.enter(session, "review", given)

    def _let_in(self, desk: Desk) -> None:
        with desk.store.reading() as session:
            waiting = [one.id for one in quarantine.listing(session) if one.may_enter]
        quarantine.let_in(desk.store, waiting)

    # Carrying --------------------------------------------------------------------------------

    def post(self, sender: int, reader: int, *, with_files: bool = True) -> Letter:
        """Make a package and look inside with the reader's keys: a leak is noted."""
        one, other = self.seats[sender].desk, self.seats[reader].desk
        made = joining.export(one.store, other.store.office, with_files=with_files)
        target = self.folder / f"letter-{next(self.places)}.phx"
        shutil.copy(made.path, target)
        letter = Letter(target, sender, reader, frozenset(self._inside(one, other, target)))
        self.letters.append(letter)
        self.happened["package"] += 1
        return letter

    def carry(self, letter: Letter) -> None:
        """Deliver a package."""
        desk = self.seats[letter.reader].desk
        got = desk.take(letter.path)
        letter.has_come = True
        for told in got.alarms:
            self.happened[f"alarm {told.code}"] += 1
        for _, reason in got.quarantined:
            self.happened[f"set aside: {reason}"] += 1
        self.happened["again" if got.is_again else "taken in"] += 1
        self.note(letter.reader)

    def spoil(self, letter: Letter) -> None:
        """Deliver a damaged copy: it must be refused and leave everything as it was."""
        content = bytearray(letter.path.read_bytes())
        how = self.random.randrange(3)
        if how == 0:
            content = content[: self.random.randrange(len(content))]
        elif how == 1:
            content[self.random.randrange(len(content))] ^= 1 << self.random.randrange(8)
        else:
            content += bytes(self.random.randint(1, 99))
        path = self.folder / "hỏng.phx"
        path.write_bytes(content)
        desk = self.seats[letter.reader].desk
        before = _count(desk)
        try:
            desk.take(path)
        except PackageRefused as error:
            self.happened[f"refused {error.code}"] += 1
        else:
            self.leaks.append(f"a damaged package was taken in: {letter.path.name}")
        if _count(desk) != before:
            self.leaks.append("a refused package changed the register")

    def _inside(self, sender: Desk, reader: Desk, path: Path) -> Iterator[bytes]:
        scope = scope_of(sender, reader.agency, is_hub=reader is self.seats[0].desk)
        with container.open_sealed(path, list(circles.identities(reader.store.keyring))) as opened:
            found = manifest.decode(opened.manifest)
            for pairs in chunks(opened, found):
                for _, body, _ in pairs:
                    read = cs.decode(body)
                    if read.family != "agency" and read.family_id not in scope:
                        self.leaks.append(f"{read.family} {read.family_id.hex()} in {path.name}")
                    yield cs.id_of(body)

    # Faults ----------------------------------------------------------------------------------

    def back_up(self, n: int) -> None:
        """Keep a backup."""
        self.seats[n].backups.append(self.seats[n].desk.store.backup().path)
        self.happened["backup"] += 1

    def restore(self, n: int) -> None:
        """Put a backup back: what nobody else holds and no letter carries is gone by choice."""
        seat = self.seats[n]
        held = [path for path in seat.backups if path.exists()]
        if not held:
            return
        self.note(n)
        seat.desk.store.restore(self.random.choice(held))
        self._void(n)
        self.happened["restore"] += 1

    def image(self, n: int) -> None:
        """Save the whole machine, keys and all, let it work on, then put the image back."""
        seat = self.seats[n]
        copy = self.folder / "image"
        shutil.rmtree(copy, ignore_errors=True)
        seat.desk.store.close()
        shutil.copytree(seat.desk.folder, copy)
        self._reopen(seat)
        for act in ("enter", "edit", "edit"):
            self.write(n, act)
        reader = self.random.choice([r for r in range(len(self.seats)) if r != n])
        self.carry(self.post(n, reader))
        seat.desk.store.close()
        shutil.rmtree(seat.desk.folder)
        shutil.copytree(copy, seat.desk.folder)
        self._reopen(seat)
        self._void(n)
        self.happened["image"] += 1

    def twin(self, n: int) -> None:
        """Copy the machine, keys and all, and let the copy write too before it is put away."""
        seat = self.seats[n]
        place = self.folder / f"twin-{next(self.places)}"
        seat.desk.store.close()
        shutil.copytree(seat.desk.folder, place)
        self._reopen(seat)
        other = Desk(
            seat.desk.name, place, open_store(place, now=seat.desk.store.now), seat.desk.agency
        )
        real, seat.desk = seat.desk, other
        was = seat.noted
        self.write(n, "edit")
        reader = self.random.choice([r for r in range(len(self.seats)) if r != n])
        letter = self.post(n, reader)
        other.store.close()
        seat.desk, seat.noted = real, was
        self.write(n, "edit")
        self.carry(letter)
        self._void(n)
        self.happened["twin"] += 1

    def crash(self, letter: Letter) -> None:
        """The machine stops in the middle of an import; the register is opened again."""
        seat = self.seats[letter.reader]
        before = _count(seat.desk)

        def stop(*_args: object) -> None:
            raise KeyboardInterrupt

        try:
            joining.receive(seat.desk.store, letter.path, keep=True, look=stop)
        except (KeyboardInterrupt, AppError):
            self.happened["crash"] += 1
        self._reopen(seat)
        if _count(seat.desk) != before:
            self.leaks.append("a crash left half a package")

    def _reopen(self, seat: Seat) -> None:
        seat.desk.store.close()
        seat.desk.store = open_store(seat.desk.folder, now=self._clock(seat))

    def _void(self, n: int) -> None:
        """Strike out what only the register that was overwritten had held, whoever wrote it."""
        self.seats[n].noted = 0
        held = {i for seat in self.seats for i in _ids(seat.desk)}
        held |= {i for letter in self.letters if not letter.has_come for i in letter.holds}
        for seat in self.seats:
            gone = [set_id for set_id in seat.written if set_id not in held]
            for set_id in gone:
                del seat.written[set_id]
            self.happened["given up by a restore"] += len(gone)
        self.note(n)

    # The end ---------------------------------------------------------------------------------

    def come_together(self, rounds: int = 6) -> None:
        """Empty every drawer, exchange with everybody, let in what waits, until nothing moves."""
        for seat in self.seats:
            seat.off = timedelta()
        for letter in self.letters:
            if not letter.has_come:
                self.carry(letter)
        for _ in range(rounds):
            before = [_count(seat.desk) for seat in self.seats]
            for sender in range(len(self.seats)):
                for reader in range(len(self.seats)):
                    if sender != reader:
                        self.carry(self.post(sender, reader))
            for n, seat in enumerate(self.seats):
                self._let_in(seat.desk)
                self.note(n)
            if [_count(seat.desk) for seat in self.seats] == before:
                return

    def faults(self) -> list[str]:
        """Everything that is not as it must be."""
        found = list(self.leaks)
        for seat in self.seats:
            found += [f"{seat.desk.name}: {told}" for told in check(seat.desk.store).problems]
            found += [f"{seat.desk.name}: {told}" for told in hidden(seat.desk)]
        found += self._missing()
        return found

    def _missing(self) -> list[str]:
        """Ledger lines that do not stand where they concern somebody.

        Two offices that left each other out, unaware of it, go on apart: what one writes then
        concerns those whom it knows to have part. So each register is asked for its own view.
        """
        held = [_by_family(seat.desk) for seat in self.seats]
        anywhere = set[bytes]().union(*(ids for one in held for ids in one.values()))
        found = []
        for seat in self.seats:
            lost = seat.written.keys() - anywhere
            found += [f"{i.hex()} of {seat.desk.name} stands nowhere" for i in sorted(lost)]
        for n, seat in enumerate(self.seats):
            for m, other in enumerate(self.seats):
                scope = scope_of(seat.desk, other.desk.agency, is_hub=m == 0)
                for family, ids in held[n].items():
                    less = ids - held[m].get(family, set())
                    if less and (family in scope or _is_open(seat.desk, family)):
                        told = f"{len(less)} of {family.hex()} that {seat.desk.name} has"
                        found.append(f"{other.desk.name} lacks {told}")
        return found

    def close(self) -> None:
        """Let go of every file."""
        for seat in self.seats:
            seat.desk.store.close()


def scope_of(desk: Desk, agency: UUID, *, is_hub: bool) -> set[bytes]:
    """The closed families that concern a body, as plainly as they can be found."""
    found: set[bytes] = set()
    with desk.store.reading() as session:
        for party in session.exec(select(Party)):
            if party.agency_id == agency and party.is_live:
                found.add(party.regulation_id.bytes)
        for obligation in session.exec(select(Obligation)):
            if obligation.is_live and agency in (obligation.lead_id, *obligation.coordinating):
                found.add(obligation.aggregate()[1].bytes)
        for review in session.exec(select(Review)):
            if is_hub or agency in (review.host_id, *review.participants):
                found.add(review.id.bytes)
    return found


def hidden(desk: Desk) -> list[str]:
    """Values that stand by the definition itself and that the register does not hold as heads."""
    ops: list[Any] = []
    with desk.store.connection() as connection:
        records_: set[bytes] = set()
        for stored in log.all_sets(connection):
            if stored.state != log.APPLIED:
                continue
            for item in log.placed(stored.id, stored.read()):
                records_.add(item.record)
                key = (item.record, item.op.field)
                ops.append((item.id, key, tuple(item.op.parents), item.op.kind == REMOVE))
        stands = {key: heads for key, heads in brute_force(ops).items() if heads}
        known: dict[Any, set[bytes]] = {}
        for record in records_:
            for name, heads in log.heads_of(connection, record).items():
                if heads:
                    known[record, name] = set(heads)
    return [f"{key[1]} of {key[0].hex()}" for key in stands if known.get(key) != stands[key]]


def _is_open(desk: Desk, family: bytes) -> bool:
    with desk.store.reading() as session:
        return session.get(Agency, UUID(bytes=family)) is not None


def _by_family(desk: Desk) -> dict[bytes, set[bytes]]:
    found: dict[bytes, set[bytes]] = defaultdict(set)
    with desk.store.connection() as connection:
        rows = connection.exec_driver_sql("SELECT family_id, id FROM cset").all()
    for family, set_id in rows:
        found[family].add(set_id)
    return found


def _ids(desk: Desk) -> set[bytes]:
    with desk.store.connection() as connection:
        return set(connection.exec_driver_sql("SELECT id FROM cset").scalars())


def _count(desk: Desk) -> tuple[int, ...]:
    with desk.store.connection() as connection:
        return tuple(
            int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())
            for table in ("cset", "quarantine", "attachment")
        )


@contextmanager
def repeatable(seed: int) -> Iterator[Random]:
    """Random bytes of one seed, for ids too; only keys differ from run to run."""
    random = Random(seed)
    real = os.urandom
    os.urandom = random.randbytes
    try:
        yield random
    finally:
        os.urandom = real
