"""How long offerings keep what they know, and how it goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from linli.cases.queries.over import OVER as OF_CASES
from linli.kernel.permits import system_actor
from linli.kernel.registries import KEPT_FOR_GOOD, RETENTION, Kept, Retention
from linli.kernel.retention import Blanked, InTurn, Rows, Work, ago
from linli.offerings.queries.keeping import KEPT as KEPT_AFTER
from linli.offerings.queries.keeping import count_papers_over
from linli.offerings.queries.rounds import contacts_over as entries_over
from linli.offerings.queries.visits import reachable_over
from linli.offerings.services.forgetting import let_papers_of_applicants_go
from linli.offerings.services.rounds import let_entries_go
from linli.offerings.services.serving import let_contacts_go

# applications
OVER = f"sealed IS NOT NULL AND case_id IN ({OF_CASES})"


def _let_papers_go(now: datetime, limit: int) -> int:
    return let_papers_of_applicants_go(limit, actor=system_actor("offerings.let_go"), now=now)


# the papers first: which are over is read from the rows that are emptied then
APPLICANTS = Retention(
    "offerings.applicants", _("Who applied"), ("offerings_application",),
    _("three years after the application was closed; then number, name, address and the papers that were sent go"),
    "PIPL art. 19; ours (check)",
    InTurn((Work(_let_papers_go, count_papers_over), Blanked(
        "offerings_application", OVER, ago(KEPT_AFTER),
        blank="person_id = NULL, mandate_id = NULL, agent_mandate_id = NULL, sent_mark = NULL, sealed = NULL, form_sealed = NULL, form_values = '{}', id_masked = '', answers = '{}', agent_basis = '', agent_relation = '', agent_masked = '', name_masked = '', forgotten_at = now()",
    ))),
)  # fmt: skip
WAIVERS = Retention(
    "offerings.waivers", _("Why a fee was let off"), ("offerings_waiver",),
    _("three years after the application was closed; then the reason goes, the sum stays"),
    "PIPL art. 19; ours (check)",
    Blanked(
        "offerings_waiver",
        f"reason <> '' AND application_id IN ({OF_CASES})",
        ago(KEPT_AFTER), blank="reason = ''",
    ),
)  # fmt: skip
ANSWERS = Retention(
    "offerings.answers", _("What registers of the city answered for applications"),
    ("offerings_recordquestion",), _("three years after the application was closed"),
    "PIPL art. 19; ours (check)",
    Rows(
        "offerings_recordquestion",
        f"application_id IN ({OF_CASES})",
        ago(timedelta(days=3 * 365)),
    ),
)  # fmt: skip
KEPT = (
    Kept("offerings_materialstate", _("which papers an application needed; goes with the case")),
    Kept("offerings_applicationpart", _("which posts worked on an application; no persons")),
    Kept("offerings_payment", _("fees are accounts: receipts and refunds are kept as such")),
    Kept("offerings_item", _("which items were offered; no persons")),
    Kept("offerings_itemversion", _("what an item said when; applications stay on their version")),
    Kept("offerings_itemlist", _("lists of items that were handed in; no persons")),
    Kept("offerings_itemterm", _("words by which items are found; written anew with the item")),
    Kept("offerings_refund", _("fees are accounts: receipts and refunds are kept as such")),
)
# centres
CENTRES_KEPT = (
    Kept("offerings_centreplatform", _("which platforms a centre took in, and when; no persons")),
    Kept("offerings_centredevice", _("equipment of centres; no persons")),
    Kept("offerings_centrecost", _("running costs of centres are accounts; no persons")),
    Kept(
        "offerings_centrecheck", _("checks of centres, so that one can be compared with the next")
    ),
    Kept("offerings_centrepoint", _("what checks of centres found; about the centre, not persons")),
)
CHECK_KEYS = Retention(
    "offerings.check_keys", _("Keys under which checks of centres lie sealed on phones"), ("offerings_checkkey",),
    _("a year after the phone last asked for it"), "PIPL art. 19; ours (check)",
    Rows("offerings_checkkey", "used_on < (%(before)s)::date", ago(timedelta(days=365))),
)  # fmt: skip
# visits
VISITS_KEPT = (
    Kept("offerings_servicewindow", _("windows of centres; no persons")),
    Kept("offerings_ratingtablet", _("tablets on which visits are rated; no visitors")),
    Kept("offerings_windowhours", _("opening hours of windows; no persons")),
    Kept("offerings_drawround", _("draws with their published lists; no persons")),
    Kept("offerings_dayoff", _("closing days with their reason; no persons")),
)


def _let_contacts_go(now: datetime, limit: int) -> int:
    return let_contacts_go(now, limit, actor=system_actor("offerings.let_go"))


def _contacts_over(now: datetime) -> int:
    return reachable_over(now)[:1000].count()


CONTACTS = Retention(
    "offerings.contacts", _("How those who booked a visit are reached"), ("offerings_appointment",),
    _("30 days after the visit, from where was booked a day after it; time and place stay without the person"), "PIPL art. 19; ours (check)",
    Work(_let_contacts_go, _contacts_over),
)  # fmt: skip
DOORS = Retention(
    "offerings.home_doors", _("Whom an office visited at home, and where"), ("offerings_homevisit",),
    _("30 days after the visit, or 210 days after nobody answered; day and item stay"), "PIPL art. 19; ours (check)",
    Blanked(
        "offerings_homevisit", "door IS NOT NULL AND coalesce(ended_at, asked_at + interval '180 days') < %(before)s", ago(timedelta(days=30)),
        blank="door = NULL, phone_masked = ''",
    ),
)  # fmt: skip
TICKETS = Retention(
    "offerings.tickets", _("Tickets of the queue"), ("offerings_ticket",),
    _("a year after the day; they name nobody"), "ours (check)",
    Rows(
        "offerings_ticket",
        '"on" < (%(before)s)::date AND NOT EXISTS (SELECT 1 FROM offerings_visitrating r WHERE r.ticket_id = offerings_ticket.id)',
        ago(timedelta(days=365)),
    ),
)  # fmt: skip
RATINGS = Retention(
    "offerings.visit_ratings", _("Ratings of visits"), ("offerings_visitrating",),
    _("two years after they were given; they name nobody, and a number left for the call goes with the call"), "国办发〔2019〕51号; ours (check)",
    Rows("offerings_visitrating", "given_at < %(before)s", ago(timedelta(days=730))),
)  # fmt: skip


def _let_entries_go(now: datetime, limit: int) -> int:
    return let_entries_go(now, limit, actor=system_actor("offerings.let_go"))


def _entries_over(now: datetime) -> int:
    return entries_over(now)[:1000].count()


ROUND_CONTACTS = Retention(
    "offerings.round_contacts", _("How those who entered a draw are reached"), ("offerings_drawentry",),
    _("30 days after the days of the draw; the published list names nobody"), "PIPL art. 19; ours (check)",
    Work(_let_entries_go, _entries_over),
)  # fmt: skip

# reminders
BENEFITS = Retention(
    "offerings.benefits", _("What people received"), ("offerings_benefit",),
    _("three years after it stopped or was over"), "PIPL art. 19; ours (check)",
    Rows(
        "offerings_benefit",
        "state IN ('stopped', 'over') AND decided_on < (%(before)s)::date",
        ago(timedelta(days=3 * 365)),
    ),
)  # fmt: skip

# reports by spreadsheet
REPORTS_KEPT = (
    Kept("offerings_reportingtask", _("what was asked of villages, on which basis; no persons")),
    Kept("offerings_reportingcolumn", _("columns of reports; no persons")),
    Kept("offerings_reportingcell", _("what villages said besides the registers; numbers of nobody by name")),
)  # fmt: skip
REPORT_LISTS = Retention(
    "offerings.report_lists", _("Lists of people in reports"), ("offerings_reportingsheet",),
    _("90 days after they were signed off; then the rows go, how many there were stays"),
    "PIPL art. 19; ours (check)",
    Blanked(
        "offerings_reportingsheet", "sealed IS NOT NULL AND signed_at < %(before)s", ago(timedelta(days=90)),
        blank="sealed = NULL",
    ),
)  # fmt: skip
REPORT_ROWS = Retention(
    "offerings.report_rows", _("What villages said of rows of lists in reports"), ("offerings_reportingrow",),
    _("90 days after it was said, once the report is signed off or over"), "PIPL art. 19; ours (check)",
    Rows(
        "offerings_reportingrow",
        """said_at < %(before)s AND sheet_id IN (
            SELECT id FROM offerings_reportingsheet WHERE state <> 'waiting')""",
        ago(timedelta(days=90)),
    ),
)  # fmt: skip
# mandates on paper
MANDATES = Retention(
    "offerings.mandates", _("Mandates of agents on paper"), ("offerings_agentmandate",),
    _("three years after their last day"), "PIPL art. 19; ours (check)",
    Rows("offerings_agentmandate", "until < (%(before)s)::date", ago(timedelta(days=3 * 365))),
)  # fmt: skip


def register() -> None:
    """Tell the nightly job. Called at start."""
    RETENTION.add(APPLICANTS)
    RETENTION.add(WAIVERS)
    RETENTION.add(ANSWERS)
    RETENTION.add(CHECK_KEYS)
    KEPT_FOR_GOOD.add_all(KEPT)
    KEPT_FOR_GOOD.add_all(VISITS_KEPT)
    KEPT_FOR_GOOD.add_all(CENTRES_KEPT)
    KEPT_FOR_GOOD.add_all(REPORTS_KEPT)
    RETENTION.add_all((CONTACTS, DOORS, REPORT_LISTS, REPORT_ROWS))
    RETENTION.add_all((TICKETS, RATINGS, ROUND_CONTACTS))
    RETENTION.add_all((BENEFITS, MANDATES))
