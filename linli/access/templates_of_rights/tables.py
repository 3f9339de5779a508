"""The templates themselves: named sets of permits, and the kinds of posts that begin with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.permits import PERSONAL, RESIDENTS, STAFF, VAULT

# the eight levels of confidentiality (kernel.permits), as the pages name them
LEVEL_WORDS: dict[int, Any] = {
    1: _("1 public"),
    2: _("2 residents of the place"),
    3: _("3 staff"),
    4: _("4 personal"),
    5: _("5 vault"),
    6: _("6 Party and protected groups"),
    7: _("7 accusations"),
    8: _("8 sealed by name"),
}
VILLAGE, TOWN, CITY = "village", "town", "city"


@dataclass(frozen=True, slots=True)
class RightsTemplate:
    """The rights of one kind of post. `levels` are where they apply; `text` says what for."""

    key: str
    title: Any
    text: Any
    ceiling: int
    permits: tuple[str, ...]
    levels: tuple[str, ...] = (VILLAGE, TOWN, CITY)


REGISTER = ("people.view", "people.look_up", "people.reveal", "rolls.view")
# papers are numbered by whoever works there; approving and keeping the seal stay with two people
PAPERS = ("documents.read", "documents.issue", "documents.apply_seal")
# who writes notices, and who publishes them
POST_NOTICES = ("notices.write", "notices.publish")
# who works on cases, and who supervises those that do; how a reporter is reached lies in the vault
HANDLE_CASES = ("cases.see", "cases.handle", "cases.intake")
REACH_REPORTERS = ("cases.contact",)
LEAD_CASES = (*HANDLE_CASES, "cases.dispatch", "cases.supervise", "cases.papers",
              "cases.keep_rules", "cases.spots", "cases.release", "cases.call_back")  # fmt: skip
# a government hands tasks down and pays for them (BU-22); a committee decides together, it gets them
LEAD_GOVERNMENT = (*LEAD_CASES, "cases.direct", "cases.review_ratings")
# who takes down and answers petitions of a town or the city
PETITIONS = ("cases.petitions", "cases.petition_work")
# who takes applications in at the window, and who decides on them: the engine keeps the two apart
RECEIVE_APPLICATIONS = ("offerings.applications", "offerings.receive")
DECIDE_APPLICATIONS = ("offerings.applications", "offerings.decide")
# who sees cells and who looks after them, who keeps both; who declares a flood or typhoon
SEE_GRID = ("grid.see",)
DECLARE = ("grid.declare",)
KEEP_GRID = (*SEE_GRID, *DECLARE, "grid.keep", "grid.contacts", "grid.work", "grid.check",
             "grid.heads", "grid.storm")  # fmt: skip
# who keeps venues and decides bookings
VENUES = ("activities.venues", "activities.bookings", "activities.events")
# who writes items of service; publishing is for a second person
WRITE_ITEMS = ("offerings.write_items",)
KEEP_ITEMS = (*WRITE_ITEMS, "offerings.publish_items")
# who serves at the windows of a centre and calls back, who keeps the windows and their hours
SERVE_VISITS = ("offerings.serve", "offerings.reach")
KEEP_WINDOWS = (*SERVE_VISITS, "offerings.windows", "offerings.call_back")
# who keeps what a centre is, and who oversees centres; a third party only visits them
KEEP_CENTRES = ("offerings.centres",)
OVERSEE_CENTRES = ("offerings.oversee_centres",)
VISIT_CENTRES = ("offerings.visit_centres",)
# who asks villages by spreadsheet, and who signs for a village: never the same post
ASK_REPORTS = ("offerings.ask_reports",)
FILL_REPORTS = ("offerings.fill_reports",)
KEEP_REGISTER = (*REGISTER, "people.edit", "people.import", "people.export", "people.merge",
                 "rolls.edit")  # fmt: skip

ALL = (
    RightsTemplate(
        "resident",
        _("Resident"),
        _("Sees what is meant for the residents of her place, and her own matters."),
        RESIDENTS,
        ("access.reside",),
    ),
    RightsTemplate(
        "clerk",
        _("Community clerk"),
        _("Keeps the register of people, serves at the counter, answers about personal data."),
        VAULT,
        (*FILL_REPORTS, *WRITE_ITEMS, *KEEP_CENTRES, *RECEIVE_APPLICATIONS, *KEEP_WINDOWS, *KEEP_REGISTER, *PAPERS, *HANDLE_CASES, *REACH_REPORTERS, *KEEP_GRID, *VENUES, "cases.dispatch", "cases.papers", "cases.visits",
         "cases.spots",
         "documents.keep_seal", "orgs.staff", "orgs.edit",
         "places.tend", "access.act_for", "access.answer", "portal.answer", "notices.write"),
        (VILLAGE,),
    ),
    RightsTemplate(
        "window_clerk",
        _("Window clerk"),
        _("Serves at the counter: finds a person, acts for her when she asks."),
        VAULT,
        (*RECEIVE_APPLICATIONS, *SERVE_VISITS, *REGISTER, *PAPERS, "cases.see", "cases.intake", "cases.visits", "cases.call_back",
         "people.edit", "access.act_for"),
    ),
    RightsTemplate(
        "village_chair",
        _("Head of a village or community"),
        _("Leads the office: staff, deputies, counter computers, resets together with another."),
        VAULT,
        (*FILL_REPORTS, *KEEP_ITEMS, *KEEP_CENTRES, *RECEIVE_APPLICATIONS, *KEEP_WINDOWS, "offerings.decide", *KEEP_REGISTER, *PAPERS, *LEAD_CASES, *REACH_REPORTERS, *KEEP_GRID, *VENUES, "cases.visits", "documents.withdraw", "documents.approve_seal", "orgs.edit",
         "places.tend", "orgs.staff", "orgs.staff_keep", "orgs.appoint", "access.manage", "access.enrol", "access.approve_reset", "access.review",
         "access.act_for", "access.answer", "runtime.oversee_jobs", "portal.answer", *POST_NOTICES,
         "access.break_glass"),
        (VILLAGE,),
    ),
    RightsTemplate(
        "supervision",
        _("Supervision committee"),
        _("Reviews before publication and asks questions; sees staff, no personal data."),
        STAFF,
        ("orgs.staff", "trail.read", "documents.read"),
        (VILLAGE,),
    ),
    RightsTemplate(
        "grid_worker",
        _("Grid worker"),
        _("Knows who lives where in the village; numbers stay masked."),
        PERSONAL,
        ("people.view", "people.look_up", "cases.see", "cases.handle", "cases.intake", *SEE_GRID,
         "grid.contacts", "grid.work"),
        (VILLAGE,),
    ),
    RightsTemplate(
        "town_lead",
        _("Head in a town"),
        _("Oversees the offices of the town and its villages and decides for the town."),
        VAULT,
        (*ASK_REPORTS, *KEEP_ITEMS, *KEEP_CENTRES, *OVERSEE_CENTRES, *VISIT_CENTRES, *RECEIVE_APPLICATIONS, *KEEP_WINDOWS, "offerings.decide", *REGISTER, *PAPERS, *LEAD_GOVERNMENT, *REACH_REPORTERS, *PETITIONS, *SEE_GRID, *VENUES, *DECLARE, "grid.keep", "documents.withdraw", "documents.approve_seal", "people.export",
         "people.erase", "plan.view", "plan.file", "plan.pilot", "plan.practice", "plan.fund",
         "orgs.edit", "orgs.staff", "orgs.staff_keep", "orgs.appoint",
         "places.tend", "places.decide", "places.draw", "access.manage", "access.enrol", "access.approve_reset",
         "access.review", "access.answer", "access.break_glass", "runtime.oversee_jobs",
         "rulebook.set_value", "portal.answer", "exchange.report", "exchange.hotline", "exchange.connect", *POST_NOTICES, "formkit.design"),
        (TOWN,),
    ),
    RightsTemplate(
        "town_official",
        _("Town official"),
        _("Works with the villages of the town: registers, staff lists, answers to residents."),
        PERSONAL,
        (*ASK_REPORTS, *WRITE_ITEMS, *OVERSEE_CENTRES, *VISIT_CENTRES, *DECIDE_APPLICATIONS, *PAPERS, *HANDLE_CASES, *SEE_GRID, *DECLARE, "cases.dispatch", "cases.papers", "cases.spots",
         "cases.call_back", "documents.keep_seal",
         "people.view", "people.look_up", "rolls.view",
         "places.tend", "plan.view", "plan.file", "plan.practice", "orgs.staff", "orgs.edit",
         "access.approve_reset", "access.answer", "portal.answer", "notices.write", "formkit.design",
         "exchange.hotline", "exchange.connect"),
        (TOWN,),
    ),
    RightsTemplate(
        "city_department",
        _("City department"),
        _("Sees the registers of organisations and staff of the city; no personal data."),
        STAFF,
        (*PAPERS, *HANDLE_CASES, *SEE_GRID, *DECLARE, *WRITE_ITEMS, *OVERSEE_CENTRES, "cases.papers", "documents.keep_seal", "plan.view", "plan.practice",
         "orgs.staff", "orgs.edit", "orgs.reorganise", "access.approve_reset", "portal.answer", "exchange.report", "exchange.connect", "notices.write",
         "formkit.design"),
        (CITY,),
    ),
    RightsTemplate(
        "city_lead",
        _("Head of a city department"),
        _("Decides for the city within the department: places, values of the rulebook, staff."),
        STAFF,
        (*PAPERS, *LEAD_GOVERNMENT, *SEE_GRID, *DECLARE, *KEEP_ITEMS, *OVERSEE_CENTRES, *VISIT_CENTRES,
          "documents.withdraw", "documents.approve_seal", "plan.view", "plan.import",
         "plan.correct", "plan.manage", "plan.check", "plan.pilot", "plan.practice",
         "plan.supervise", "plan.fund",
         "orgs.staff", "orgs.edit", "orgs.reorganise", "orgs.appoint", "places.change",
         "places.tend", "places.decide", "places.draw", "rulebook.set_value", "rulebook.load_calendar",
         "access.manage", "access.approve_reset", "access.review", "portal.answer", "exchange.report", "exchange.connect", *POST_NOTICES,
         "formkit.design"),
        (CITY,),
    ),
    RightsTemplate(
        "discipline",
        _("Discipline inspection"),
        _("Reads the trail of the place. Accusations take a right of their own, case by case."),
        STAFF,
        ("trail.read", "orgs.staff", "documents.read", "plan.view"),
        (TOWN, CITY),
    ),
    RightsTemplate(
        "auditor",
        _("Audit administrator"),
        _("Reads the trail and reviews emergency access. Runs nothing and gives no rights."),
        STAFF,
        ("trail.read", "access.review", "orgs.staff"),
    ),
    RightsTemplate(
        "security",
        _("Security administrator"),
        _("Gives rights and names deputies. Runs nothing and reads no trail."),
        VAULT,
        ("access.grant", "access.grant_special", "access.manage", "access.approve_reset",
         "access.import", "access.tokens", "orgs.staff", "orgs.kinds"),
    ),
    RightsTemplate(
        "operator",
        _("System operator"),
        _("Runs the installation. Neither gives rights nor reads the trail."),
        STAFF,
        ("access.operate", "access.enrol", "runtime.oversee_jobs", "notify.oversee",
         "rulebook.load_calendar"),
    ),
    RightsTemplate(
        "starter",
        _("First set-up"),
        _("What the first operator needs until others hold it; then she ends it."),
        VAULT,
        ("access.grant", "access.manage", "access.approve_reset", "access.import",
         "access.review", "orgs.edit", "orgs.kinds", "orgs.appoint", "orgs.staff", "orgs.import"),
    ),
    RightsTemplate(
        "petition_work",
        _("Petition work"),
        _("Registers, passes on, accepts and answers petitions of a town or the city."),
        VAULT,
        (*PAPERS, *HANDLE_CASES, *REACH_REPORTERS, *PETITIONS, "cases.dispatch"),
        (TOWN, CITY),
    ),
    RightsTemplate(
        "hotline_desk",
        _("Desk of the hotline 12345"),
        _("Brings in orders of the hotline, says where they belong and returns results; sees who called."),
        PERSONAL,
        ("exchange.hotline", "cases.see"),
        (TOWN, CITY),
    ),
    RightsTemplate(
        "centre_supervision",
        _("Third-party supervision of centres"),
        _("Visits service centres for the office that commissioned it; sees no costs, no persons."),
        STAFF,
        VISIT_CENTRES,
        (TOWN, CITY),
    ),
    RightsTemplate(
        "party_work",
        _("Party work of a place"),
        _("Tasks 1 to 3 of the plan, numbers only. Given with level 6, a purpose and an end."),
        VAULT,
        ("orgs.party", "orgs.party_keep", "plan.party"),
    ),
    RightsTemplate(
        "party_decision",
        _("Party work, deciding"),
        _("Decides on set-up proposals. Given with level 6, a purpose and an end."),
        VAULT,
        ("orgs.party", "orgs.party_decide", "plan.party"),
        (TOWN, CITY),
    ),
    RightsTemplate(
        "full",
        _("Full session of an operator"),
        _("All but the trail and the giving of rights, for an hour, with a reason; reviewed."),
        VAULT,
        (),
    ),
)  # fmt: skip
# the templates that kinds of posts begin with; the kinds are those of the register of orgs
KIND_RIGHTS: dict[str, tuple[str, ...]] = {
    "party_secretary": ("village_chair", "town_lead"),
    "deputy_party_secretary": ("clerk", "town_lead"),
    "head": ("town_lead", "city_lead"),
    "deputy_head": ("town_lead", "city_lead"),
    "committee_chair": ("village_chair",),
    "committee_vice_chair": ("clerk",),
    "committee_member": ("clerk",),
    # 特别委员: an honorary post for residents from elsewhere (KPI-E5), with no work on the registers
    "special_member": (),
    "supervision_chair": ("supervision",),
    "supervision_member": ("supervision",),
    "centre_head": ("clerk", "town_official"),
    "official": ("town_official", "city_department"),
    "clerk": ("clerk",),
    "window_clerk": ("window_clerk",),
    "grid_worker": ("grid_worker",),
    "discipline_secretary": ("discipline",),
    "discipline_inspector": ("discipline",),
    "auditor": ("auditor",),
    "operator": ("operator",),
}
