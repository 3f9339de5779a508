"""Things that fill the addresses of cases, their routing and what is public of them."""

from __future__ import annotations

from linli.demo.cast import VILLAGE_1
from tests.city_life import CASE, one
from tests.city_public import ASKED, SHOWN, WAITS
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    shared = page_and_api(
        {
            ("routing/categories/", "code"): "manhole",
            ("routing/rules/", "set_id"): pk("cases.ruleset", state="draft"),
            ("routing/rules/", "rule_id"): pk("cases.routingrule", rule_set__state="draft"),
            ("routing/rules/", "test_id"): pk("cases.routingtest", rule_set__state="draft"),
            ("routing/cases/", "number"): one("cases.case", title=CASE).number,
        }
    )
    photo = one("cases.casefile", is_by_reporter=True)
    return {
        **shared,
        ("places/<str:code>/cases/", "number"): one("cases.case", title=SHOWN).number,
        ("places/<str:code>/weeks/", "week"): one("cases.weeklyreport").week,
        ("api/v1/places/<code>/cases/", "number"): one("cases.case", title=SHOWN).number,
        ("feeds/places/", "code"): VILLAGE_1,
        ("release/", "number"): one("cases.case", title=WAITS).number,
        ("release/<str:number>/photos/", "number"): photo.case.number,
        ("release/<str:number>/photos/", "photo_id"): photo.pk,
        ("api/v1/release/", "number"): one("cases.case", title=WAITS).number,
        ("api/v1/release/<number>/words/", "seq"): 1,
        ("api/v1/release/<number>/photos/", "number"): photo.case.number,
        ("api/v1/release/<number>/photos/", "photo_id"): photo.pk,
        ("ratings/", "rating_id"): pk("cases.rating"),
        ("api/v1/ratings/", "rating_id"): pk("cases.rating"),
        ("reopening/", "number"): one("cases.case", title=ASKED).number,
        ("calls/", "call_id"): pk("cases.callback"),
        ("rate/", "number"): one("cases.case", title=SHOWN).number,
        ("report/contact/", "number"): one("cases.case", title__startswith="村口工地").number,
        ("routing/responsibilities/", "code"): VILLAGE_1,
        ("routing/places/", "code"): VILLAGE_1,
        ("routing/lines/", "line_id"): pk("cases.responsibility"),
        ("api/v1/routing/responsibilities/", "line_id"): pk("cases.responsibility"),
        ("routing/rules/", "move"): "watch",
        ("desk/cases/", "number"): one("cases.case", title=CASE).number,
        ("desk/cases/", "name"): "accept",
        ("cases/new/", "kind"): "directive",
        ("cases/", "number"): one("cases.case", kind="directive").number,
        ("cases/", "key"): "task",
        ("cases/<str:number>/steps/transfer/", "number"): one(
            "cases.case", kind="petition", state="registered"
        ).number,
        ("cases/<str:number>/steps/review/", "number"): one(
            "cases.case", kind="petition", state="replied"
        ).number,
        ("cases/<str:number>/steps/forward/", "number"): one(
            "cases.case", kind="visit", state="noted"
        ).number,
        ("cases/<str:number>/steps/company/", "number"): one(
            "cases.case", kind="report", is_open=True, title=CASE
        ).number,
        ("cases/<str:number>/steps/circulate/", "number"): one(
            "cases.case", kind="incoming"
        ).number,
        ("cases/<str:number>/steps/hand-out/", "number"): one("cases.case", kind="incoming").number,
        ("api/v1/cases/<number>/papers/", "number"): one("cases.case", kind="directive").number,
        ("api/v1/cases/<number>/papers/", "key"): "task",
        ("api/v1/cases/<number>/steps/", "number"): one("cases.case", kind="directive").number,
        ("api/v1/cases/<number>/steps/", "name"): "day",
        ("api/v1/cases/", "number"): one("cases.case", title=CASE).number,
        ("api/v1/cases/", "move"): "accept",
    }
