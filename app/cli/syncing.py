"""Commands of the exchange: packages out and in."""

from __future__ import annotations

from pathlib import Path

from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.joining import LEAST, is_called
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.errors import Refused
from app.models.states import ArrivalState
from app.registers.arrival import ArrivalLine
from app.registers.column import text_of
from app.registers.package import PackageLine
from app.services.sync import arrival, dispatch, joining, membership, withdrawal
from app.services.sync.arrival import Arrival
from app.services.sync.joining import Peer
from app.text import folded
from app.words import marked, told


def peers(desk: Desk, _asked: Asked) -> Answer:
    """The other offices of the circle."""
    standing = membership.of(desk.store)
    value = {
        "stage": standing.stage.value,
        "hub": standing.hub,
        "fingerprint": standing.words,
        "trouble": standing.trouble,
        "peers": [_peer_json(peer) for peer in standing.peers],
    }
    if not standing.peers:
        nobody = told("Chưa có văn phòng nào khác trong nhóm.")
        return Answer(value, standing.trouble or nobody)
    titles = marked(("Mã", "Văn phòng", "Gửi", "Nhận", "Đã xác nhận", "Chờ gửi"))
    return Answer(value, plain.table(titles, [_peer_row(peer) for peer in standing.peers]))


def export(desk: Desk, asked: Asked) -> Answer:
    """Make the next package for an office."""
    peer = _peer(desk, asked["--to"])
    out = Path(asked["--out"]) if asked["--out"] else None
    sent = dispatch.send(desk.store, peer.office, out, with_files=not asked.has("--no-files"))
    value = {
        "path": sent.path,
        "office": sent.name,
        "number": sent.number,
        "change_sets": sent.sets,
        "size": sent.size,
        "package": sent.package,
    }
    said = told(
        "Gói số {number} cho {name}: {sets} thay đổi. Đã ghi và đọc lại đúng: ",
        number=sent.number,
        name=sent.name,
        sets=sent.sets,
    )
    return Answer(value, f"{said}{sent.path}")


def plan(desk: Desk, asked: Asked) -> Answer:
    """What would go to an office now, and why."""
    (going,) = dispatch.going(desk.store, [_peer(desk, asked["--to"]).office])
    rows = [(line.kind, text_of(line.count), line.why) for line in going.lines]
    head = told(
        "Gói số {number} cho {name}: {sets} thay đổi.",
        number=going.number,
        name=going.name,
        sets=going.sets,
    )
    table = plain.table(marked(("Loại hồ sơ", "Số", "Vì sao gửi")), rows) if rows else ""
    return Answer(going, "\n".join([head, *filter(None, [table]), *going.notes]))


def receive(desk: Desk, asked: Asked) -> Answer:
    """Look at a package; with --yes take it in."""
    path = Path(asked["TỆP"])
    found = arrival.look(desk.store, path)
    if asked.has("--preview") or not asked.has("--yes"):
        return Answer(_arrival_json(found, applied=False), _arrival_text(found, applied=False))
    if found.sweeping and not asked.has("--large"):
        raise Refused(
            why=told(
                "{sweeping} Hỏi bên gửi; nếu đúng thì nhận bằng: --yes --large",
                sweeping=found.sweeping,
            )
        )
    done = arrival.take(desk.store, path)
    return Answer(_arrival_json(done, applied=True), _arrival_text(done, applied=True))


def packages(desk: Desk, _asked: Asked) -> Answer:
    """Packages made and received."""
    found = membership.packages(desk.store)
    rows = [
        (
            line.id[:8],
            line.time,
            told(line.direction),
            line.office,
            str(line.number),
            told(line.state),
        )
        for line in found
    ]
    titles = marked(("Mã", "Thời gian", "Chiều", "Văn phòng", "Số", "Tình trạng"))
    return Answer(found, plain.table(titles, rows) if rows else told("Chưa có gói nào."))


def withdraw(desk: Desk, asked: Asked) -> Answer:
    """Take a received package back."""
    line = _package(desk, asked["GÓI"])
    done = withdrawal.withdraw(desk.store, bytes.fromhex(line.id))
    value = {
        "put_back": done.put_back,
        "stay": len(done.stay),
        "freed": done.freed,
        "disputed": done.disputed,
    }
    return Answer(value, done.sentences())


def _peer(desk: Desk, text: str) -> Peer:
    if not text:
        raise WrongUsage("Chưa ghi --to: văn phòng nhận.")
    found = joining.peers(desk.store)
    words = folded(text)
    exact = [peer for peer in found if folded(peer.name) == words]
    near = exact or [
        peer
        for peer in found
        if words in folded(peer.name)
        or (len(text) >= LEAST and peer.office.hex().startswith(text.lower()))
    ]
    if len(near) != 1:
        names = ", ".join(peer.name for peer in near or found)
        what = (
            told("Có nhiều văn phòng như vậy")
            if near
            else told("Không có văn phòng này trong nhóm")
        )
        raise Refused(why=f"{what}: {names or told('chưa vào nhóm nào')}.")
    return near[0]


