"""Commands of the exchange: joining a circle, packages out and in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app import place
from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.errors import Refused
from app.models.states import ArrivalState
from app.registers.arrival import ArrivalLine
from app.registers.column import text_of
from app.registers.package import PackageLine
from app.services.any_kind import lookup
from app.services.any_kind.kinds import LISTED
from app.services.sync import arrival, dispatch, joining, membership, withdrawal
from app.services.sync.arrival import Arrival
from app.services.sync.joining import Peer
from app.services.sync.membership import MachineLine
from app.text import folded

_LEAST = 4  # letters of an id that are enough to name it


def init(desk: Desk, _asked: Asked) -> Answer:
    """Found a circle with this office as its hub."""
    made = joining.begin(desk.store)
    words = made.fingerprint()
    value = {"realm": made.realm, "hub": made.hub, "fingerprint": words}
    return Answer(value, f"Đã lập nhóm đồng bộ. Dấu nhận của nhóm: {words}")


def invite(desk: Desk, asked: Asked) -> Answer:
    """Write the invitation."""
    path = _may_be_written(Path(asked["TỆP"]))
    words = joining.invite(desk.store, path).fingerprint()
    said = f"Đã ghi thư mời {path}. Đọc qua điện thoại: {words}"
    return Answer({"path": path, "fingerprint": words}, said)


def join(desk: Desk, asked: Asked) -> Answer:
    """Answer an invitation with a request."""
    invited, path = Path(asked["THƯ_MỜI"]), _out(asked, "tệp xin tham gia")
    invitation = joining.look_at_invitation(invited)
    request = joining.ask(desk.store, invited, path)
    value = {
        "path": path,
        "hub": invitation.hub,
        "hub_fingerprint": invitation.fingerprint(),
        "fingerprint": request.fingerprint(),
    }
    text = plain.facts(
        [
            ("Đầu mối", invitation.hub),
            ("Dấu nhận của nhóm", invitation.fingerprint()),
            ("Dấu nhận của máy này", request.fingerprint()),
            ("Tệp xin tham gia", str(path)),
        ]
    )
    return Answer(value, text)


def admit(desk: Desk, asked: Asked) -> Answer:
    """Let the office of a request in; only the hub can."""
    path, approval = Path(asked["TỆP_XIN"]), _out(asked, "tệp chấp thuận")
    chosen = None
    if asked["--agency"]:
        with desk.store.reading() as session:
            text = ";".join(asked["--agency"])
            chosen = lookup.find_several(session, LISTED["agency"], text, today=desk.today)
    request = joining.admit(desk.store, path, approval, chosen)
    value = {"path": approval, "office": request.name, "fingerprint": request.fingerprint()}
    said = f"Đã chấp thuận {request.name} (dấu nhận {request.fingerprint()}), ghi {approval}."
    return Answer(value, said)


def accept(desk: Desk, asked: Asked) -> Answer:
    """Take in the hub's approval."""
    found = joining.accept(desk.store, Path(asked["TỆP_DUYỆT"]))
    names = [member.name for member in found.members]
    return Answer({"offices": names}, f"Đã vào nhóm đồng bộ: {', '.join(names)}.")


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
        nobody = "Chưa có văn phòng nào khác trong nhóm."
        return Answer(value, standing.trouble or nobody)
    titles = ("Mã", "Văn phòng", "Gửi", "Nhận", "Đã xác nhận", "Chờ gửi")
    return Answer(value, plain.table(titles, [_peer_row(peer) for peer in standing.peers]))


def export(desk: Desk, asked: Asked) -> Answer:
    """Make the next package for an office."""
    peer = _peer(desk, asked["--to"])
    out = Path(asked["--out"]) if asked["--out"] else None
    sent = dispatch.send(desk.store, peer.office, out, with_files=not asked["--no-files"])
    value = {
        "path": sent.path,
        "office": sent.name,
        "number": sent.number,
        "change_sets": sent.sets,
        "size": sent.size,
        "package": sent.package,
    }
    said = f"Gói số {sent.number} cho {sent.name}: {sent.sets} thay đổi. Đã ghi và đọc lại đúng: "
    return Answer(value, f"{said}{sent.path}")


def plan(desk: Desk, asked: Asked) -> Answer:
    """What would go to an office now, and why."""
    (going,) = dispatch.going(desk.store, [_peer(desk, asked["--to"]).office])
    rows = [(line.kind, text_of(line.count), line.why) for line in going.lines]
    head = f"Gói số {going.number} cho {going.name}: {going.sets} thay đổi."
    table = plain.table(("Loại hồ sơ", "Số", "Vì sao gửi"), rows) if rows else ""
    return Answer(going, "\n".join([head, *filter(None, [table]), *going.notes]))


def receive(desk: Desk, asked: Asked) -> Answer:
    """Look at a package; with --yes take it in."""
    path = Path(asked["TỆP"])
    found = arrival.look(desk.store, path)
    if asked["--preview"] or not asked["--yes"]:
        return Answer(_arrival_json(found, applied=False), _arrival_text(found, applied=False))
    if found.sweeping and not asked["--large"]:
        raise Refused(why=f"{found.sweeping} Hỏi bên gửi; nếu đúng thì nhận bằng: --yes --large")
    done = arrival.take(desk.store, path)
    return Answer(_arrival_json(done, applied=True), _arrival_text(done, applied=True))


def packages(desk: Desk, _asked: Asked) -> Answer:
    """Packages made and received."""
    found = membership.packages(desk.store)
    rows = [
        (line.id[:8], line.time, line.direction, line.office, str(line.number), line.state)
        for line in found
    ]
    titles = ("Mã", "Thời gian", "Chiều", "Văn phòng", "Số", "Tình trạng")
    return Answer(found, plain.table(titles, rows) if rows else "Chưa có gói nào.")


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


