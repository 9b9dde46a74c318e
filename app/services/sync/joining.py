"""Exchanging carried files with other offices: joining, sending, looking, receiving."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import msgspec
from nacl.signing import SigningKey
from sqlalchemy import Connection

from app import moments
from app.errors import Refused
from app.models import Agency
from app.progress import Progress, quiet
from app.services import agencies
from app.services.any_kind import records
from app.store import Store, facts
from app.sync import circle as circles
from app.sync import incoming, joining, links, outgoing, roster, stick
from app.sync.circle import Circle
from app.sync.incoming import Outcome
from app.sync.joining import Body, Invitation, Request
from app.sync.outgoing import Made, Plan
from app.sync.own_circle import circle_of, recall
from app.sync.refusal import PackageRefused
from app.sync.roster import Machine, Member, Roster
from app.words import kept, marked


@dataclass(frozen=True)
class Peer:
    """Another office as the room Đồng bộ shows it.

    `waiting` counts change sets that it has not yet received, as far as its receipts tell.
    """

    office: bytes
    name: str
    agencies: tuple[UUID, ...]
    is_hub: bool
    has_machine: bool
    last_sent: str
    last_received: str
    acknowledged: int
    sent: int
    waiting: int


def begin(store: Store) -> Invitation:
    """Found a circle with this office as its hub. Raises Refused where it is in one already."""
    _must_speak(store)
    recall(store)
    with store.exchanging() as connection:
        is_founder = circles.is_founder(store.keyring, store.office)
        if facts.get(connection, "realm") or is_founder:
            raise Refused(why="Văn phòng này đã ở trong một nhóm đồng bộ.")
        root = SigningKey.generate()
        store.keyring.keep(circles.root_name(store.office), bytes(root))
        realm = roster.realm_of(bytes(root.verify_key))
        me = Member(
            store.office,
            store.office_name,
            tuple(agency.bytes for agency in store.facts.agencies),
            (circles.machine(store.keyring, store.replica),),
            is_hub=True,
        )
        _keep(store, connection, Roster(1, realm, 1, _ms(store), "", (me,)), root)
        facts.put(connection, "realm", realm.hex())
    return invitation(store)


def invitation(store: Store) -> Invitation:
    """The invitation of this hub. Raises Refused where this office is no hub."""
    root = _root(store)
    public = bytes(root.verify_key)
    return Invitation(1, roster.realm_of(public), public, store.office_name, _ms(store))


def invite(store: Store, path: Path) -> Invitation:
    """Write the invitation file; its fingerprint is read out over the phone."""
    made = invitation(store)
    joining.write_invitation(path, made, _root(store))
    return made


def look_at_invitation(path: Path) -> Invitation:
    """An invitation, for its fingerprint to be heard first. Raises PackageRefused."""
    return joining.read_invitation(path)


def own_fingerprint(store: Store) -> str:
    """What this machine's keys are called over the phone, while it waits to be admitted."""
    machine = circles.machine(store.keyring, store.replica)
    return roster.fingerprint(machine.public, machine.recipient.encode())


def ask(store: Store, invited: Path, path: Path) -> Request:
    """Answer an invitation with a request. Raises PackageRefused or Refused."""
    _must_speak(store)
    found = joining.read_invitation(invited)
    with store.exchanging() as connection:
        known = facts.get(connection, "realm")
        if known and known != found.realm.hex():
            raise Refused(why="Văn phòng này đã ở trong một nhóm đồng bộ khác.")
        facts.put(connection, "realm", found.realm.hex())
    with store.reading() as session:
        speaking = records.by_id(session, Agency, store.facts.agencies).values()
        bodies = tuple(Body(a.id.bytes, a.name, a.short_name or "", a.code or "") for a in speaking)
    machine = circles.machine(store.keyring, store.replica)
    request = Request(1, found.realm, store.office, store.office_name, bodies, machine, _ms(store))
    joining.write_request(path, request, store.keyring.signer(store.replica))
    return request


