"""Things that fill the addresses of cases, their routing and what is public of them."""

from __future__ import annotations

from linli.demo.cast import VILLAGE_1
from tests.city_life import CASE, one
from tests.city_public import ASKED, SHOWN, WAITS
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    return {**_routed(), **_public(), **_released(), **_handled(), **_stepped()}


def _routed() -> Things:
    shared = page_and_api(
        {
            ("routing/categories/", "code"): "manhole",
            ("routing/rules/", "set_id"): pk("cases.ruleset", state="draft"),
            ("routing/rules/", "rule_id"): pk("cases.routingrule", rule_set__state="draft"),
            ("routing/rules/", "test_id"): pk("cases.routingtest", rule_set__state="draft"),
            ("routing/ended-posts/", "post_id"): pk("orgs.post", closed_on__isnull=False),
            ("routing/cases/", "number"): one("cases.case", title=CASE).number,
        }
    )
    return {
        **shared,
        ("routing/responsibilities/", "code"): VILLAGE_1,
        ("routing/places/", "code"): VILLAGE_1,
        ("routing/lines/", "line_id"): pk("cases.responsibility"),
        ("api/v1/routing/responsibilities/", "line_id"): pk("cases.responsibility"),
        ("routing/rules/", "move"): "watch",
    }


def _public() -> Things:
    shown = one("cases.case", title=SHOWN).number
    return {
        ("places/<str:code>/cases/", "number"): shown,
        ("places/<str:code>/weeks/", "week"): one("cases.weeklyreport").week,
        ("api/v1/places/<code>/cases/", "number"): shown,
        ("feeds/places/", "code"): VILLAGE_1,
        ("ratings/", "rating_id"): pk("cases.rating"),
        ("api/v1/ratings/", "rating_id"): pk("cases.rating"),
        ("reopening/", "number"): one("cases.case", title=ASKED).number,
        ("calls/", "call_id"): pk("cases.callback"),
        ("api/v1/calls/", "call_id"): pk("cases.callback"),
        ("api/v1/reopening/", "number"): one("cases.case", title=ASKED).number,
        ("api/v1/reopening/", "decision"): "take-up",
        ("rate/", "number"): shown,
        ("report/contact/", "number"): one("cases.case", title__startswith="村口工地").number,
        ("api/v1/cases/<number>/contact", "number"): one(
            "cases.case", title__startswith="村口工地"
        ).number,
    }


def _released() -> Things:
    waits, photo = one("cases.case", title=WAITS), one("cases.casefile", is_by_reporter=True)
    return {
        ("release/", "number"): waits.number,
        ("release/<str:number>/photos/", "number"): photo.case.number,
        ("release/<str:number>/photos/", "photo_id"): photo.pk,
        ("api/v1/release/", "number"): waits.number,
        ("api/v1/release/<number>/words/", "seq"): 1,
        ("api/v1/release/<number>/photos/", "number"): photo.case.number,
        ("api/v1/release/<number>/photos/", "photo_id"): photo.pk,
    }


def _handled() -> Things:
    case, directive = (
        one("cases.case", title=CASE).number,
        one("cases.case", kind="directive").number,
    )
    return {
        ("desk/cases/", "number"): case,
        ("desk/cases/", "name"): "accept",
        ("cases/new/", "kind"): "directive",
        ("cases/", "number"): directive,
        ("cases/", "key"): "task",
        ("api/v1/cases/<number>/papers/", "number"): directive,
        ("api/v1/cases/<number>/papers/", "key"): "task",
        ("api/v1/cases/<number>/steps/", "number"): directive,
        ("api/v1/cases/<number>/steps/", "name"): "day",
        ("api/v1/cases/", "number"): case,
        ("api/v1/cases/", "move"): "accept",
    }


def _stepped() -> Things:
    """Each step needs a case of its kind in a state that has it."""
    steps = {
        "transfer": {"kind": "petition", "state": "registered"},
        "review": {"kind": "petition", "state": "replied"},
        "forward": {"kind": "visit", "state": "noted"},
        "company": {"kind": "report", "is_open": True, "title": CASE},
        "split": {"kind": "report", "is_open": True, "title": CASE},
        "circulate": {"kind": "incoming"},
        "hand-out": {"kind": "incoming"},
    }
    return {
        (f"cases/<str:number>/steps/{step}/", "number"): one("cases.case", **which).number
        for step, which in steps.items()
    }
