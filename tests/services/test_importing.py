"""Accepting a proposal: what is taken for what, what is one instrument, what is refused."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from app.errors import InvalidFields, Refused
from app.importers.proposal import (
    BasisProposal,
    DocumentProposal,
    ImportProposal,
    ProvisionProposal,
    ReplacedProposal,
)
from app.journal.keys import Keyring
from app.models import Agency, AgencyName, LegalDocument, Party, Provision, Regulation, Relation
from app.models.values import Value
from app.services.any_kind import records
from app.services.regulation import importing, regulations
from app.services.regulation.binding import Parties
from app.services.regulation.body_matching import KnownBodies, kind_of_body, proper_name
from app.services.regulation.importing import Correction
from app.services.regulation.provisions import tree_of
from app.store import Store

SIGNED = date(2020, 5, 20)


@pytest.fixture
def store(tmp_path: Path):
    opened = Store(tmp_path / "office", keyring=Keyring(tmp_path / "keys"))
    yield opened
    opened.close()


@pytest.fixture
def known(store: Store):
    with store.changing("Ghi cơ quan") as session:
        police = records.enter(
            session, Agency, {"name": "Công an tỉnh Lam Sơn", "code": "CAT", "kind": "police"}
        )
        old: dict[str, Value] = {"name": "Sở Xây dựng", "valid_to": date(2025, 2, 28)}
        new: dict[str, Value] = {"name": "Sở Xây dựng", "valid_from": date(2025, 3, 1)}
        before, after = (records.enter(session, Agency, values) for values in (old, new))
        records.enter(
            session,
            AgencyName,
            {"agency_id": police.id, "name": "Ty Công an", "valid_to": date(1990, 1, 1)},
        )
    return {"police": police.id, "before": before.id, "after": after.id}


@pytest.fixture
def file(tmp_path: Path):
    def write(*documents: DocumentProposal, lines: tuple[str, ...] = ()) -> ImportProposal:
        path = tmp_path / "van-ban.txt"
        path.write_text("nội dung", encoding="utf-8")
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        return ImportProposal(path, sha256, path.stat().st_size, documents, lines, ())

    return write


def paper(**changed) -> DocumentProposal:
    values = {
        "form": "regulation",
        "title": "QUY CHẾ",
        "number": "12/QCPH",
        "signed_on": SIGNED,
        "place": "Lam Sơn",
        "bodies": ("CÔNG AN TỈNH", "Sở Y tế"),
        "superior": "",
        "abstract": "Phối hợp bảo vệ bệnh viện",
        "basis": (),
        "replaces": (),
        "effective_text": "",
        "effective_on": None,
        "provisions": (article("1"),),
        "recipients": (),
        "signers": ("Giám đốc",),
        "warnings": (),
        "first_line": 0,
        "last_line": 1,
    }
    return DocumentProposal(**{**values, **changed})


def article(number: str) -> ProvisionProposal:
    return ProvisionProposal("article", number, f"Tiêu đề {number}", "")


def test_a_shortened_name_means_the_one_body_that_goes_on_from_it(store, known):
    with store.reading() as session:
        bodies = KnownBodies(session)
        assert bodies.match("CÔNG AN TỈNH", SIGNED).agency_id == known["police"]
        assert bodies.match("Ty Công an", SIGNED).agency_id == known["police"]
        assert bodies.match("Sở Y tế", SIGNED).agency_id is None
        assert bodies.match("Công an", SIGNED).agency_id is None


@pytest.mark.parametrize(
    ("day", "which"), [(SIGNED, "before"), (date(2025, 6, 1), "after"), (None, "after")]
)
def test_of_two_bodies_of_one_name_the_one_at_work_that_day_signed(store, known, day, which):
    with store.reading() as session:
        assert KnownBodies(session).match("SỞ XÂY DỰNG", day).agency_id == known[which]


@pytest.mark.parametrize(
    ("written", "proper", "kind"),
    [
        ("SỞ Y TẾ TỈNH LAM SƠN", "Sở Y tế tỉnh Lam Sơn", "department"),
        ("ỦY BAN NHÂN DÂN TỈNH LAM SƠN", "Ủy ban nhân dân tỉnh Lam Sơn", "committee"),
        ("Tòa án nhân dân tỉnh", "Tòa án nhân dân tỉnh", "judicial"),
        ("BỘ CHỈ HUY QUÂN SỰ TỈNH LAM SƠN", None, "military"),
        ("Liên đoàn Lao động tỉnh", "Liên đoàn Lao động tỉnh", "front"),
        ("Bộ Công an", "Bộ Công an", "central"),
        ("Công an tỉnh", "Công an tỉnh", "police"),
        ("Tỉnh ủy Lam Sơn", "Tỉnh ủy Lam Sơn", "party"),
    ],
)
def test_capitals_of_a_letterhead_become_a_name(written, proper, kind):
    assert proper is None or proper_name(written) == proper
    assert kind_of_body(proper_name(written)) == kind


def test_a_paper_keeps_the_names_it_was_signed_under(store, known, file):
    saved = importing.accept(store, file(paper(bodies=("Ty Công an", "Sở Y tế")))).saved[0]
    with store.reading() as session:
        parties = {p.role: p for p in records.live(session, Party)}
    assert parties["lead"].agency_id == known["police"]
    assert parties["lead"].name_as_signed == "Ty Công an"
    assert saved.regulation.standing == "in_force"


def test_a_decision_and_what_it_encloses_are_one_instrument(store, file):
    decision = paper(
        form="decision",
        title="QUYẾT ĐỊNH",
        number="15/2020/QĐ-UBND",
        bodies=("Ủy ban nhân dân tỉnh", "Công an tỉnh", "Sở Y tế"),
        provisions=(article("1"), article("2")),
    )
    enclosed = paper(
        number="15/2020/QĐ-UBND", provisions=(article("1"), article("2"), article("3"))
    )
    accepted = importing.accept(store, file(decision, enclosed))
    (saved,) = accepted.saved
    assert (saved.regulation.form, saved.provisions) == ("decision", 6)
    assert "Ủy ban nhân dân tỉnh" in (saved.regulation.note or "")
    with store.reading() as session:
        top = [node.provision for node in tree_of(session, saved.regulation.id)]
        roles = [line.name for line in regulations.parties_of(session, saved.regulation.id)]
    assert [(p.kind, p.number) for p in top] == [
        ("article", "1"),
        ("article", "2"),
        ("article", "3"),
        ("part", ""),
    ]
    assert roles == ["Công an tỉnh", "Sở Y tế"]


def test_two_papers_of_different_numbers_are_two(store, file):
    accepted = importing.accept(store, file(paper(), paper(number="13/QCPH")))
    assert [saved.regulation.number for saved in accepted.saved] == ["12/QCPH", "13/QCPH"]


def test_only_what_is_chosen_is_saved(store, file):
    accepted = importing.accept(store, file(paper(), paper(number="13/QCPH")), [1])
    assert [saved.regulation.number for saved in accepted.saved] == ["13/QCPH"]


def test_a_basis_is_found_however_it_is_spelt(store, file):
    with store.changing("x") as session:
        values: dict[str, Value] = {
            "number": "77/2010/NĐ-CP",
            "kind": "decree",
            "issued_on": date(2010, 7, 12),
        }
        decree = records.enter(session, LegalDocument, values)
    lines = (
        BasisProposal("Căn cứ Nghị định 77/NĐ-CP;", "77/NĐ-CP", None, "decree", "Chính phủ"),
        BasisProposal("Căn cứ Luật An ninh quốc gia;", "", None, "law", ""),
        BasisProposal("Căn cứ Luật An ninh quốc gia;", "", None, "law", ""),
        BasisProposal("Theo đề nghị của Giám đốc Sở", "", None, "proposal", ""),
    )
    accepted = importing.accept(store, file(paper(basis=lines)))
    with store.reading() as session:
        basis = regulations.basis_of(session, accepted.saved[0].regulation.id)
        assert len(records.live(session, LegalDocument)) == 2
    assert [d.number for d in basis] == [decree.number, "Luật An ninh quốc gia"]
    assert accepted.new_documents == ["Luật An ninh quốc gia"]


def test_what_is_replaced_is_found_by_number_and_day(store, file):
    older = paper(number="190", signed_on=date(2014, 9, 5))
    importing.accept(store, file(older))
    same_number = paper(number="190", signed_on=date(2001, 1, 1))
    importing.accept(store, file(same_number))
    replaced = ReplacedProposal("Quy chế số 190", "190", date(2014, 9, 5), "partly")
    accepted = importing.accept(store, file(paper(replaces=(replaced,))))
    with store.reading() as session:
        (link,) = records.live(session, Relation)
        target = records.get(session, Regulation, link.older_id)
    assert (link.kind, target.signed_on) == ("replaces_partly", date(2014, 9, 5))
    assert not [w for w in accepted.warnings if "Chưa thấy" in w]


def test_a_correction_wins_over_what_was_read(store, known, file):
    correction = Correction(
        {"number": "99/QCPH", "field_of_work": "Y tế"},
        Parties(known["before"], (known["police"],)),
    )
    saved = importing.accept(store, file(paper()), corrections={0: correction}).saved[0]
    assert (saved.regulation.number, saved.regulation.field_of_work) == ("99/QCPH", "Y tế")
    with store.reading() as session:
        lead = [p.agency_id for p in records.live(session, Party) if p.role == "lead"]
        assert len(records.live(session, Agency)) == 3, "no body was made that nobody wanted"
    assert lead == [known["before"]]


def test_a_wrong_correction_saves_nothing(store, file):
    wrong = {0: Correction({"effective_on": date(2019, 1, 1)})}
    with pytest.raises(InvalidFields):
        importing.accept(store, file(paper()), corrections=wrong)
    with store.reading() as session:
        assert not records.live(session, Regulation)
        assert not records.live(session, Agency)
        assert not records.live(session, Provision)


def test_an_effective_day_before_signing_is_left_out(store, file):
    saved = importing.accept(store, file(paper(effective_on=date(2019, 1, 1)))).saved[0]
    assert saved.regulation.effective_on is None


def test_a_file_that_changed_since_it_was_read_is_refused(store, file):
    proposal = file(paper())
    proposal.path.write_text("khác", encoding="utf-8")
    with pytest.raises(Refused, match="đã thay đổi sau khi đọc"):
        importing.accept(store, proposal)
    with store.reading() as session:
        assert not records.live(session, Regulation)


@pytest.mark.parametrize("stamp", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", " (MẬT) "])
def test_a_stamp_of_secrecy_is_refused(store, file, stamp):
    with pytest.raises(Refused, match="không lưu nội dung mật"):
        importing.accept(store, file(paper(), lines=("BỘ X", stamp)))


def test_a_word_about_secrets_is_no_stamp(store, file):
    importing.accept(store, file(paper(), lines=("Mật", "Bảo vệ bí mật nhà nước")))


def test_many_bodies_under_one_word_are_not_a_body(store, file):
    accepted = importing.accept(store, file(paper(bodies=("Công an tỉnh", "Các sở, ban, ngành"))))
    assert accepted.new_agencies == ["Công an tỉnh"]
    assert any("là nhiều cơ quan" in warning for warning in accepted.warnings)


def test_an_empty_file_has_nothing_to_accept(store, file):
    with pytest.raises(Refused, match="không có văn bản nào"):
        importing.accept(store, file())


def test_a_backup_is_made_first(store, file):
    importing.accept(store, file(paper()))
    assert [backup.reason for backup in store.all_backups()] == ["import"]
