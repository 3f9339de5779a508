"""The steps that have a form of their own: for which cases, for whom, and what they call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.forms import steps as forms
from linli.cases.queries.openings import companies_choices, post_choices
from linli.cases.queries.stages import may_set_day, reviewers_of, transfer_choices
from linli.cases.queries.visits import said_first
from linli.cases.rules.clocks import local_day
from linli.cases.services.directives import set_due_day
from linli.cases.services.incoming import circulate, hand_out
from linli.cases.services.petitions import ask_review, transfer_petition
from linli.cases.services.property import pass_to_company
from linli.cases.services.visits import forward_visit
from linli.cases.types.moves import At
from linli.cases.types.openings import Complaining
from linli.kernel.permits import Actor, Permit

Said = dict[str, Any]
Choices = dict[str, Any]


class Head(Protocol):
    """The head of a case as a step reads it."""

    pk: Any
    kind: Any
    state: Any
    path: Any
    level: Any


@dataclass(frozen=True)
class StepSpec:
    """A step: its words, its form, the states in which it fits, and the service that makes it.

    `permit` None: `allowed` says who may, since it hangs on who gave the task.
    """

    title: Any
    button: Any
    done: Any
    form: type[forms.StepForm]
    states: frozenset[tuple[str, str]]
    permit: Permit | None
    make: Callable[[At, Said, Actor, datetime], Any]
    choices: Callable[[Actor, Any, datetime], Choices] = lambda actor, case, now: {}
    allowed: Callable[[Actor, Any], bool] | None = None
    lead: Any = ""
    first: Callable[[Any], Said] = lambda case: {}

    def fits(self, case: Head) -> bool:
        return (str(case.kind), str(case.state)) in self.states

    def is_for(self, case: Head) -> bool:
        """Say whether cases of this kind have the step, in whatever state."""
        return any(kind == str(case.kind) for kind, _state in self.states)

    def may(self, actor: Actor, case: Head) -> bool:
        if self.allowed is not None:
            return self.allowed(actor, case)
        assert self.permit is not None, "a step without a permit says who may make it"
        return actor.may(self.permit, at=case.path, level=case.level)


def _post(said: Said) -> int:
    return int(said["post"])


def _complaint(said: Said) -> Complaining:
    post = said.get("company_post")
    return Complaining(
        place="", text=said["text"], company=said["company"], matter=said["matter"],
        company_post_id=int(post) if post else None,
    )  # fmt: skip


def _here(actor: Actor, case: Any, now: datetime) -> list[tuple[str, str]]:
    return post_choices(case.path, local_day(now))


STEPS: dict[str, StepSpec] = {
    "transfer": StepSpec(
        _("Pass it on to the competent office"), _("Pass it on"), _("The petition was passed on."),
        forms.TransferForm, frozenset({("petition", "registered")}), permits.PETITION_WORK,
        lambda at, said, actor, now: transfer_petition(
            at, _post(said), said["text"], actor=actor, now=now, note=said["note"]
        ),
        lambda actor, case, now: {"post": transfer_choices(case.path, local_day(now))},
        lead=_("The office can object within its term; the petitioner is told where it is."),
    ),
    "review": StepSpec(
        _("The petitioner asks for a review"), _("Take it down"), _("The request is registered."),
        forms.ReviewForm,
        frozenset({("petition", "replied"), ("petition", "done"), ("petition_review", "upheld")}),
        permits.PETITION_WORK,
        lambda at, said, actor, now: ask_review(
            at, said["at"], said["text"], actor=actor, now=now, files=said["files"]
        ),
        lambda actor, case, now: {"at": reviewers_of(case.path)},
        lead=_("It becomes a case of its own at the office that reviews, with its own term."),
    ),
    "forward": StepSpec(
        _("Pass it on to the town"), _("Pass it on to the town"), _("The town has it now."),
        forms.ForwardForm, frozenset({("visit", "noted")}), permits.VISITS,
        lambda at, said, actor, now: forward_visit(at, note=said["note"], actor=actor, now=now),
        lead=_("The visitor gets the number and the code of the town's petition."),
    ),
    "company": StepSpec(
        _("Pass it on to the property company"), _("Pass it on"), _("The property company has it now."),
        forms.CompanyForm, frozenset({("report", "filed"), ("report", "at_work")}), permits.DISPATCH,
        lambda at, said, actor, now: pass_to_company(
            at, _complaint(said), actor=actor, now=now
        ),
        lambda actor, case, now: {"company_post": companies_choices(case.path, local_day(now))},
        lead=_("The company's time begins. If it is late, the committee coordinates by itself; the report waits for it and stays with who has it."),
        first=lambda case: {"text": said_first(case.pk)},
    ),
    "circulate": StepSpec(
        _("Show it to others"), _("Show it"), _("The paper is shown to those you chose."),
        forms.CirculateForm, frozenset({("incoming", "registered")}), permits.PAPERS,
        lambda at, said, actor, now: circulate(
            at, [int(one) for one in said["posts"]], note=said["note"], basis=said["basis"],
            actor=actor, now=now,
        ),
        lambda actor, case, now: {"posts": _here(actor, case, now)},
    ),
    "hand-out": StepSpec(
        _("Give it to a post to handle"), _("Hand it out"), _("The post has the paper now."),
        forms.HandOutForm,
        frozenset({("incoming", "registered"), ("incoming", "circulating")}), permits.PAPERS,
        lambda at, said, actor, now: hand_out(at, _post(said), note=said["note"], actor=actor, now=now),
        lambda actor, case, now: {"post": _here(actor, case, now)},
    ),
    "day": StepSpec(
        _("Set another day"), _("Set the day"), _("The new day is set."), forms.SetDayForm,
        frozenset({("directive", "sent"), ("directive", "at_work"), ("directive_round", "out")}), None,
        lambda at, said, actor, now: set_due_day(
            at, said["due_on"], reason=said["reason"], actor=actor, now=now
        ),
        allowed=may_set_day,
        lead=_("The day may move both ways; the reason is read by the post that has the task."),
    ),
}  # fmt: skip
