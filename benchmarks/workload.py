"""A register's worth of signed change sets, as a busy office would have written them.

Written straight into the log: through the forms a million changes would take hours to enter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from random import Random
from typing import Any

from app.journal import apply as applying
from app.journal import change_set as cs
from app.journal import keys, log
from app.journal.change_set import LIFE, SET, ChangeSet, Op, RecordOps
from app.models import LIVE
from app.store import Store, searching
from app.store.upgrade import CURRENT

PER_SET = 5
_AT_ONCE = 20_000
_WORDS = (
    "an ninh trật tự phối hợp báo cáo quý tháng công an sở y tế văn hóa thông tin trao đổi tình "
    "hình đấu tranh phòng chống tội phạm tuyên truyền pháp luật kiểm tra liên ngành cơ sở trường "
    "học bệnh viện doanh nghiệp khu vực biên giới tôn giáo dân tộc môi trường khoáng sản đất đai"
).split()
_LATER = ("title", "receiver", "product", "quote", "note")
_LATER_REGULATION = ("abstract", "field_of_work", "standing_unit", "focal_unit", "note")
_OBLIGATIONS = 97
"""Obligations of one regulation, beside its own record and its two parties: a hundred records."""
Item = tuple[bytes, bytes, bytes, ChangeSet]
Change = tuple[bytes, str, Any]
"""What a plain table would hold of one change: record, field, value."""


@dataclass
class Writer:
    """An office that writes: its register, and what it knows of every field's heads."""

    store: Store
    lead: bytes
    partner: bytes
    random: Random = field(default_factory=lambda: Random(7))
    heads: dict[tuple[bytes, str], bytes] = field(default_factory=dict)
    obligations: list[tuple[bytes, bytes]] = field(default_factory=list)  # obligation, regulation

    def new(self, records: int) -> Iterator[tuple[bytes, RecordOps]]:
        """Records with five fields each: (regulation, ops); a hundred to a regulation."""
        for _ in range(records // (_OBLIGATIONS + 3)):
            regulation = self._id()
            yield regulation, self._said("regulation", regulation, self._regulation())
            for agency, role in ((self.lead, "lead"), (self.partner, "coordinating")):
                told = {"regulation_id": regulation, "agency_id": agency, "role": role}
                yield regulation, self._said("party", self._id(), {LIFE: LIVE, **told})
            for _ in range(_OBLIGATIONS):
                obligation = self._id()
                self.obligations.append((obligation, regulation))
                yield regulation, self._said("obligation", obligation, self._obligation(regulation))

    def edits(self) -> Iterator[tuple[bytes, RecordOps]]:
        """Five fields of one obligation after another, in no order, for ever."""
        while True:
            for obligation, regulation in self.random.sample(
                self.obligations, len(self.obligations)
            ):
                told = {name: self.text(7) for name in _LATER}
                yield regulation, self._said("obligation", obligation, told)

    def written(self, parts: Iterator[tuple[bytes, RecordOps]]) -> Iterator[Item]:
        """One signed change set for each of *parts*, each following the one before."""
        store = self.store
        signer = store.keyring.signer(store.replica)
        with store.connection() as connection:
            tip = log.tip(connection, store.replica)
        seq, prev = tip.seq, tip.last
        for seq, (regulation, record) in enumerate(parts, tip.seq + 1):
            body = ChangeSet(
                cs.VERSION, store.replica, store.office, seq, prev, tip.lamport + seq,
                1_795_400_000_000 + seq, "Chuyên viên tổng hợp", "0.1.0", CURRENT, 1,
                self.random.randbytes(16), "Sửa nghĩa vụ", b"", "regulation", regulation, (record,),
            )  # fmt: skip
            raw = cs.encode(body)
            prev = cs.id_of(raw)
            for index, op in enumerate(record.ops):
                self.heads[record.record, op.field] = cs.op_id(prev, index)
            yield prev, raw, keys.sign(signer, prev), body
        store._note_outside(seq, prev)

    def keep(self, parts: Iterator[tuple[bytes, RecordOps]]) -> list[Change]:
        """Write *parts* into the register; returns the changes as a plain table would hold them."""
        items, changes = self.written(parts), []
        while some := list(islice(items, _AT_ONCE)):
            with self.store.exchanging() as connection:
                log.store_change_sets(connection, some, log.APPLIED)
                sets = [(set_id, body) for set_id, _, _, body in some]
                applying.apply(connection, sets)
                searching.index_changes(connection, sets)
            changes += [
                (record.record, op.field, op.value)
                for _, _, _, body in some
                for record in body.records
                for op in record.ops
            ]
        return changes

    def text(self, words: int) -> str:
        """Words that compress about as well as a clerk's do."""
        return " ".join(self.random.choices(_WORDS, k=words)).capitalize()

    def _said(self, entity: str, record: bytes, told: dict[str, Any]) -> RecordOps:
        ops = []
        for name, value in told.items():
            head = self.heads.get((record, name))
            ops.append(Op(name, SET, value, (head,) if head else ()))
        return RecordOps(entity, record, tuple(ops))

    def _regulation(self) -> dict[str, Any]:
        number = f"{self.random.randrange(900)}/QCPH"
        return {
            LIFE: LIVE,
            "number": number,
            "abstract": self.text(14),
            "field_of_work": self.text(3),
            "signed_on": "2025-03-12",
        }

    def _obligation(self, regulation: bytes) -> dict[str, Any]:
        return {
            LIFE: LIVE,
            "title": self.text(7),
            "regulation_id": regulation,
            "lead_id": self.lead,
            "product": self.text(7),
        }

    def _id(self) -> bytes:
        return self.random.randbytes(16)


def fill(writer: Writer, sets: int) -> list[Change]:
    """*sets* change sets over half as many records: each is entered and then revised."""
    changes = writer.keep(writer.new(sets // 2))
    return changes + writer.keep(islice(writer.edits(), sets // 2))
