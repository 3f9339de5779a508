"""Events of the grid: reported where they were seen, offered to the post of the cell, and moved on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.cases.queries.steps_of_events import part_offered
from linli.cases.services import assigning, routing
from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.services.photos import hang_photos
from linli.cases.types import AssignmentRole, Channel
from linli.cases.types.moves import At, Done, Given, To
from linli.grid import permits
from linli.grid.models import Sighting
from linli.grid.queries.cells import find_layer, is_cell_of
from linli.grid.queries.posts import post_of_cell
from linli.grid.queries.rounds import case_of_uuid
from linli.grid.rules.stepping import wish_of
from linli.grid.services.steps import NO_PHOTOS, shown_by
from linli.grid.types import EVENT, CellKey, Matter, Reported, Sight
from linli.grid.types.sending import Sent
from linli.grid.types.subclasses import FiledAs
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.locks import hold
from linli.kernel.permits import Actor, open_to_all, require, system_actor
from linli.kernel.texts import clean_text
from linli.places import queries as places
from linli.places import services as register

if TYPE_CHECKING:
    from linli.places.models import Place

SENDER = system_actor("grid.send")
MOST_SIGNS = 2000
BY_MOVE = "each move names its permit, which the engine requires at the case's place and level"


@transaction.atomic
def report_event(
    place: Place,
    cell: CellKey,
    sight: Sight,
    *,
    uuid: UUID | None = None,
    actor: Actor,
    now: datetime,
) -> Reported:
    """Open a case for what was seen in a cell; it is offered to the post that looks after the cell.

    The same uuid, made on the phone, opens one case. Refuses with NotAllowed, Ended, Invalid.
    """
    require(actor, permits.WORK, at=place.path)
    register.refuse_ended(place)
    if uuid is not None and (known := _known(uuid, place.path)) is not None:
        return known
    part = _check(place, cell, sight)
    chain = tuple(places.chain_of(sight.part_code or place.code))
    opened = open_case(
        Opening(
            EVENT, chain, Channel.PATROL, matter=sight.matter, point=sight.point,
            title=sight.text, uuid=uuid,
            given=Given(internal={"note": clean_text(sight.text)}, facts={"cell": cell.code}),
        ),
        actor=actor, now=now,
    )  # fmt: skip
    Sighting.objects.create(
        case_id=opened.held.id, path=place.path, layer=find_layer(cell.layer),
        cell_code=cell.code, part=part, seen_at=sight.seen_at or now,
    )  # fmt: skip
    hang_photos(
        sight.photos.codes, case_id=opened.held.id, seq=1, place=chain[-1].path, actor=actor, now=now,
        held=sight.photos.held,
    )  # fmt: skip
    _send(opened, place, cell, now=now)
    return Reported(opened.held.id, opened.held.number)


def _known(uuid: UUID, path: str) -> Reported | None:
    """Return the case that this uuid opened in the village before. Refuses with Invalid for another's."""
    hold("grid.event", uuid)
    found = case_of_uuid(uuid)
    if found is None:
        return None
    case_id, number, where = found
    if where != path:
        raise Invalid({"uuid": [_("This was used for another case. Send it again from the page.")]})
    return Reported(case_id, number, is_repeated=True)


def _check(place: Place, cell: CellKey, sight: Sight) -> Place | None:
    faults: dict[str, list[str]] = {}
    if not is_cell_of(place, cell):
        faults["cell"] = [_("No cell of today has this code here.")]
    if sight.matter not in {str(one) for one in Matter}:
        faults["matter"] = [_("Choose what it is about.")]
    if not clean_text(sight.text).strip():
        faults["text"] = [_("Say in a few words what you see.")]
    elif len(sight.text) > MOST_SIGNS:
        faults["text"] = [_("At most %(most)s characters.") % {"most": MOST_SIGNS}]
    part = None
    if sight.part_code:
        part = places.all_places(with_invented=True).filter(code=sight.part_code).first()
        if part is None or not part.path.startswith(place.path):
            faults["part_code"] = [_("This building or group is not in the village.")]
    if faults:
        raise Invalid(faults)
    return part


def _send(opened: Opened, place: Place, cell: CellKey, *, now: datetime) -> None:
    """Offer a case to the post of its cell; without one the rules of routing send it."""
    found = post_of_cell(place.path, cell, now)
    if found is None:
        routing.send(opened.held.id, actor=SENDER, now=now)
        return
    to = To(AssignmentRole.LEAD, found.org_id, found.post_id)
    assigning.offer(At(opened.held.id), to, actor=SENDER, now=now)


@open_to_all(BY_MOVE)
def verify_event(
    at: At, *, note: str = "", photos: Sent = NO_PHOTOS, actor: Actor, now: datetime
) -> Done:
    """Say that it is as reported. Refuses as `perform`, and with PhotoGone."""
    return _move(at, "verify", note, photos, actor=actor, now=now)


