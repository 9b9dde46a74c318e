"""Commands of the exchange: founding a circle, coming into it, its machines."""

from __future__ import annotations

from pathlib import Path

from app import place
from app.cli import plain
from app.cli.desk import Answer, Desk
from app.cli.usage import Asked, Command, Option, Word, WrongUsage
from app.errors import Refused
from app.services.any_kind import lookup
from app.services.any_kind.kinds import LISTED
from app.services.sync import joining, membership
from app.services.sync.membership import MachineLine
from app.words import marked, told

LEAST = 4  # letters of an id that are enough to name it


def init(desk: Desk, _asked: Asked) -> Answer:
    """Found a circle with this office as its hub."""
    made = joining.begin(desk.store)
    words = made.fingerprint()
    value = {"realm": made.realm, "hub": made.hub, "fingerprint": words}
    return Answer(value, told("Đã lập nhóm đồng bộ. Dấu nhận của nhóm: {words}", words=words))


def invite(desk: Desk, asked: Asked) -> Answer:
    """Write the invitation."""
    path = _may_be_written(Path(asked["TỆP"]))
    words = joining.invite(desk.store, path).fingerprint()
    said = told("Đã ghi thư mời {path}. Đọc qua điện thoại: {words}", path=path, words=words)
    return Answer({"path": path, "fingerprint": words}, said)


def join(desk: Desk, asked: Asked) -> Answer:
    """Answer an invitation with a request."""
    invited, path = Path(asked["THƯ_MỜI"]), _out(asked, told("tệp xin tham gia"))
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
            (told("Đầu mối"), invitation.hub),
            (told("Dấu nhận của nhóm"), invitation.fingerprint()),
            (told("Dấu nhận của máy này"), request.fingerprint()),
            (told("Tệp xin tham gia"), str(path)),
        ]
    )
    return Answer(value, text)


def admit(desk: Desk, asked: Asked) -> Answer:
    """Let the office of a request in; only the hub can."""
    path, approval = Path(asked["TỆP_XIN"]), _out(asked, told("tệp chấp thuận"))
    chosen = None
    if asked.many("--agency"):
        with desk.store.reading() as session:
            text = ";".join(asked.many("--agency"))
            chosen = lookup.find_several(session, LISTED["agency"], text, today=desk.today)
    request = joining.admit(desk.store, path, approval, chosen)
    value = {"path": approval, "office": request.name, "fingerprint": request.fingerprint()}
    said = told(
        "Đã chấp thuận {name} (dấu nhận {fingerprint}), ghi {approval}.",
        name=request.name,
        fingerprint=request.fingerprint(),
        approval=approval,
    )
    return Answer(value, said)


def accept(desk: Desk, asked: Asked) -> Answer:
    """Take in the hub's approval."""
    found = joining.accept(desk.store, Path(asked["TỆP_DUYỆT"]))
    names = [member.name for member in found.members]
    return Answer({"offices": names}, told("Đã vào nhóm đồng bộ: {names}.", names=", ".join(names)))


def machines(desk: Desk, _asked: Asked) -> Answer:
    """The machines of the circle."""
    found = membership.machines(desk.store)
    rows = [(line.id[:8], line.office, line.words, told(line.state)) for line in found]
    titles = marked(("Mã", "Văn phòng", "Dấu nhận", "Tình trạng"))
    return Answer(found, plain.table(titles, rows) if rows else told("Chưa vào nhóm đồng bộ nào."))


def retire(desk: Desk, asked: Asked) -> Answer:
    """Say that a machine writes no more; only the hub can."""
    line = _machine(desk, asked["MÁY"])
    membership.retire(desk.store, bytes.fromhex(line.id))
    value = {"machine": line.id, "office": line.office}
    return Answer(
        value, told("Đã cho máy {id} của {office} thôi dùng.", id=line.id[:8], office=line.office)
    )


def _out(asked: Asked, what: str) -> Path:
    if not asked["--out"]:
        raise WrongUsage(told("Chưa ghi --out: nơi ghi {what}.", what=what))
    return _may_be_written(Path(asked["--out"]))


def _may_be_written(path: Path) -> Path:
    """*path*, before anything is done that the file is to tell of. Raises as `place.check`."""
    place.check(path)
    return path


def _machine(desk: Desk, text: str) -> MachineLine:
    found = [line for line in membership.machines(desk.store) if is_called(line.id, text)]
    if len(found) != 1:
        raise Refused(why=told("Không rõ máy nào có mã “{text}”. Xem: sync machines", text=text))
    return found[0]


def is_called(id_: str, text: str) -> bool:
    """Whether *text* names what has the id *id_*: enough of its first letters."""
    return len(text) >= LEAST and id_.startswith(text.lower().replace("-", ""))


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
)