def machines(desk: Desk, _asked: Asked) -> Answer:
    """The machines of the circle."""
    found = membership.machines(desk.store)
    rows = [(line.id[:8], line.office, line.words, line.state) for line in found]
    titles = ("Mã", "Văn phòng", "Dấu nhận", "Tình trạng")
    return Answer(found, plain.table(titles, rows) if rows else "Chưa vào nhóm đồng bộ nào.")


def retire(desk: Desk, asked: Asked) -> Answer:
    """Say that a machine writes no more; only the hub can."""
    line = _machine(desk, asked["MÁY"])
    membership.retire(desk.store, bytes.fromhex(line.id))
    value = {"machine": line.id, "office": line.office}
    return Answer(value, f"Đã cho máy {line.id[:8]} của {line.office} thôi dùng.")


def _out(asked: Asked, what: str) -> Path:
    if not asked["--out"]:
        raise WrongUsage(f"Chưa ghi --out: nơi ghi {what}.")
    return _may_be_written(Path(asked["--out"]))


def _may_be_written(path: Path) -> Path:
    """*path*, before anything is done that the file is to tell of. Raises as `place.check`."""
    place.check(path)
    return path


def _peer(desk: Desk, text: str | None) -> Peer:
    if not text:
        raise WrongUsage("Chưa ghi --to: văn phòng nhận.")
    found = joining.peers(desk.store)
    words = folded(text)
    exact = [peer for peer in found if folded(peer.name) == words]
    near = exact or [
        peer
        for peer in found
        if words in folded(peer.name)
        or (len(text) >= _LEAST and peer.office.hex().startswith(text.lower()))
    ]
    if len(near) != 1:
        names = ", ".join(peer.name for peer in near or found)
        what = "Có nhiều văn phòng như vậy" if near else "Không có văn phòng này trong nhóm"
        raise Refused(why=f"{what}: {names or 'chưa vào nhóm nào'}.")
    return near[0]


def _package(desk: Desk, text: str) -> PackageLine:
    found = [line for line in membership.packages(desk.store) if _is_called(line.id, text)]
    if len(found) != 1:
        raise Refused(why=f"Không rõ gói nào có mã “{text}”. Xem: sync packages")
    return found[0]


def _machine(desk: Desk, text: str) -> MachineLine:
    found = [line for line in membership.machines(desk.store) if _is_called(line.id, text)]
    if len(found) != 1:
        raise Refused(why=f"Không rõ máy nào có mã “{text}”. Xem: sync machines")
    return found[0]


def _is_called(id_: str, text: str) -> bool:
    return len(text) >= _LEAST and id_.startswith(text.lower().replace("-", ""))


def _peer_json(peer: Peer) -> dict[str, Any]:
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


def _arrival_json(found: Arrival, *, applied: bool) -> dict[str, Any]:
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
    counts = "; ".join(f"{what.lower()} {n}" for what, n in found.counts.items())
    verb = "Đã nhận" if applied else "Xem trước"
    head = f"{verb} gói số {outcome.number} của {outcome.sender}: {counts or 'không có gì mới'}."
    rows = [
        (line.what, line.kind, line.name, line.about, line.clerk, line.time) for line in found.lines
    ]
    titles = ("Trong gói", "Loại", "Bản ghi", "Ô", "Người sửa", "Lúc")
    table = plain.table(titles, rows) if rows else ""
    foot = "" if applied else "Chưa có gì thay đổi. Nhận vào sổ: thêm --yes"
    alarms = [each.sentence for each in outcome.alarms]
    return "\n".join(filter(None, [head, found.sweeping, *alarms, table, foot]))


_TO = Option("--to", "VĂN_PHÒNG", "văn phòng nhận: tên, hoặc mã")
COMMANDS = (
    Command(
        "sync init",
        "lập nhóm đồng bộ, văn phòng này là đầu mối",
        init,
        example="sync init",
    ),
    Command(
        "sync invite",
        "ghi thư mời",
        invite,
        (Word("TỆP", "nơi ghi thư mời"),),
        example="sync invite moi-so-y-te.phm",
    ),
    Command(
        "sync join",
        "mở thư mời, ghi tệp xin tham gia (cũng để thay máy)",
        join,
        (Word("THƯ_MỜI", "thư mời của văn phòng đầu mối"),),
        (Option("--out", "TỆP", "nơi ghi tệp xin tham gia"),),
        example="sync join moi-so-y-te.phm --out xin.phr",
    ),
    Command(
        "sync admit",
        "chấp thuận văn phòng xin tham gia",
        admit,
        (Word("TỆP_XIN", "tệp xin tham gia"),),
        (
            Option("--out", "TỆP", "nơi ghi tệp chấp thuận"),
            Option("--agency", "CƠ_QUAN", "cơ quan trong sổ này mà văn phòng thay mặt", many=True),
        ),
        example="sync admit xin.phr --out duyet.pha --agency SYT",
    ),
    Command(
        "sync accept",
        "mở tệp chấp thuận",
        accept,
        (Word("TỆP_DUYỆT", "tệp chấp thuận"),),
        example="sync accept duyet.pha",
    ),
    Command(
        "sync peers",
        "các văn phòng trong nhóm",
        peers,
        example="sync peers",
    ),
    Command(
        "sync machines",
        "các máy trong nhóm và dấu nhận",
        machines,
        example="sync machines",
    ),
    Command(
        "sync retire",
        "cho một máy thôi dùng",
        retire,
        (Word("MÁY", "mã của máy"),),
        example="sync retire 5f0c9a1e",
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
