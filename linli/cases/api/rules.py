"""Rules of a set over the API."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status

from linli.cases.api.rule_sets import RuleSetOut, set_out
from linli.cases.forms.routing import EndForm
from linli.cases.queries import rule_sets as queries
from linli.cases.queries.categories import codes_of_ids, ids_of_codes
from linli.cases.services import rules
from linli.cases.types.keeping import RuleDetails
from linli.kernel.api import PagedIn, listed
from linli.kernel.errors import Invalid
from linli.kernel.paging import clean_limit, page_of_rows
from linli.kernel.paths import code_of, path_of
from linli.kernel.web import Request

router = Router()


class RuleBody(Schema):
    """What fits and where it goes; what is empty fits everything. Weekdays are 0 to 6 from Monday.

    It goes to a post, or with `layer` to the post that looks after the cell (then `post_id` is 0).
    """

    title: str
    post_id: int = 0
    layer: str = ""
    categories: list[str] = []
    matters: list[str] = []
    channels: list[str] = []
    place: str = ""
    polygon: dict[str, Any] | None = None
    hours_from: time | None = None
    hours_to: time | None = None
    weekdays: list[int] = []
    answers: dict[str, list[str]] = {}
    since: date | None = None
    until: date | None = None


class RuleIn(RuleBody):
    edition: int


class RuleOut(RuleBody):
    id: int
    order: int


class RulesOut(Schema):
    """Rules in the order in which they are tried; `edition` is that of their set."""

    count: int
    items: list[RuleOut]
    next: str | None
    edition: int


class RuleMoveIn(Schema):
    """By how many places: below 0 is up."""

    by: int
    edition: int


class RuleEndIn(Schema):
    until: date
    edition: int


class RuleDropIn(Schema):
    edition: int


@router.get("/routing/rules/{int:set_id}/rules/", response=RulesOut)
def list_rules(request: Request, set_id: int, asked: Query[PagedIn]) -> dict[str, Any]:
    """The rules of a set in their order."""
    rule_set = queries.get_set(request.actor, set_id)
    found = queries.rules_of(rule_set)
    codes = codes_of_ids({pk for rule in found for pk in rule.categories})
    items, limit = [_rule(rule, codes) for rule in found], clean_limit(asked.limit)
    page = page_of_rows(items, lambda row: str(row["id"]), cursor=asked.cursor, limit=limit)
    return {**listed(page), "edition": rule_set.edition}


def _rule(rule: Any, codes: dict[int, str]) -> dict[str, Any]:
    same = ("title", "post_id", "layer", "matters", "channels", "polygon", "hours_from", "hours_to",
            "weekdays", "answers", "since", "until", "order")  # fmt: skip
    return {
        "id": rule.pk, "place": code_of(rule.path),
        "categories": [codes[pk] for pk in rule.categories if pk in codes],
        **{name: getattr(rule, name) for name in same},
    }  # fmt: skip


def _shown(request: Request, set_id: int, rule_id: int) -> dict[str, Any]:
    rule = queries.get_rule(queries.get_set(request.actor, set_id), rule_id)
    return _rule(rule, codes_of_ids(set(rule.categories)))


def category_ids(codes: list[str]) -> tuple[int, ...]:
    """Return the ids of categories by their short names. Refuses with Invalid."""
    known = ids_of_codes(codes)
    if missing := [code for code in codes if code not in known]:
        raise Invalid({"categories": [_("There is no category %(code)s.") % {"code": missing[0]}]})
    return tuple(known.values())


def _details(given: RuleBody) -> RuleDetails:
    if (given.hours_from is None) != (given.hours_to is None):
        raise Invalid({"hours_to": [_("Write both times, or none.")]})
    hours = (given.hours_from, given.hours_to) if given.hours_from and given.hours_to else None
    if any(not 0 <= day <= 6 for day in given.weekdays):
        raise Invalid({"weekdays": ["0–6"]})
    same = ("title", "post_id", "layer", "polygon", "since", "until", "answers")
    return RuleDetails(
        **{name: getattr(given, name) for name in same},
        categories=category_ids(given.categories), matters=tuple(given.matters),
        channels=tuple(given.channels), weekdays=tuple(given.weekdays),
        path=path_of(given.place), hours=hours,
    )  # fmt: skip


@router.post("/routing/rules/{int:set_id}/rules/", response={201: RuleOut})
def add_rule(request: Request, set_id: int, given: RuleIn) -> Status[dict[str, Any]]:
    """Add a rule at the end of a draft."""
    made = rules.save_rule(
        set_id, _details(given), edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return Status(201, _shown(request, set_id, made.pk))


@router.post("/routing/rules/{int:set_id}/rules/{int:rule_id}/change", response=RuleOut)
def change_rule(request: Request, set_id: int, rule_id: int, given: RuleIn) -> dict[str, Any]:
    """Change a rule of a draft."""
    rules.save_rule(
        set_id, _details(given), rule_id=rule_id, edition=given.edition,
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip
    return _shown(request, set_id, rule_id)


@router.post("/routing/rules/{int:set_id}/rules/{int:rule_id}/move", response=RuleSetOut)
def move_rule(request: Request, set_id: int, rule_id: int, given: RuleMoveIn) -> dict[str, Any]:
    """Move a rule of a draft up or down."""
    rules.move_rule(
        set_id, rule_id, given.by, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return set_out(queries.get_set(request.actor, set_id))


@router.post("/routing/rules/{int:set_id}/rules/{int:rule_id}/drop", response=RuleSetOut)
def drop_rule(request: Request, set_id: int, rule_id: int, given: RuleDropIn) -> dict[str, Any]:
    """Take a rule out of a draft."""
    rules.drop_rule(set_id, rule_id, edition=given.edition, actor=request.actor, now=timezone.now())
    return set_out(queries.get_set(request.actor, set_id))


@router.post("/routing/rules/{int:set_id}/rules/{int:rule_id}/end", response=RuleOut)
def end_rule(request: Request, set_id: int, rule_id: int, given: RuleEndIn) -> dict[str, Any]:
    """Let a rule in force send nothing from a day on."""
    until = EndForm(given.dict()).accepted()["until"]
    rules.end_rule(
        set_id, rule_id, until, edition=given.edition, actor=request.actor, now=timezone.now()
    )
    return _shown(request, set_id, rule_id)