def look_at_request(store: Store, path: Path) -> tuple[Request, dict[bytes, list[UUID]]]:
    """A request, and for each body it names the hub's own records that are likely the same.

    Under the office's own id stand those that it speaks for already.
    """
    circle = _must_circle(store)
    request = joining.read_request(path, circle.realm)
    known = circle.roster.member(request.office)
    with store.reading() as session:
        matches = {
            body.id: [a.id for a in agencies.find(session, body.name)]
            or [a.id for a in agencies.find(session, body.code or body.short_name or body.name)]
            for body in request.bodies
        }
        if known is not None:
            spoken = [UUID(bytes=id_) for id_ in known.agencies]
            found = records.by_id(session, Agency, spoken).values()
            matches[request.office] = [agency.id for agency in found if agency.is_live]
    return request, matches


def admit(
    store: Store, path: Path, approval: Path, chosen: Iterable[UUID] | None = None
) -> Request:
    """Let the office of the request in, and write its approval.

    *chosen* are the hub's records of its bodies; None takes the likely ones.
    """
    root = _root(store)
    circle = _must_circle(store)
    request, matches = look_at_request(store, path)
    ids = list(chosen) if chosen is not None else [i for found in matches.values() for i in found]
    with store.reading() as session:
        at_hub = {agency.id.bytes for agency in records.live(session, Agency)}
    speaks = joining.granted(circle.roster, request, [i.bytes for i in ids], at_hub)
    if not speaks:
        raise Refused(why="Chưa biết văn phòng này thay mặt cơ quan nào. Chọn cơ quan trước.")
    with store.exchanging() as connection:
        gone = _replaced(connection, circle, request)
        grown = joining.admitted(circle.roster, request, speaks, _ms(store), gone)
        _keep(store, connection, grown, root)
    joining.write_approval(approval, _must_circle(store).signed)
    return request


def accept(store: Store, path: Path) -> Roster:
    """Take in the hub's approval: from now on packages can be made and received."""
    with store.exchanging() as connection:
        realm = facts.get(connection, "realm")
        if not realm:
            raise PackageRefused("no_circle", path.name)
        found, signed = joining.read_approval(path, bytes.fromhex(realm))
        if found.member(store.office) is None:
            raise PackageRefused("wrong_addressee", path.name)
        links.keep_roster(connection, found, signed)
    circle_of(store)
    return found


def peers(store: Store) -> list[Peer]:
    """Every other office of the circle, the hub first."""
    circle = circle_of(store)
    if circle is None:
        return []
    with store.connection() as connection:
        found = [_peer(connection, circle, member) for member in circle.others()]
    return sorted(found, key=lambda peer: (not peer.is_hub, peer.name))


def plan(store: Store, office: bytes) -> Plan:
    """What would go to *office* now."""
    circle = _must_circle(store)
    with store.connection() as connection:
        return outgoing.plan(connection, circle, _member(circle, office), store.blobs)


def export(
    store: Store,
    office: bytes,
    out: Path | None = None,
    progress: Progress = quiet,
    *,
    with_files: bool = True,
) -> Made:
    """Make the next package for *office*; it stays in the outbox until acknowledged.

    With *out*, a verified copy is written there too. Without *with_files* no attached file goes
    along; the reader will ask for what it lacks.
    """
    circle = _must_circle(store)
    outbox = outbox_of(store)
    with store.exchanging(marked("tạo gói")) as connection:
        member, blobs = _member(circle, office), store.blobs
        chosen = outgoing.plan(connection, circle, member, blobs if with_files else None)
        made = outgoing.write(
            connection,
            circle,
            chosen,
            outbox=outbox,
            now=store.now(),
            progress=progress,
            blobs=blobs,
        )
    store.announce("")
    if out is not None:
        stick.copy_out(made.path, out)
    return made


