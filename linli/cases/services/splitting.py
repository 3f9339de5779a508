"""A case is split into parts, each a case of its own that goes to its post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.deciding import hand_of
from linli.cases.engine.handing import offering
from linli.cases.engine.stepping import NextStep, as_step
from linli.cases.errors import Missing
from linli.cases.events import CaseRouted
from linli.cases.models import Case
from linli.cases.queries.candidates import org_of_post
from linli.cases.queries.categories import category_choices
from linli.cases.queries.intake import files_of_case
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.story import OF_WHOLE
from linli.cases.services.linking import Part, split
from linli.cases.services.opening import Follow, Opened, Opening
from linli.cases.services.routing import ROUTER, first_offer
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Given, Held, To, Wish
from linli.cases.types.splitting import LEAST_PARTS, MOST_PARTS, PartWanted
from linli.cases.types.words import AssignmentRole, Channel
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor, require
from linli.places import queries as places


def split_case(
    case: Case, at: At, wanted: Sequence[PartWanted], *, actor: Actor, now: datetime
) -> list[Opened]:
    """Split a case into parts at its place and point; each goes to the post named, or by the rules.

    Refuses with NotAllowed, TooDeep, NotForThisPost, and Missing for fewer than two parts, and for
    a category, a post or a photo that cannot be.
    """
    require(actor, permits.DISPATCH, at=case.path, level=case.level)
    named = [one for one in wanted if one.title.strip()]
    if not LEAST_PARTS <= len(named) <= MOST_PARTS:
        words = _("Name %(least)s to %(most)s parts.")
        raise Missing({"parts": [words % {"least": LEAST_PARTS, "most": MOST_PARTS}]})
    _check(case, named, now)
    parts = [_part(case, one, actor, now) for one in named]
    return split(at, parts, actor=actor, now=now)


def _check(case: Case, named: Sequence[PartWanted], now: datetime) -> None:
    """Refuse with Missing a category that is not in use, or a photo that is not of the case."""
    asked = {one.category_id for one in named if one.category_id not in (None, case.category_id)}
    if asked and not asked <= {pk for pk, _name in category_choices(localdate(now))}:
        raise Missing({"category": [_("Choose one of the given answers.")]})
    photos = {code for one in named for code in one.photos}
    if photos and not photos <= {one.file.code for one in files_of_case(case.pk)}:
        raise Missing({"photos": [_("This is no photo of the case.")]})


def _part(case: Case, one: PartWanted, actor: Actor, now: datetime) -> Part:
    title = one.title.strip()
    point = None if case.lon is None or case.lat is None else (case.lon, case.lat)
    opening = Opening(
        case.kind, tuple(places.chain_of(code_of(case.path))), Channel.STAFF, matter=case.matter,
        category_id=one.category_id or case.category_id, point=point, title=title,
        given=Given(
            internal={"note": title}, facts={OF_WHOLE: list(one.photos)} if one.photos else {}
        ),
    )  # fmt: skip
    return Part(opening, one.is_required, _follow(case, one, actor, now))


def _follow(case: Case, one: PartWanted, actor: Actor, now: datetime) -> Follow | None:
    """Who sends a part on: a person who named a post, else the rules; what is about a post nobody."""
    if one.post_id is not None:
        return partial(_to_post, to=_lead(case, one.post_id, actor, now), actor=actor, now=now)
    if case.about_post_id is None and kind_of(case.kind, case.version).is_routed:
        return partial(first_offer, answers={}, actor=ROUTER, now=now)
    return None


def _lead(case: Case, post_id: int, actor: Actor, now: datetime) -> To:
    try:
        org = org_of_post(actor, [case], post_id, localdate(now))
    except NotFound as gone:
        raise Missing({"post": [_("Choose a post that can take it.")]}) from gone
    return To(AssignmentRole.LEAD, org, post_id)


def _to_post(held: Held, kind: CaseKind, *, to: To, actor: Actor, now: datetime) -> NextStep:
    given = offering(to, note="", actor=actor, now=now)(held, kind)
    hand = hand_of(actor, held.path)
    written = as_step(held, kind, Wish(held.id, "offer"), given, hand, now)
    return NextStep(written, actor, CaseRouted(held.id, to.post_id, ()))
