"""The handbook of a place: set anew out of what is offered on the day, in place of the one before."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.documents.queries import printed_address
from linli.documents.services import make_code
from linli.files.services import Made, erase_files_of, store_made
from linli.files.types import FileKind, Owner
from linli.kernel.permits import PUBLIC, Actor, require
from linli.offerings import permits
from linli.offerings.clients.handbook_papers import handbook_paper
from linli.offerings.errors import NothingOffered
from linli.offerings.queries.handbooks import Tell, handbook_of
from linli.offerings.types.handbooks import CODE, EDITIONS, Edition
from linli.trail.services import record
from linli.ui.jinja import named

if TYPE_CHECKING:
    from linli.files.models import StoredFile
    from linli.places.models import Place


@transaction.atomic
def make_handbook(
    place: Place, edition: Edition, *, tell: Tell | None = None, actor: Actor, now: datetime
) -> StoredFile:
    """Set an edition of the handbook and keep it instead of the one before.

    Refuses with NotAllowed, NothingOffered, TemplateBroken, NoSpace.
    """
    require(actor, permits.WRITE_ITEMS, at=place.path)
    assert edition in EDITIONS
    code = make_code(CODE, place.pk, actor=actor, now=now)
    address, on = printed_address(code), localdate(now)
    with translation.override(edition.language):
        data = handbook_of(place, on, tell)
        if not data["counted"]:
            raise NothingOffered()
        pdf = handbook_paper(place, data, size=edition.size, address=address, on=on)
        name = f"{named(place)} {_('Handbook of services')} {edition.size.upper()} {on}.pdf"
    file = _keep(place, edition, Made(pdf, name, FileKind.PDF, PUBLIC, None), actor, now)
    record(
        "offerings.handbook_made", on=place, actor=actor, now=now, place=place.path,
        size=edition.size, language=edition.language, items=data["counted"],
    )  # fmt: skip
    return file


def _keep(place: Place, edition: Edition, made: Made, actor: Actor, now: datetime) -> StoredFile:
    owner = Owner(edition.owner, place.pk)
    why = "a newer handbook took its place"
    erase_files_of(owner.kind, owner.id, reason=why, actor=actor, now=now)
    return store_made(made, owner=owner, place=place.path, actor=actor, now=now)
