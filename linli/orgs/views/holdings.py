"""Pages on those who hold posts: mend an entry, leave, sign the sheet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.kernel.permits import require
from linli.kernel.web import Request, page
from linli.orgs import permits, queries, services
from linli.orgs.forms.posts import (
    EndAtOnceForm,
    HoldingCorrectionForm,
    LeavingForm,
    SignForm,
    WithdrawForm,
)
from linli.orgs.services import Leaving
from linli.orgs.states import HANDOVER
from linli.orgs.types import Appointment, EndReason
from linli.orgs.views.answering import Asking, Fresh, answer
from linli.orgs.views.posts import title_of_post, way_of
from linli.ui.forms import Form

GET_POST = ["GET", "HEAD", "POST"]
FIELDS = tuple(Appointment.__slots__)


@require_http_methods(GET_POST)
def holding_correct(request: Request, holding_id: int) -> HttpResponse:
    """Mend what is on record of a holding."""
    holding, organisation = _mine(request, holding_id)
    form = HoldingCorrectionForm(request.POST or None, initial=_said(holding))

    def act() -> None:
        services.correct_holding(
            holding, form.appointment, edition=form.cleaned_data["edition"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    def now() -> Any:
        return queries.get_holding(request.actor, holding_id)

    def said() -> Sequence[tuple[str, Any]]:
        current = _said(now())
        shown = ("holder_name", "since", "expected_until", "document")
        return [(str(form.fields[name].label), current[name]) for name in shown]

    asking = _asking(holding, organisation, form, _("Correct the entry"), _("Save"),
                     _("The entry is corrected."))  # fmt: skip
    return answer(request, asking, act, Fresh(said=said, edition=lambda: int(now().edition)))


@require_http_methods(GET_POST)
def holding_end(request: Request, holding_id: int) -> HttpResponse:
    """Print the hand-over sheet of somebody who leaves; one that waits already is shown."""
    holding, organisation = _mine(request, holding_id)
    waiting = queries.waiting_sheet(holding)
    if waiting is not None and request.method != "POST":
        return redirect("orgs:handover", waiting.pk)
    form = LeavingForm(request.POST or None, initial={"items": _usual_items()})
    made: list[int] = []

    def act() -> None:
        data = form.cleaned_data
        leaving = Leaving(
            reason=EndReason(data["reason"]), receiver_name=data["receiver_name"],
            watcher_name=data["watcher_name"], items=data["items"], note=data["note"],
        )  # fmt: skip
        handover = services.end_holding(holding, leaving, actor=request.actor, now=timezone.now())
        made.append(handover.pk)

    asking = _asking(
        holding, organisation, form, _("Print the hand-over sheet"), _("Print"),
        _("The sheet is printed. Rights last until all three have signed it."),
        to=lambda: reverse("orgs:handover", args=[made[0]]),
    )  # fmt: skip
    return answer(request, replace(asking, more={"on_leaving": True}), act)


@require_http_methods(GET_POST)
def holding_end_at_once(request: Request, holding_id: int) -> HttpResponse:
    """End a holding that nobody can sign for."""
    holding, organisation = _mine(request, holding_id)
    form = EndAtOnceForm(request.POST or None)

    def act() -> None:
        services.end_at_once(
            holding, reason=EndReason(form.cleaned_data["reason"]), on=form.cleaned_data["on"],
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip

    asking = _asking(
        holding, organisation, form, _("End without a hand-over sheet"), _("End the holding"),
        _("The holding has ended, and its rights with it."),
        danger=_("Only when nobody is there to sign. The rights of this post end at once."),
    )  # fmt: skip
    return answer(request, asking, act)


@require_safe
def handover_page(request: Request, handover_id: int) -> HttpResponse:
    """Show one hand-over sheet and what can be done with it."""
    handover = queries.get_handover(request.actor, handover_id)
    post = handover.holding.post
    organisation = queries.organisation_by_id(request.actor, post.organisation_id, on=localdate())
    may = request.actor.may(permits.appointer_of(organisation.level), at=handover.path)
    title = _("Hand-over sheet %(number)s") % {"number": handover.document_number}
    context: dict[str, object] = {
        "handover": handover,
        "title": title,
        "holding": handover.holding,
        "post_title": title_of_post(post),
        "organisation": organisation,
        "way": way_of(organisation, (title, "")),
        "moves": [move.name for move in HANDOVER.moves_from(handover.state)] if may else [],
        "today": localdate(),
    }
    return page(request, "orgs/handover.html", context)


@require_http_methods(GET_POST)
def handover_sign(request: Request, handover_id: int) -> HttpResponse:
    """Record that all three signed."""
    handover, organisation = _mine_sheet(request, handover_id)
    form = SignForm(request.POST or None, initial={"signed_on": localdate()})

    def act() -> None:
        services.sign_handover(
            handover, signed_on=form.cleaned_data["signed_on"], actor=request.actor,
            now=timezone.now(),
        )  # fmt: skip

    asking = _asking(
        handover.holding, organisation, form, _("All three have signed"), _("Put on record"),
        _("The hand-over is done. The post gives its former holder no rights any more."),
        to=lambda: reverse("orgs:handover", args=[handover_id]),
    )  # fmt: skip
    return answer(request, asking, act)


@require_http_methods(GET_POST)
def handover_withdraw(request: Request, handover_id: int) -> HttpResponse:
    """Withdraw a sheet: the holder stays."""
    handover, organisation = _mine_sheet(request, handover_id)
    form = WithdrawForm(request.POST or None)

    def act() -> None:
        services.withdraw_handover(
            handover, note=form.cleaned_data["note"], actor=request.actor, now=timezone.now()
        )

    asking = _asking(
        handover.holding, organisation, form, _("Withdraw the sheet"), _("Withdraw"),
        _("The sheet is withdrawn. The holder stays in the post."),
        to=lambda: reverse("orgs:handover", args=[handover_id]),
    )  # fmt: skip
    return answer(request, asking, act)


def _usual_items() -> str:
    """The things that the law's commentators list: seal, accounts, assets, contracts, archives."""
    return "\n".join([_("seals"), _("accounts"), _("assets"), _("contracts"), _("archives")])


def _mine(request: Request, holding_id: int) -> tuple[Any, Any]:
    holding = queries.get_holding(request.actor, holding_id)
    organisation = queries.organisation_by_id(
        request.actor, holding.post.organisation_id, on=localdate()
    )
    require(request.actor, permits.appointer_of(organisation.level), at=holding.path)
    return holding, organisation


def _mine_sheet(request: Request, handover_id: int) -> tuple[Any, Any]:
    handover = queries.get_handover(request.actor, handover_id)
    organisation = queries.organisation_by_id(
        request.actor, handover.holding.post.organisation_id, on=localdate()
    )
    require(request.actor, permits.appointer_of(organisation.level), at=handover.path)
    return handover, organisation


def _said(holding: Any) -> dict[str, Any]:
    return {**{name: getattr(holding, name) for name in FIELDS}, "edition": holding.edition}


def _asking(
    holding: Any,
    organisation: Any,
    form: Form,
    *words: str,
    to: Callable[[], str] | None = None,
    danger: str = "",
) -> Asking:
    """Words are title, button, and what is said when it went well."""
    title, submit, said = words
    back = reverse("orgs:post", args=[holding.post_id])
    way = way_of(organisation, (title_of_post(holding.post), back), (title, ""))
    lead = f"{holding.holder_name} · {title_of_post(holding.post)}"
    return Asking(
        title=title, form=form, way=way, to=to or (lambda: back), submit=submit, said=said,
        lead=lead, danger=danger,
    )  # fmt: skip