@open_to_all(BY_MOVE)
def file_event(
    at: At, *, note: str = "", photos: Sent = NO_PHOTOS, filed: FiledAs | None = None,
    actor: Actor, now: datetime,
) -> Done:  # fmt: skip
    """File it, as a sub-class or by its matter alone: its term to be disposed of begins (GR-01).

    Refuses as `perform`, and with Invalid, PhotoGone.
    """
    return _move(at, "file", note, photos, filed=filed, actor=actor, now=now)


@open_to_all(BY_MOVE)
def start_event(
    at: At, *, note: str = "", photos: Sent = NO_PHOTOS, actor: Actor, now: datetime
) -> Done:
    """Begin with it. Refuses as `perform`, and with PhotoGone."""
    return _move(at, "start", note, photos, actor=actor, now=now)


@open_to_all(BY_MOVE)
def settle_event(
    at: At, *, note: str = "", photos: Sent = NO_PHOTOS, actor: Actor, now: datetime
) -> Done:
    """Settle it on the spot; a word or a photo of what was done is the evidence. Refuses as `perform`, and with PhotoGone."""
    return _move(at, "settle", note, photos, actor=actor, now=now)


@open_to_all(BY_MOVE)
def dispose_event(
    at: At, *, note: str = "", photos: Sent = NO_PHOTOS, actor: Actor, now: datetime
) -> Done:
    """Say or show what was done. Refuses as `perform`, and with PhotoGone."""
    return _move(at, "dispose", note, photos, actor=actor, now=now)


@open_to_all(BY_MOVE)
def pass_check(
    at: At, *, note: str = "", photos: Sent = NO_PHOTOS, actor: Actor, now: datetime
) -> Done:
    """Close what was checked and is in order (GR-03). Refuses as `perform`, and with PhotoGone."""
    return _move(at, "pass_check", note, photos, actor=actor, now=now)


@open_to_all(BY_MOVE)
def send_back(
    at: At, *, note: str = "", photos: Sent = NO_PHOTOS, actor: Actor, now: datetime
) -> Done:
    """Let it be done once more, with the reason (GR-03). Refuses as `perform`, and with PhotoGone."""
    return _move(at, "rework", note, photos, actor=actor, now=now)


@transaction.atomic
def _move(
    at: At, move: str, note: str, photos: Sent, *, filed: FiledAs | None = None, actor: Actor,
    now: datetime,
) -> Done:  # fmt: skip
    done = perform(wish_of(at, move, note, photos, filed), actor=actor, now=now)
    return shown_by(done, photos, actor=actor, now=now)


MOVES = {
    "verify": verify_event,
    "file": file_event,
    "start": start_event,
    "settle": settle_event,
    "dispose": dispose_event,
    "pass_check": pass_check,
    "rework": send_back,
}


@open_to_all(BY_MOVE)
@transaction.atomic
def make_move(
    at: At, move: str, *, note: str, photos: Sent = NO_PHOTOS, actor: Actor, now: datetime
) -> Done:
    """Make a step by its name, for pages and phones; `take` accepts what is offered to one's post.

    Refuses as `perform`, and with NotFound, PhotoGone.
    """
    if move == "take":
        done = take_offer(at, actor=actor, now=now)
        return shown_by(done, photos, actor=actor, now=now)
    if move not in MOVES:
        raise NotFound(move=move)
    return MOVES[move](at, note=note, photos=photos, actor=actor, now=now)


@open_to_all(BY_MOVE)
def make_queued(
    at: At, move: str, *, note: str, photos: Sent = NO_PHOTOS, filed: FiledAs | None = None,
    actor: Actor, now: datetime,
) -> Done:  # fmt: skip
    """Make a step that a phone kept, as `make_move` does, in the running transaction.

    `filed` says as which sub-class it is filed, for the step that files.

    Without photos it refuses before it writes, so it needs no transaction of its own. Refuses as `make_move`.
    """
    if move != "take" and move not in MOVES:
        raise NotFound(move=move)
    if move == "take":
        done = take_offer(at, actor=actor, now=now)
    else:
        done = perform(wish_of(at, move, note, photos, filed), actor=actor, now=now)
    return shown_by(done, photos, actor=actor, now=now)


@open_to_all("only the post itself accepts, as assigning checks")
def take_offer(at: At, *, actor: Actor, now: datetime) -> Done:
    """Accept what is offered to one of the actor's posts. Refuses with NotTheLead."""
    number = part_offered(at.case_id, actor.posts)
    if number is None:
        raise NotFound()
    return assigning.accept(at, number, actor=actor, now=now)