def _package(desk: Desk, text: str) -> PackageLine:
    found = [line for line in membership.packages(desk.store) if is_called(line.id, text)]
    if len(found) != 1:
        raise Refused(why=told("Không rõ gói nào có mã “{text}”. Xem: sync packages", text=text))
    return found[0]


def _peer_json(peer: Peer) -> dict[str, object]:
    return {
        "office": peer.office,
        "name": peer.name,
        "is_hub": peer.is_hub,
        "has_machine": peer.has_machine,
        "last_sent": peer.last_sent,
        "last_received": peer.last_received,
        "acknowledged": peer.acknowledged,
        "sent": peer.sent,
        "waiting": peer.waiting,
    }


def _peer_row(peer: Peer) -> tuple[str, ...]:
    known = f"{peer.acknowledged} / {peer.sent}"
    sent, got = peer.last_sent[:10], peer.last_received[:10]
    return peer.office.hex()[:8], peer.name, sent, got, known, text_of(peer.waiting)


def _arrival_json(found: Arrival, *, applied: bool) -> dict[str, object]:
    outcome = found.outcome
    return {
        "applied": applied,
        "package": outcome.package,
        "sender": outcome.sender,
        "number": outcome.number,
        "made": outcome.made,
        "again": outcome.is_again,
        "change_sets": outcome.sets,
        "known": outcome.known,
        "held": outcome.held,
        "acknowledged": outcome.acknowledged,
        "counts": {
            "new": len(_of(found, ArrivalState.NEW)),
            "changed": len(_of(found, ArrivalState.CHANGED)),
            "withdrawn": len(_of(found, ArrivalState.WITHDRAWN)),
            "conflicts": len(_of(found, ArrivalState.DISPUTED)),
            "quarantined": len(_of(found, ArrivalState.ASIDE)),
        },
        "sweeping": found.sweeping,
        "alarms": [{"code": each.code, "message": each.sentence} for each in outcome.alarms],
        "lines": found.lines,
    }


def _of(found: Arrival, what: str) -> list[ArrivalLine]:
    return [line for line in found.lines if line.what == what]


def _arrival_text(found: Arrival, *, applied: bool) -> str:
    outcome = found.outcome
    counts = "; ".join(f"{told(what).lower()} {n}" for what, n in found.counts.items())
    verb = told("Đã nhận") if applied else told("Xem trước")
    head = told(
        "{verb} gói số {number} của {sender}: {counts}.",
        verb=verb,
        number=outcome.number,
        sender=outcome.sender,
        counts=counts or told("không có gì mới"),
    )
    rows = [
        (line.what, line.kind, line.name, line.about, line.clerk, line.time) for line in found.lines
    ]
    titles = marked(("Trong gói", "Loại", "Bản ghi", "Ô", "Người sửa", "Lúc"))
    table = plain.table(titles, rows) if rows else ""
    foot = "" if applied else told("Chưa có gì thay đổi. Nhận vào sổ: thêm --yes")
    alarms = [each.sentence for each in outcome.alarms]
    return "\n".join(filter(None, [head, found.sweeping, *alarms, table, foot]))


_TO = Option("--to", "VĂN_PHÒNG", "văn phòng nhận: tên, hoặc mã")
COMMANDS = (
    Command(
        "sync peers",
        "các văn phòng trong nhóm",
        peers,
        example="sync peers",
    ),
    Command(
        "sync plan",
        "xem những gì sẽ gửi và vì sao",
        plan,
        options=(_TO,),
        example='sync plan --to "Sở Y tế"',
    ),
    Command(
        "sync export",
        "tạo gói cho một văn phòng",
        export,
        options=(
            _TO,
            Option("--out", "THƯ_MỤC", "chép một bản ra USB hoặc thư mục, đã đọc lại"),
            Option("--no-files", "", "không kèm tệp đính kèm"),
        ),
        example='sync export --to "Sở Y tế" --out usb',
    ),
    Command(
        "sync import",
        "xem trước một gói; --yes thì nhận vào sổ",
        receive,
        (Word("TỆP", "gói"),),
        (
            Option("--preview", "", "chỉ xem, kể cả khi có --yes"),
            Option("--yes", "", "nhận vào sổ"),
            Option("--large", "", "nhận cả gói rút hoặc sửa nhiều bản ghi"),
        ),
        example="sync import usb/goi.phx --yes",
    ),
    Command(
        "sync packages",
        "các gói đã gửi và đã nhận",
        packages,
        example="sync packages",
    ),
    Command(
        "sync withdraw",
        "rút một gói đã nhận",
        withdraw,
        (Word("GÓI", "mã của gói"),),
        example="sync withdraw 5f0c9a1e",
    ),
)
