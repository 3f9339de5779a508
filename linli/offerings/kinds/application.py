"""Applications for a service: checked, accepted or told once what is missing, worked on, decided, handed over.

The way of domain PS (10.2) and of the Licensing Law, art. 29 to 45. Who received it never decides it
(受办分离). The limit of the decision is that of the item's version as it was when she applied.
"""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.cases.types import Ask, By, CaseKind, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.kind_words import KindWords
from linli.cases.types.kinds import FOR_GOOD, ComesIn
from linli.kernel.permits import PERSONAL
from linli.kernel.states import Machine
from linli.offerings import permits
from linli.offerings.kinds.application_checks import apply


class Application(StrEnum):
    SUBMITTED = "submitted"
    PRE_CHECK = "pre_check"
    CORRECTION = "correction"
    ACCEPTED = "accepted"
    AT_DEPARTMENTS = "at_departments"
    HEARING = "hearing"
    INSPECTION = "inspection"
    EXPERTS = "experts"
    GRANTED = "granted"
    DENIED = "denied"
    READY = "ready"
    DELIVERED = "delivered"
    CLOSED = "closed"
    DENIAL_DELIVERED = "denial_delivered"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


A = Application
RECEIVE, DECIDE = permits.RECEIVE, permits.DECIDE
BEFORE = (A.SUBMITTED, A.PRE_CHECK)
STILL = (A.HEARING, A.INSPECTION, A.EXPERTS)
AT_WORK = (A.ACCEPTED, A.AT_DEPARTMENTS)
UNDECIDED = (*BEFORE, A.CORRECTION, *AT_WORK, *STILL)
GROUNDS = ("refusal.application.",)
# by these somebody receives: who made one decides nothing
RECEIVING = ("open", "pre_check", "accept", "ask_correction", "take_supply")

MACHINE: Machine[Application] = Machine(
    A.SUBMITTED,
    [
        CaseMove("pre_check", (A.SUBMITTED,), A.PRE_CHECK, RECEIVE, title=_("Begin to check it")),
        CaseMove(
            "accept", BEFORE, A.ACCEPTED, RECEIVE,
            title=_("Accept it"), form="offerings:application_check",
        ),
        CaseMove(
            "deem_accepted", BEFORE, A.ACCEPTED,
            title=_("Nobody told in time what is missing: it counts as accepted"), by=By.SYSTEM,
        ),
        CaseMove(
            "ask_correction", BEFORE, A.CORRECTION, RECEIVE,
            title=_("Tell once everything that is missing"), asks=(Ask.PUBLIC,),
            form="offerings:application_check",
        ),
        CaseMove(
            "supply", (A.CORRECTION,), A.SUBMITTED,
            title=_("Bring what was missing"), by=By.REPORTER,
        ),
        CaseMove(
            "take_supply", (A.CORRECTION,), A.SUBMITTED, RECEIVE,
            title=_("Take in what was missing"), form="offerings:application_check",
        ),
        CaseMove(
            "lapse", (A.CORRECTION,), A.LAPSED,
            title=_("What was missing never came"), by=By.SYSTEM,
        ),
        CaseMove(
            "refuse", BEFORE, A.NOT_ACCEPTED, RECEIVE,
            title=_("Not accept, with the rule"), asks=(Ask.BASIS, Ask.PUBLIC), grounds=GROUNDS,
        ),
        CaseMove(
            "distribute", (A.ACCEPTED,), A.AT_DEPARTMENTS, RECEIVE,
            title=_("Give it to the departments"), form="offerings:application_distribute",
        ),
        CaseMove(
            "hold_hearing", (A.AT_DEPARTMENTS,), A.HEARING, DECIDE,
            title=_("Hold a hearing"), by=By.LEAD, asks=(Ask.PUBLIC,),
        ),
        CaseMove(
            "inspect", (A.AT_DEPARTMENTS,), A.INSPECTION, DECIDE,
            title=_("Inspect, test or examine"), by=By.LEAD, asks=(Ask.PUBLIC,),
        ),
        CaseMove(
            "ask_experts", (A.AT_DEPARTMENTS,), A.EXPERTS, DECIDE,
            title=_("Ask experts"), by=By.LEAD, asks=(Ask.PUBLIC,),
        ),
        CaseMove(
            "resume", STILL, A.AT_DEPARTMENTS, DECIDE, title=_("It is done: go on"), by=By.LEAD
        ),
        CaseMove(
            "grant", AT_WORK, A.GRANTED, DECIDE,
            title=_("Grant it"), by=By.LEAD, asks=(Ask.PUBLIC,), apart_from=RECEIVING,
        ),
        CaseMove(
            "deny", AT_WORK, A.DENIED, DECIDE,
            title=_("Deny it, with the rule"), by=By.LEAD, asks=(Ask.BASIS, Ask.PUBLIC),
            grounds=GROUNDS, apart_from=RECEIVING,
        ),
        CaseMove(
            "issue", (A.GRANTED,), A.READY, DECIDE,
            title=_("The result is made and can be had"), by=By.LEAD,
        ),
        CaseMove(
            "deliver", (A.GRANTED, A.READY), A.DELIVERED, RECEIVE,
            title=_("Hand the result over"), asks=(Ask.EVIDENCE,),
            form="offerings:application_deliver",
        ),
        CaseMove(
            "deliver_denial", (A.DENIED,), A.DENIAL_DELIVERED, RECEIVE,
            title=_("Hand the decision over"), form="offerings:application_deliver",
        ),
        CaseMove("close", (A.DELIVERED,), A.CLOSED, title=_("Close"), by=By.SYSTEM),
        CaseMove("withdraw", UNDECIDED, A.WITHDRAWN, title=_("Withdraw"), by=By.REPORTER),
        CaseMove(
            "note_withdrawal", UNDECIDED, A.WITHDRAWN, RECEIVE,
            title=_("Note that the applicant withdraws"), asks=(Ask.REASON,),
        ),
    ],
    ends={A.CLOSED, A.DENIAL_DELIVERED, A.NOT_ACCEPTED, A.WITHDRAWN, A.LAPSED},
)  # fmt: skip

