"""意见反馈 about a page: received, answered in time, asked back whether it helped (BU-17)."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from linli.cases.types import Ask, By, CaseKind, CaseMove, ClockDef, Stage, StateDef
from linli.cases.types.kind_words import KindWords
from linli.cases.types.kinds import ComesIn, Keep
from linli.kernel.states import Machine
from linli.portal import permits
from linli.portal.types import KIND


class Feedback(StrEnum):
    RECEIVED = "received"
    ANSWERED = "answered"
    HELPED = "helped"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


F = Feedback
MACHINE: Machine[Feedback] = Machine(
    F.RECEIVED,
    [
        CaseMove(
            "answer", (F.RECEIVED,), F.ANSWERED, permits.ANSWER,
            title=_("Answer"), asks=(Ask.PUBLIC,),
        ),
        # the sponsor asks back whether the answer helped: a no opens it again, with a new due day
        CaseMove(
            "ask_reopen", (F.ANSWERED,), F.RECEIVED,
            title=_("It did not help"), by=By.REPORTER, asks=(Ask.REASON,), opens_cycle=True,
        ),
        CaseMove("agree", (F.ANSWERED,), F.HELPED, title=_("It helped"), by=By.REPORTER),
        CaseMove(
            "withdraw", (F.RECEIVED,), F.WITHDRAWN, title=_("Withdraw"), by=By.REPORTER
        ),
        CaseMove("close", (F.ANSWERED,), F.CLOSED, title=_("Close"), by=By.SYSTEM),
    ],
    ends={F.HELPED, F.CLOSED, F.WITHDRAWN},
)  # fmt: skip
STATES: dict[str, StateDef] = {
    F.RECEIVED: StateDef(
        _("to be answered"), _("We have your feedback."), _("Whoever answers for these pages reads it and writes to you here.")
    ),
    F.ANSWERED: StateDef(
        _("answered"), _("We have answered."), _("Tell us whether it helped."), Stage.ANSWERED
    ),
    F.HELPED: StateDef(
        _("closed, it helped"), _("This is closed: the answer helped."),
        _("For something new, write again."), Stage.SOLVED,
    ),
    F.CLOSED: StateDef(
        _("closed without a word"), _("This is closed."), _("For something new, write again."), Stage.ENDED
    ),
    F.WITHDRAWN: StateDef(
        _("withdrawn"), _("You took it back."), _("For something new, write again."), Stage.ENDED
    ),
}  # fmt: skip
CLOCKS = (
    ClockDef("answer", _("Answer feedback"), "feedback.answer", frozenset({F.RECEIVED})),
    ClockDef(
        "settle", _("Time to say that it did not help"), "report.object", frozenset({F.ANSWERED}),
        escalate="close",
    ),
)  # fmt: skip

WORDS = KindWords(
    named=_("Feedback %(number)s"),
    from_her=_("From the writer"),
    told_her=_("Told to the writer"),
    she_reads=_("The writer reads"),
    who=_("Who wrote it"),
    she=_("the writer"),
    tell_her=_("Tell the writer something"),
    came=_("When it was written"),
    she_began=_("You wrote it"),
    promised=_("Promised when you wrote it: %(words)s"),
    take_back=_("Take the feedback back?"),
    again=_("Nobody answers it any more. You can write again at any time."),
    arrived=_("Your feedback came in"),
    open_hers=_("Open my feedback"),
    opened_by_both=_(
        "Write both down, take a screenshot or print them: together they open your feedback, and nobody can look the code up for you."
    ),
    asks_her=_("Did the answer help?"),
    yes=_("Yes, close it"),
    no=_("No, look again"),
    what_not=_("What did not help?"),
    she_said_no=_("You said it did not help."),
    once_more=_("Ask to look again"),
    after_no=_("It is answered once more, with a new day."),
    her_word=_("You say whether the answer helped"),
    looked_at_again=_("if not, it is answered once more"),
    news="portal.feedback_news",
    said="portal.feedback_said",
)

FEEDBACK = CaseKind(
    key=KIND,
    version=1,
    title=_("Feedback"),
    series="YJ",
    machine=MACHINE,
    states=STATES,
    clocks=CLOCKS,
    sees=permits.ANSWER,
    opens=None,
    opens_at=frozenset({"village", "town", "city"}),
    has_categories=False,
    is_led=False,
    is_rated=False,
    comes_in=ComesIn(_("From the foot of every page and the touch screen; no account is needed."), "portal:feedback"),
    keep=Keep(
        "app.feedback_keep", _("three years after it was closed (a value of the rulebook)"),
        "BU-17; ours (check)",
    ),
    words=WORDS,
)  # fmt: skip
