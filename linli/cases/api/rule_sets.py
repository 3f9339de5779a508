"""Sets of rules over the API: begun, changed, results_of, compared, put in force."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from linli.cases.forms.rule_sets import InForceForm
from linli.cases.queries import rule_sets as queries
from linli.cases.queries.bounces import NONE_SENT, hand_backs
from linli.cases.queries.shadow import compare
from linli.cases.services import rule_sets as services
from linli.kernel.api import PagedIn, listed, paged
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.paging import Keyset, clean_limit, page_of_rows
from linli.kernel.paths import code_of, path_of
from linli.kernel.web import Request

router = Router()
BY_NEWEST = Keyset("newest", ("-pk",))
MOST_DAYS = 366


class RuleSetOut(Schema):
    """A set of rules; `since` and `until` say when it is in force, null where that is not decided."""

    id: int
    place: str
    title: str
    state: str
    since: date | None
    until: date | None
    note: str
    made_at: datetime
    made_by: str
    edition: int


class RuleSetsOut(Schema):
    count: int
    items: list[RuleSetOut]
    next: str | None


class RuleSetsIn(PagedIn):
    place: str = ""


class RuleSetIn(Schema):
    place: str
    title: str
    copy_of: int | None = None


class RuleEditionIn(Schema):
    edition: int


class RuleInForceIn(Schema):
    since: date
    note: str = ""
    edition: int


def set_out(one: Any) -> dict[str, Any]:
    """Return a set as the API shows it."""
    names = ("title", "state", "since", "until", "note", "made_at", "made_by", "edition")
    return {"id": one.pk, "place": code_of(one.path), **{n: getattr(one, n) for n in names}}


@router.get("/routing/rules/", response=RuleSetsOut)
def list_rule_sets(request: Request, asked: Query[RuleSetsIn]) -> dict[str, Any]:
    """Sets of rules where the actor keeps them, the newest first."""
    if not queries.keeps_rules(request.actor):
        raise NotFound()
    found = queries.visible_sets(request.actor)
    if asked.place:
        found = found.filter(path=path_of(asked.place))
    return paged(found, BY_NEWEST, asked, set_out)


@router.post("/routing/rules/", response={201: RuleSetOut})
def begin_rule_set(request: Request, given: RuleSetIn) -> Status[dict[str, Any]]:
    """Begin a draft at a place, empty or with what another set of it holds."""
    copied = queries.get_set(request.actor, given.copy_of) if given.copy_of else None
    if not given.place:
        raise Invalid({"place": [_("This is needed here.")]})
    made = services.begin_set(
        path_of(given.place), given.title, copy_of=copied, actor=request.actor, now=timezone.now()
    )
    return Status(201, set_out(made))


@router.get("/routing/rules/{int:set_id}/", response=RuleSetOut)
def get_rule_set(request: Request, set_id: int) -> dict[str, Any]:
    """One set of rules."""
    return set_out(queries.get_set(request.actor, set_id))


@router.post("/routing/rules/{int:set_id}/watch", response=RuleSetOut)
def watch_rule_set(request: Request, set_id: int, given: RuleEditionIn) -> dict[str, Any]:
    """Let a draft run beside the rules in force; it sends nothing."""
    return _done(services.watch_set, request, set_id, given.edition)


@router.post("/routing/rules/{int:set_id}/edit-again", response=RuleSetOut)
def edit_rule_set_again(request: Request, set_id: int, given: RuleEditionIn) -> dict[str, Any]:
    """Make a watched set a draft again."""
    return _done(services.edit_again, request, set_id, given.edition)


@router.post("/routing/rules/{int:set_id}/take-back", response=RuleSetOut)
def take_rule_set_back(request: Request, set_id: int, given: RuleEditionIn) -> dict[str, Any]:
    """Take back a set that has not begun yet."""
    return _done(services.take_back, request, set_id, given.edition)


@router.post("/routing/rules/{int:set_id}/drop", response={204: None})
def drop_rule_set(request: Request, set_id: int, given: RuleEditionIn) -> Status[None]:
    """Throw a draft away."""
    services.drop_set(set_id, edition=given.edition, actor=request.actor, now=timezone.now())
    return Status(204, None)


def _done(act: Any, request: Request, set_id: int, edition: int) -> dict[str, Any]:
    return set_out(act(set_id, edition=edition, actor=request.actor, now=timezone.now()))


@router.post("/routing/rules/{int:set_id}/put-in-force", response=RuleSetOut)
def put_rule_set_in_force(request: Request, set_id: int, given: RuleInForceIn) -> dict[str, Any]:
    """Put a set in force from a day on. Its test cases must pass."""
    accepted = InForceForm(given.dict()).accepted()
    made = services.put_in_force(
        set_id, accepted["since"], edition=given.edition, note=accepted["note"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return set_out(made)


class DifferenceOut(Schema):
    number: str
    opened_at: datetime
    post_before: int | None
    post_after: int | None
    bounced: int


class ComparisonOut(Schema):
    """Cases of the last days: how many were looked at, and those that would go to another post."""

    days: int
    looked_at: int
    is_cut: bool
    unreached: int
    count: int
    differences: list[DifferenceOut]


class ComparisonIn(Schema):
    days: int = 30


@router.get("/routing/rules/{int:set_id}/comparison/", response=ComparisonOut)
def compare_rule_set(request: Request, set_id: int, asked: Query[ComparisonIn]) -> dict[str, Any]:
    """Compare a set with the rules in force, on the cases of the last days."""
    rule_set, now = queries.get_set(request.actor, set_id), timezone.now()
    if not 1 <= asked.days <= MOST_DAYS:
        raise Invalid({"days": [f"1–{MOST_DAYS}"]})
    since = now - timedelta(days=asked.days)
    found = compare(rule_set, request.actor, since=since, until=now, now=now)
    return {
        "days": asked.days, "looked_at": found.looked_at, "is_cut": found.is_cut,
        "unreached": found.unreached, "count": len(found.differences),
        "differences": [
            {
                "number": one.number, "opened_at": one.opened_at, "bounced": one.bounced,
                "post_before": one.before.post_id if one.before else None,
                "post_after": one.after.post_id if one.after else None,
            }
            for one in found.differences
        ],
    }  # fmt: skip


class HandBackOut(Schema):
    """What a rule sent and how much came back; `share` is null while nothing was sent."""

    rule: int
    title: str
    offered: int
    taken: int
    handed_back: int
    share: float | None


class HandBacksOut(Schema):
    count: int
    items: list[HandBackOut]
    next: str | None


class HandBacksIn(PagedIn):
    days: int = 90


@router.get("/routing/rules/{int:set_id}/hand-backs/", response=HandBacksOut)
def list_hand_backs(request: Request, set_id: int, asked: Query[HandBacksIn]) -> dict[str, Any]:
    """How much of what each rule sent in the last days was handed back."""
    rule_set, now = queries.get_set(request.actor, set_id), timezone.now()
    if not 1 <= asked.days <= MOST_DAYS:
        raise Invalid({"days": [f"1–{MOST_DAYS}"]})
    sent = hand_backs(set_id, since=now - timedelta(days=asked.days), until=now)
    items = []
    for rule in queries.rules_of(rule_set):
        one = sent.get(rule.pk, NONE_SENT)
        items.append(
            {"rule": rule.pk, "title": rule.title, "offered": one.offered, "taken": one.taken,
             "handed_back": one.handed_back, "share": one.share}
        )  # fmt: skip
    limit = clean_limit(asked.limit)
    return listed(
        page_of_rows(items, lambda row: str(row["rule"]), cursor=asked.cursor, limit=limit)
    )