REMEDY = _("You may ask for reconsideration or go to court; the decision says where and by when.")
COMES_BACK = _("Time stands still; you read here when it goes on.")
STATES: dict[str, StateDef] = {
    A.SUBMITTED: StateDef(
        _("handed in"), _("Your application came in."),
        _("The window checks it and tells you once, and completely, if something is missing."),
    ),
    A.PRE_CHECK: StateDef(
        _("papers being checked"), _("Your papers are being checked."),
        _("You are told once, and completely, if something is missing."),
    ),
    A.CORRECTION: StateDef(
        _("something is missing"), _("Something is missing."),
        _("Send a photo of it here, or bring it to the window."),
    ),
    A.ACCEPTED: StateDef(
        _("accepted for handling"), _("Your application is accepted."), _("Somebody else than the window decides on it."),
    ),
    A.AT_DEPARTMENTS: StateDef(
        _("with the departments"), _("The departments work on it."), _("You read the decision here."),
    ),
    A.HEARING: StateDef(
        _("hearing"), _("A hearing is held."), COMES_BACK,
        without_clock=_("The time of a hearing does not count."),
    ),
    A.INSPECTION: StateDef(
        _("inspection"), _("It is inspected, tested or examined."), COMES_BACK,
        without_clock=_("The time of an inspection does not count."),
    ),
    A.EXPERTS: StateDef(
        _("with experts"), _("Experts were asked."), COMES_BACK,
        without_clock=_("The time that experts take does not count."),
    ),
    A.GRANTED: StateDef(
        _("granted"), _("It is granted."), _("The result is made and handed over."), Stage.ANSWERED
    ),
    A.DENIED: StateDef(_("denied"), _("It is denied; the rule is named."), REMEDY, Stage.REFUSED),
    A.READY: StateDef(
        _("ready to be had"), _("The result is ready."), _("Collect it, or it comes as you wished."),
        Stage.ANSWERED,
        without_clock=_("The result lies ready; the applicant collects it when it suits."),
    ),
    A.DELIVERED: StateDef(
        _("handed over"), _("You have the result."), _("Tell us if something in it is wrong."), Stage.SOLVED
    ),
    A.CLOSED: StateDef(
        _("closed"), _("This is closed."), _("For something new, apply again."), Stage.SOLVED
    ),
    A.DENIAL_DELIVERED: StateDef(
        _("denial handed over"), _("It is denied; you have the decision."), REMEDY, Stage.REFUSED
    ),
    A.NOT_ACCEPTED: StateDef(
        _("not accepted"), _("It is not accepted; the rule is named."), REMEDY, Stage.REFUSED
    ),
    A.WITHDRAWN: StateDef(
        _("withdrawn"), _("You took it back."), _("You can apply again at any time."), Stage.ENDED
    ),
    A.LAPSED: StateDef(
        _("ended: papers never came"), _("What was missing did not come in time."),
        _("You can apply again at any time."), Stage.ENDED,
    ),
}  # fmt: skip

# what the clock of the decision is called: its length comes from the item's version
DECISION = "solve"
CLOCKS = (
    ClockDef(
        "accept", _("Accept, or tell what is missing"), "application.accept", frozenset(BEFORE),
        escalate="deem_accepted", anew=True,
    ),
    ClockDef(
        "supply", _("Time to bring what is missing"), "application.supply",
        frozenset({A.CORRECTION}), escalate="lapse", anew=True, hers=_("Bring what is missing by"),
    ),
    ClockDef(
        DECISION, _("Decide on it"), "application.decide", frozenset(AT_WORK), pauses=frozenset(STILL),
        extend_most="application.extend_max", extend_times="application.extend_times",
    ),
    ClockDef(
        "deliver", _("Hand the result over"), "application.deliver",
        frozenset({A.GRANTED, A.DENIED}),
    ),
    ClockDef(
        "settle", _("Time to say that it is wrong"), "application.settle",
        frozenset({A.DELIVERED}), escalate="close",
    ),
)  # fmt: skip

WORDS = KindWords(
    named=_("Application %(number)s"),
    from_her=_("From the applicant"),
    told_her=_("Told to the applicant"),
    she_reads=_("The applicant reads"),
    who=_("Who applied"),
    she=_("the applicant"),
    tell_her=_("Tell the applicant something"),
    came=_("Applied"),
    she_began=_("You applied"),
    promised=_("Promised when you applied: %(words)s"),
    take_back=_("Take the application back?"),
    again=_("Nobody works on it any more. You can apply again at any time."),
)

APPLICATION = CaseKind(
    key="application",
    version=1,
    title=_("Application for a service"),
    series="BJ",
    machine=MACHINE,
    states=STATES,
    clocks=CLOCKS,
    sees=permits.SEE,
    opens=None,
    opens_at=frozenset({"village", "town", "city"}),
    floor=PERSONAL,
    has_categories=False,
    hands_on_itself=True,
    words=WORDS,
    apply=apply,
    comes_in=ComesIn(
        _("By page, at the window, or from the city's service hall."), "offerings:items"
    ),
    keep=FOR_GOOD,
)