def receive(
    store: Store,
    path: Path,
    *,
    keep: bool,
    progress: Progress = quiet,
    look: Callable[[Connection, Outcome], object] | None = None,
) -> Outcome:
    """Look at a package (*keep* False: nothing changes) or take it in.

    *look* sees the register as the package makes it, before that is kept or dropped. Raises
    PackageRefused, with nothing changed.
    """
    circle = _must_circle(store)
    with store.exchanging(marked("nhận gói")) as connection:
        outcome = incoming.receive(
            connection,
            path,
            circle,
            now=store.now(),
            progress=progress,
            blobs=store.blobs,
            keep=keep,
        )
        if look is not None:
            look(connection, outcome)
        if not keep:
            connection.rollback()
    if keep and outcome.is_mine_doubled:
        # Its numbers have been used by somebody: it may give none of them again.
        store.renew_replica()
        circle_of(store)
    if keep and not outcome.is_again:
        store.announce(kept("Nhận gói của {sender}", sender=outcome.sender))
    return outcome


def outbox_of(store: Store) -> Path:
    """Where packages wait until they are acknowledged."""
    return store.folder.path / "outbox"


def _peer(connection: Connection, circle: Circle, member: Member) -> Peer:
    machine = circle.current(member)
    rows = [row for row in links.packages(connection) if row.office == member.office]
    sent = [row for row in rows if row.is_ours]
    got = [row for row in rows if not row.is_ours]
    waiting = 0
    if machine is not None:
        waiting = outgoing.plan(connection, circle, member).sets
    return Peer(
        office=member.office,
        name=member.name,
        agencies=tuple(UUID(bytes=agency) for agency in member.agencies),
        is_hub=member.is_hub,
        has_machine=machine is not None,
        last_sent=sent[0].at if sent else "",
        last_received=got[0].at if got else "",
        acknowledged=max((r.number for r in sent if r.state == links.ACKNOWLEDGED), default=0),
        sent=max((r.number for r in sent), default=0),
        waiting=waiting,
    )


def _replaced(connection: Connection, circle: Circle, request: Request) -> tuple[Machine, ...]:
    """The machines that the asking office had, each retired at its last number seen here.

    Raises Refused for a request that a machine since retired had made.
    """
    known = circle.roster.member(request.office)
    if known is None:
        return ()
    asked = circle.machine(request.machine.replica)
    if asked is not None and asked[1].retired_at is not None:
        raise Refused(
            why="Tệp xin tham gia này của một máy đã thôi dùng. Đề nghị văn phòng tạo tệp mới."
        )
    gone: list[Machine] = []
    for replica in circle.incarnations(known):
        machine = circle.machine(replica)
        if machine is None or replica == request.machine.replica:
            continue
        listed = circle.roster.machine(replica)
        at = links.last_number(connection, replica)
        if listed is not None and listed[1].retired_at is not None:
            at = listed[1].retired_at
        gone.append(msgspec.structs.replace(machine[1], retired_at=at))
    return tuple(gone)


def _keep(store: Store, connection: Connection, found: Roster, root: SigningKey) -> None:
    del store
    links.keep_roster(connection, found, roster.sign(found, root))


def _member(circle: Circle, office: bytes) -> Member:
    found = circle.roster.member(office)
    if found is None or office == circle.office:
        raise Refused(why="Không có văn phòng này trong nhóm đồng bộ.")
    return found


def _must_circle(store: Store) -> Circle:
    found = circle_of(store)
    if found is None:
        raise PackageRefused("no_circle", "")
    return found


def _must_speak(store: Store) -> None:
    if not store.facts.name or not store.facts.agencies:
        raise Refused(
            why="Chưa đặt tên văn phòng và cơ quan mà văn phòng thay mặt. Vào Cài đặt để đặt."
        )


def _root(store: Store) -> SigningKey:
    found = circles.root_key(store.keyring, store.office)
    if found is None:
        raise Refused(why="Chỉ văn phòng đầu mối làm được việc này, trên máy giữ khóa của nhóm.")
    return found


def _ms(store: Store) -> int:
    return moments.milliseconds(store.now())
