"""Ratings of visits: what may be rated by a code, the figures of a centre, the calls that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from linli.cases.permits import REVIEW_RATINGS
from linli.kernel.errors import NotFound
from linli.kernel.ids import code_typed
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import STAFF, Actor
from linli.kernel.reach import in_reach
from linli.offerings import permits
from linli.offerings.models import Appointment, Ticket, VisitRating
from linli.offerings.queries.rating_codes import MORE, rating_code
from linli.offerings.queries.visits import hours_by_place
from linli.offerings.rules.visit_ratings import least_shown
from linli.offerings.types.visit_ratings import NO_NUMBER, Spread
from linli.rulebook import queries as rulebook

BAD, LATER, SMALL_CELL = 2, "rating.later", "pi.small_cell"
# a ticket that was given up stands for no visit
NOT_LEFT = ~Q(state="left")
# older visits are not asked about any more, whatever a place wishes
ASKED_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Rated:
    """What a code stands for: a ticket, or a booked visit; and when it ended."""

    ticket: Ticket | None
    visit: Appointment | None
    centre_id: int
    path: str
    ended_at: datetime | None

    @property
    def key(self) -> str:
        """What stands for the visit, by whichever code it is rated."""
        return (
            f"ticket {self.ticket.pk}" if self.ticket else f"visit {self.visit and self.visit.pk}"
        )

    @property
    def rating(self) -> VisitRating | None:
        thing: Any = self.ticket or self.visit
        found: VisitRating | None = getattr(thing, "rating", None)
        return found


def rated_by_code(code: str) -> Rated:
    """Return the visit of a ticket's code, or of the rating code that who booked was sent.

    Desks have neither: what is said is said by the visitor. Refuses with NotFound.
    """
    code = code_typed(code)
    ticket = Ticket.objects.filter(code=code).select_related("rating").first()
    if ticket is None:
        booked = Appointment.objects.filter(code=code[:-MORE])
        visit = booked.select_related("window", "rating").first()
        if visit is None or not compare_digest(rating_code(visit.code).encode(), code.encode()):
            raise NotFound()
        ticket = (
            Ticket.objects.filter(NOT_LEFT, visit=visit)
            .select_related("rating")
            .order_by("pk")
            .last()
        )
        if ticket is None:
            ended = visit.ended_at if visit.state == "came" else None
            return Rated(None, visit, visit.window.centre_id, visit.path, ended)
    return rated_by_ticket(ticket)


def rated_by_ticket(ticket: Ticket) -> Rated:
    """Return what a ticket stands for."""
    ended = ticket.ended_at if ticket.state == "done" else None
    return Rated(ticket, None, ticket.centre_id, ticket.path, ended)


def held_rating(rated: Rated) -> VisitRating | None:
    """Return the rating that was given before, held: a call, review or task of the office comes before or after."""
    before = rated.rating
    return before and VisitRating.objects.select_for_update().get(pk=before.pk)


def spread_of(centre_id: int, path: str, since: datetime, until: datetime) -> Spread:
    """Return the ratings of a centre at a place between two moments; of nobody who serves there."""
    tickets = Ticket.objects.filter(
        centre_id=centre_id, state="done", ended_at__gte=since, ended_at__lt=until
    ).count()
    visits = Appointment.objects.filter(
        ~Exists(Ticket.objects.filter(NOT_LEFT, visit=OuterRef("pk"))),
        window__centre_id=centre_id, state="came", ended_at__gte=since, ended_at__lt=until,
    ).count()  # fmt: skip
    found = VisitRating.objects.filter(centre_id=centre_id, given_at__gte=since, given_at__lt=until)
    grades = dict(
        found.filter(counts=True)
        .values_list("grade")
        .annotate(Count("pk"))
        .values_list("grade", "pk__count")
    )
    told = (
        found.filter(grade__lte=BAD)
        .exclude(review="excluded")
        .aggregate(
            bad=Count("pk"),
            no_number=Count("pk", filter=Q(reached=NO_NUMBER)),
            called=Count("pk", filter=Q(called_at__isnull=False) & ~Q(reached=NO_NUMBER)),
        )
    )
    rated = sum(grades.values())
    # what is shown today may tell no more than today's law lets it
    least = least_shown(rulebook.lookup(SMALL_CELL, path, localdate()).number)
    shown = tuple(grades.get(grade, 0) for grade in (5, 4, 3, 2, 1)) if rated >= least else None
    left_out = found.filter(review="excluded").count()
    return Spread(
        tickets + visits,
        rated,
        shown,
        told["bad"],
        told["called"],
        least,
        left_out,
        told["no_number"],
    )


def calls_to_make(actor: Actor) -> QuerySet[VisitRating]:
    """Return bad ratings that wait for their call where the actor calls back, those due first."""
    found = VisitRating.objects.filter(call_due_at__isnull=False, called_at__isnull=True)
    found = found.exclude(review="excluded")
    found = found.filter(in_reach(actor, permits.CALL_BACK))
    return found.select_related("ticket", "visit", "ticket__visit").order_by("call_due_at", "pk")


def get_call(actor: Actor, rating_id: int) -> VisitRating:
    """Return one of them. Refuses with NotFound."""
    found = calls_to_make(actor).filter(pk=rating_id).first()
    if found is None:
        raise NotFound(id=rating_id)
    return found


def due_to_count(now: datetime) -> QuerySet[VisitRating]:
    """Return ratings that were given too soon to count, and count from now on."""
    return VisitRating.objects.filter(counts=False, counts_from__lte=now)


def has_number(rating: VisitRating) -> bool:
    """Say whether somebody left a number at which she is called after a rating; nothing is opened."""
    visit = rating.visit or (rating.ticket.visit if rating.ticket else None)
    return rating.contact is not None or bool(visit and visit.contact_mark is not None)


def to_ask(now: datetime, limit: int) -> list[Appointment]:
    """Return visits whose visitor agreed to be asked how it was, so long after it as the place wishes."""
    over = Appointment.objects.filter(
        may_ask=True, asked_at__isnull=True, state="came", contact__isnull=False,
        ended_at__lte=now, ended_at__gt=now - ASKED_WITHIN,
    )  # fmt: skip
    due = Q(pk__in=[])
    for hours, paths in hours_by_place(over, LATER, now).items():
        ended = now - timedelta(hours=hours)
        due |= Q(path__in=paths, ended_at__lte=ended, ended_at__gt=ended - timedelta(days=3))
    found = over.filter(due)
    return list(found.order_by("ended_at", "pk")[:limit])


def place_above(path: str) -> str:
    """Return the path of the place above: of a village its town, of a town the city, of the city itself."""
    chain = chain_of_path(path)
    return chain[max(0, len(chain) - 2)]


def may_review(actor: Actor, rating: VisitRating) -> bool:
    """Say whether the actor decides on a rating whose review was asked for: never whoever asked."""
    asked = rating.review_asked_at is not None and rating.reviewed_at is None
    own = actor.account_id is not None and actor.account_id == rating.review_asked_by
    return asked and not own and actor.may(REVIEW_RATINGS, at=place_above(rating.path), level=STAFF)
