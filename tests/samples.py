"""Arguments for every address: things that are there in the demo city of the tests."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from linli.demo.cast import TOWN, VILLAGE_1, VILLAGE_2
from linli.files.types import DRAFT
from linli.kernel import scope
from linli.kernel.permits import system_actor
from tests import city_grid
from tests.addresses import Address
from tests.city_life import CASE, PERSON, one
from tests.city_public import ASKED, SHOWN, WAITS

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# parameters that mean the same everywhere
PLAIN: dict[str, object] = {
    "key": "village.notice",
    "year": 2026,
    "month": 9,
    "side": "480",
    "face": "desk",
    "town": TOWN,
    "number": 8,
    "purpose": "notify.events",
    "secret": "no-such-secret",
    "target": "T12-1",
}


@dataclass(frozen=True)
class Samples:
    """`by_route` are (beginning of a route, parameter): the longest beginning wins."""

    by_route: dict[tuple[str, str], Any]

    def fill(self, address: Address, language: str = "zh-hans") -> str:
        """Return where an address leads, its parameters filled."""
        route = address.route
        filled = PARAMETER.sub(lambda m: str(self._value(route, m[1] or m[2])), route)
        filled = filled.replace("^", "").replace("$", "")
        return f"/{language}/{filled}" if address.has_language else f"/{filled}"

    def _value(self, route: str, parameter: str) -> object:
        fits = [k for k in self.by_route if k[1] == parameter and route.startswith(k[0])]
        if fits:
            return self.by_route[max(fits, key=lambda k: len(k[0]))]
        return PLAIN.get(parameter, 1)


def pk(model: str, **which: Any) -> Any:
    return one(model, **which).pk


def from_city() -> Samples:
    """Look up one thing of each kind, past the walls of row security."""
    with scope.acting(system_actor("samples")), transaction.atomic():
        return _from_city()


def _from_city() -> Samples:
    committee = one("orgs.organisation", place__code=VILLAGE_1, kind_id="villagers_committee")
    centre = one("orgs.organisation", kind_id="public_service_center")
    branch = one("orgs.partyorganisation").organisation
    paper = one("documents.document", title="公示")
    plan_code = one("plan.plandocument").code
    notice = one("notices.posting", category="publicity")
    return Samples(
        {
            **city_grid.samples(),
            ("places/", "code"): VILLAGE_1,
            ("places/", "key"): "services",
            ("register/places/", "code"): VILLAGE_2,
            ("register/places/", "kind"): "rename",
            ("register/places/", "topic"): "settlement",
            ("api/v1/places/", "code"): VILLAGE_1,
            ("api/v1/places/", "topic"): "settlement",
            ("places/<str:code>/cases/", "number"): one("cases.case", title=SHOWN).number,
            ("places/<str:code>/weeks/", "week"): one("cases.weeklyreport").week,
            ("api/v1/places/<code>/cases/", "number"): one("cases.case", title=SHOWN).number,
            ("feeds/places/", "code"): VILLAGE_1,
            ("release/", "number"): one("cases.case", title=WAITS).number,
            ("reopening/", "number"): one("cases.case", title=ASKED).number,
            ("calls/", "call_id"): pk("cases.callback"),
            ("rate/", "number"): one("cases.case", title=SHOWN).number,
            ("report/contact/", "number"): one("cases.case", title__startswith="村口工地").number,
            ("organisations/", "code"): committee.code,
            ("organisations/<slug:code>/centre/", "code"): centre.code,
            ("organisations/<slug:code>/area/", "code"): centre.code,
            ("api/v1/organisations/", "code"): committee.code,
            ("party/organisations/", "code"): branch.code,
            ("posts/", "post_id"): pk("orgs.post", organisation=committee),
            ("holdings/", "holding_id"): pk("orgs.postholding", holder_name="麦润根"),
            ("party/holdings/", "holding_id"): pk(
                "orgs.postholding", post__kind_id="party_secretary"
            ),
            ("handovers/", "handover_id"): pk("orgs.handover", receiver_name="麦润根"),
            ("certificates/", "certificate_id"): pk("orgs.certificate"),
            ("pairings/", "pairing_id"): pk("orgs.pairing"),
            ("party/spots/", "spot_id"): pk("orgs.coveragespot"),
            ("party/proposals/", "proposal_id"): pk("orgs.setupproposal"),
            ("^party/proposals/", "proposal_id"): pk("orgs.setupproposal"),
            ("^party/proposals/", "move"): "drop",
            ("party/meetings/", "meeting_id"): pk("orgs.jointmeeting"),
            ("party/units/", "member_id"): pk("orgs.jointmember"),
            ("party/lines/", "entry_id"): pk("orgs.jointentry"),
            ("api/v1/centres/", "code"): centre.code,
            ("api/v1/posts/", "post_id"): pk("orgs.post", organisation=committee),
            ("api/v1/holdings/", "holding_id"): pk("orgs.postholding", holder_name="麦润根"),
            ("api/v1/handovers/", "handover_id"): pk("orgs.handover", receiver_name="麦润根"),
            ("api/v1/certificates/", "certificate_id"): pk("orgs.certificate"),
            ("api/v1/pairings/", "pairing_id"): pk("orgs.pairing"),
            ("api/v1/staff-lists/", "list_id"): pk("orgs.stafflist"),
            ("api/v1/party/organisations/", "code"): branch.code,
            ("api/v1/party/holdings/", "holding_id"): pk(
                "orgs.postholding", post__kind_id="party_secretary"
            ),
            ("api/v1/party/spots/", "spot_id"): pk("orgs.coveragespot"),
            ("api/v1/party/proposals/", "proposal_id"): pk("orgs.setupproposal"),
            ("api/v1/party/proposals/", "move"): "drop",
            ("api/v1/party/meetings/", "meeting_id"): pk("orgs.jointmeeting"),
            ("api/v1/party/units/", "member_id"): pk("orgs.jointmember"),
            ("api/v1/party/lines/", "entry_id"): pk("orgs.jointentry"),
            ("documents/", "code"): paper.code,
            ("api/v1/documents/", "code"): one("documents.shortcode").code,
            ("check/", "code"): one("documents.shortcode").code,
            ("q/", "code"): one("documents.shortcode").code,
            ("files/", "code"): one("files.storedfile", owner_kind="people.import").code,
            ("jobs/", "code"): one("runtime.longjob").code,
            ("staff-lists/", "list_id"): pk("orgs.stafflist"),
            ("access/import/", "import_id"): pk("access.staffimport"),
            ("access/deputies/", "deputy_id"): pk("access.deputy"),
            ("trail/", "entry_id"): pk("trail.entry", path__startswith="441900/441900990/"),
            ("api/v1/trail/entries/", "entry_id"): pk(
                "trail.entry", path__startswith="441900/441900990/"
            ),
            ("log/", "index"): 0,
            ("log/", "part"): 0,
            ("api/v1/log/", "index"): 0,
            ("^files/", "code"): one("files.storedfile", owner_kind=DRAFT).code,
            ("routing/categories/", "code"): "manhole",
            ("api/v1/routing/categories/", "code"): "manhole",
            ("routing/responsibilities/", "code"): VILLAGE_1,
            ("routing/places/", "code"): VILLAGE_1,
            ("routing/lines/", "line_id"): pk("cases.responsibility"),
            ("api/v1/routing/responsibilities/", "line_id"): pk("cases.responsibility"),
            ("routing/rules/", "set_id"): pk("cases.ruleset", state="draft"),
            ("routing/rules/", "rule_id"): pk("cases.routingrule", rule_set__state="draft"),
            ("routing/rules/", "test_id"): pk("cases.routingtest", rule_set__state="draft"),
            ("routing/rules/", "move"): "watch",
            ("api/v1/routing/rules/", "set_id"): pk("cases.ruleset", state="draft"),
            ("api/v1/routing/rules/", "rule_id"): pk("cases.routingrule", rule_set__state="draft"),
            ("api/v1/routing/rules/", "test_id"): pk("cases.routingtest", rule_set__state="draft"),
            ("forms/", "key"): "fire-check",
            ("api/v1/forms/", "key"): "fire-check",
            ("forms/", "path"): "gas",
            ("forms/", "number"): 1,
            ("api/v1/forms/", "number"): 1,
            ("forms/", "test_id"): 1,
            ("forms/", "code"): "NOSUCHDRAFT22222",
            ("forms/", "file"): "NOSUCHFILE2222",
            ("notices/", "code"): notice.code,
            ("notices/<slug:code>/edit/", "code"): one(
                "notices.posting", open__state="draft", current=None
            ).code,
            ("^notices/", "code"): notice.code,
            ("^notices/", "move"): "withdraw",
            ("places/", "notice"): notice.code,
            ("notices/", "file"): "NOSUCHFILE2222",
            ("feeds/notices/", "code"): VILLAGE_1,
            ("api/v1/notices/", "code"): notice.code,
            ("api/v1/desk/notices/", "code"): notice.code,
            ("desk/cases/", "number"): one("cases.case", title=CASE).number,
            ("desk/cases/", "name"): "accept",
            ("routing/cases/", "number"): one("cases.case", title=CASE).number,
            ("api/v1/routing/cases/", "number"): one("cases.case", title=CASE).number,
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
            ("cases/<str:number>/steps/circulate/", "number"): one(
                "cases.case", kind="incoming"
            ).number,
            ("cases/<str:number>/steps/hand-out/", "number"): one(
                "cases.case", kind="incoming"
            ).number,
            ("api/v1/cases/<number>/papers/", "number"): one("cases.case", kind="directive").number,
            ("api/v1/cases/<number>/papers/", "key"): "task",
            ("api/v1/cases/<number>/steps/", "number"): one("cases.case", kind="directive").number,
            ("api/v1/cases/<number>/steps/", "name"): "day",
            ("api/v1/cases/", "number"): one("cases.case", title=CASE).number,
            ("api/v1/cases/", "move"): "accept",
            ("open311/", "form"): "json",
            ("open311/v2/services/", "code"): "other",
            ("open311/v2/requests/", "number"): "NOSUCH",
            ("open311/v2/tokens/", "token"): "nosuch",
            ("open311/v2/", "rest"): "nothing",
            ("seal-uses/", "use_id"): pk("documents.sealuse", matter="环卫服务合同"),
            ("^seal-uses/", "use_id"): pk("documents.sealuse", matter="环卫服务合同"),
            ("^seal-uses/", "move"): "approve",
            ("inbox/", "code"): one("notify.message", template="documents.seal_decided").code,
            ("feedback/", "code"): one("portal.feedback", state="received").code,
            ("feedback/<str:code>/", "code"): one("portal.feedback", state="answered").code,
            ("follow/", "code"): one("portal.feedback", state="answered").code,
            ("views/", "view_id"): pk("runtime.savedview"),
            ("api/v1/jobs/", "code"): one("runtime.longjob").code,
            ("api/v1/inbox/", "code"): one(
                "notify.message", template="documents.seal_decided"
            ).code,
            ("api/v1/views/", "view_id"): pk("runtime.savedview"),
            ("api/v1/files/", "code"): one("files.storedfile", owner_kind="people.import").code,
            ("api/v1/feedback/", "code"): one("portal.feedback", state="answered").code,
            ("api/v1/feedback/inbox/", "code"): one("portal.feedback", state="received").code,
            ("api/v1/access/deputies/", "deputy_id"): pk("access.deputy"),
            ("api/v1/access/rights/lists/", "list_id"): pk("access.rightslist"),
            ("api/v1/access/rights/", "right_id"): pk("access.givenright", kind="break_glass"),
            ("api/v1/access/accounts/", "account_id"): pk("access.account", username="mai.rungen"),
            ("api/v1/access/devices/", "device_id"): pk("access.counterdevice"),
            ("api/v1/access/resets/", "reset_id"): pk("access.resetrequest"),
            ("api/v1/access/imports/", "import_id"): pk("access.staffimport"),
            ("api/v1/access/tokens/", "token_id"): pk("access.apitoken"),
            ("api/v1/access/data-requests/", "number"): one("access.datarequest").number,
            ("api/v1/rulebook/values/", "value_id"): pk("rulebook.localvalue"),
            ("rulebook/values/", "pk"): pk("rulebook.localvalue"),
            ("plan/documents/", "code"): plan_code,
            ("api/v1/plan/", "code"): plan_code,
            ("api/v1/plan/targets/", "code"): "T12-1",
            ("api/v1/plan/", "key"): "T12-1",
            ("api/v1/plan/", "place"): TOWN,
            ("api/v1/plan/calls/", "call_id"): pk("plan.call"),
            ("api/v1/plan/town-plans/", "plan_id"): pk("plan.townplan"),
            ("api/v1/plan/reports/", "report_id"): pk("plan.report"),
            ("api/v1/plan/pilots/", "pilot_id"): pk("plan.pilot"),
            ("api/v1/plan/practices/", "practice_id"): pk("plan.practice"),
            ("api/v1/plan/visits/", "visit_id"): pk("plan.visit"),
            ("api/v1/plan/funding/", "line_id"): pk("plan.fundingline"),
            ("plan/documents/", "kind"): "task",
            ("plan/documents/", "item_id"): pk("plan.task", number=8),
            ("plan/documents/", "field"): "departments",
            ("plan/indicators/", "key"): "T12-1",
            ("plan/filings/call/", "call_id"): pk("plan.call"),
            ("plan/filings/", "plan_id"): pk("plan.townplan"),
            ("plan/reports/", "report_id"): pk("plan.report"),
            ("plan/pilots/", "pilot_id"): pk("plan.pilot"),
            ("plan/practices/", "practice_id"): pk("plan.practice"),
            ("plan/visits/", "visit_id"): pk("plan.visit"),
            ("plan/visits/", "step"): "answer",
            ("plan/funding/", "line_id"): pk("plan.fundingline"),
            ("access/accounts/", "account_id"): pk("access.account", username="mai.rungen"),
            ("access/accounts/", "move"): "disable",
            ("access/rights/", "right_id"): pk("access.givenright", kind="break_glass"),
            ("access/reviews/", "right_id"): pk("access.givenright", kind="break_glass"),
            ("access/rights/lists/", "list_id"): pk("access.rightslist"),
            ("access/devices/", "device_id"): pk("access.counterdevice"),
            ("access/resets/", "reset_id"): pk("access.resetrequest"),
            ("access/tokens/", "token_id"): pk("access.apitoken"),
            ("access/data-requests/", "number"): one("access.datarequest").number,
            ("people/", "person_id"): pk("people.person", name=PERSON),
            ("api/v1/people/", "person_id"): pk("people.person", name=PERSON),
            ("people/documents/", "document_id"): pk("people.persondocument"),
            ("people/contacts/", "contact_id"): pk("people.contact"),
            ("people/stays/", "residency_id"): pk("people.residency", person__name=PERSON),
            ("people/households/", "household_id"): pk("people.household"),
            ("api/v1/people/households/", "household_id"): pk("people.household"),
            ("people/members/", "member_id"): pk("people.householdmember"),
            ("people/dwellings/", "dwelling_id"): pk("people.dwelling"),
            ("people/parties/", "party_id"): pk("people.dwellingparty"),
            ("people/rolls/", "roll_id"): pk("people.roll"),
            ("api/v1/people/rolls/", "roll_id"): pk("people.roll"),
            ("people/entries/", "entry_id"): pk("people.rollentry"),
            ("people/imports/", "run_id"): pk("people.importrun"),
            ("people/pairs/", "pair_id"): pk("people.duplicatepair"),
        }
    )
