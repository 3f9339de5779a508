"""Fees of an application, registers that are asked for it, and its applicant's particulars opened."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.exchange.queries.payments import notice_of_receipt
from linli.kernel.errors import Invalid
from linli.kernel.web import Request, page
from linli.offerings.clients.applicants import opened_form
from linli.offerings.forms import window as forms
from linli.offerings.forms.window_fees import PaymentForm, RefundForm, WaiverBackForm, WaiverForm
from linli.offerings.queries.applications import payment_named
from linli.offerings.queries.fees import fee_of, left_of, waivers_of
from linli.offerings.queries.item_forms import opened_lines
from linli.offerings.queries.records import sharing_material
from linli.offerings.services import asking_records, fees, forgetting
from linli.offerings.types.applications import FEE_OVER
from linli.offerings.views.applications import GET_POST, opened, step_of
from linli.ui.formats import money


@never_cache
@require_http_methods(GET_POST)
def pay(request: Request, number: str) -> HttpResponse:
    """Note that a fee was paid."""
    case, it = opened(request, number)
    form = PaymentForm(request.POST or None, initial={"amount": f"{it.open_fen / 100:.2f}"})

    def act(said: dict[str, Any]) -> str:
        paid = fees.take_payment(
            case.pk, said["amount"].fen, said["way"], actor=request.actor, now=timezone.now()
        )
        return _("Paid; the receipt has number %(number)s.") % {"number": paid.number}

    words = _("Note a payment")
    return step_of(request, case, form, act, title=words, button_words=words)


@never_cache
@require_http_methods(GET_POST)
def waive(request: Request, number: str) -> HttpResponse:
    """Let somebody off a fee, or a part of it, that they have not paid."""
    case, it = opened(request, number)
    form = WaiverForm(request.POST or None, initial={"amount": f"{it.open_fen / 100:.2f}"})

    def act(said: dict[str, Any]) -> str:
        fees.waive(
            case.pk, said["amount"].fen, said["reason"], actor=request.actor, now=timezone.now()
        )
        return _("It is noted: this does not have to be paid.")

    words = _("Let off the fee")
    return step_of(request, case, form, act, title=words, button_words=words)


@never_cache
@require_http_methods(GET_POST)
def take_waiver_back(request: Request, number: str) -> HttpResponse:
    """Say that what was let off is owed after all."""
    case, _it = opened(request, number)
    standing = [
        (one.pk, f"{money(one.amount_fen)} · {one.reason}")
        for one in waivers_of(case.pk)
        if not one.is_back
    ]
    form = WaiverBackForm(request.POST or None, waivers=standing)

    def act(said: dict[str, Any]) -> str:
        fees.take_waiver_back(
            case.pk, said["waiver"], said["reason"], actor=request.actor, now=timezone.now()
        )
        return _("It is noted: this has to be paid after all.")

    words = _("Owed after all")
    return step_of(request, case, form, act, title=words, button_words=words)


@never_cache
@require_http_methods(GET_POST)
def refund(request: Request, number: str, receipt: str) -> HttpResponse:
    """Give a payment or a part of it back."""
    case, it = opened(request, number)
    payment = payment_named(it.application, receipt)
    fee, left = fee_of(it.application), left_of(payment)
    first = min(left, fee.back_fen) if fee and fee.back_fen else left
    form = RefundForm(
        request.POST or None, initial={"amount": f"{first / 100:.2f}"},
        is_over=case.state in FEE_OVER,
    )  # fmt: skip

    def act(said: dict[str, Any]) -> str:
        fees.refund(
            payment, said["amount"].fen, said["reason"], is_waived=said.get("is_waived", False),
            actor=request.actor, now=timezone.now(),
        )  # fmt: skip
        return _("It is noted that it went back.")

    words, lead = _("Give the fee back"), payment.number
    if notice_of_receipt(receipt) is not None:
        over = _("It was paid over the payment system and goes back over it by itself.")
        lead = f"{lead} · {over}"
    return step_of(request, case, form, act, title=words, button_words=words, lead=lead)


@never_cache
@require_http_methods(GET_POST)
def ask(request: Request, number: str, key: str) -> HttpResponse:
    """Ask a register of the city for a material that the office looks up itself."""
    case, it = opened(request, number)
    material = sharing_material(it.application, key)
    basis = next((one["title"] for one in it.application.item.get("basis") or ()), "")
    form = forms.RecordForm(request.POST or None, initial={"basis": basis})

    def act(said: dict[str, Any]) -> str:
        asking_records.ask_record(
            case.pk, key, said["ground"], said["basis"], actor=request.actor, now=timezone.now()
        )
        return _("The register is asked; the answer stands on the sheet in a moment.")

    title = _("Ask the register: %(what)s") % {"what": material.name}
    lead = _(
        "Only yes or no is asked. If no answer comes, go on without: the applicant does not have to bring it."
    )
    return step_of(
        request, case, form, act, title=title, button_words=_("Ask the register"), lead=lead
    )


@never_cache
@require_http_methods(GET_POST)
def reveal(request: Request, number: str) -> HttpResponse:
    """Show name, number and address of an applicant, for a reason that stays on record."""
    case, it = opened(request, number)
    form, told = forms.RevealForm(request.POST or None), list[tuple[str, str]]()
    if request.method == "POST" and form.is_valid():
        try:
            who = forgetting.reveal_applicant(
                case.pk, form.cleaned_data["reason"], actor=request.actor, now=timezone.now()
            )
        except Invalid as wrong:
            form.take(wrong.fields)
        else:
            told = [
                (pgettext("person", "Name"), who.name), (_("Identity card"), who.id_number),
                (_("Telephone"), who.phone), (_("Address"), who.address),
                (_("Agent"), who.agent_name), (_("Identity card of the agent"), who.agent_id),
                (_("Telephone of the agent"), who.agent_phone),
                *opened_lines(
                    it.item, it.application.form_number,
                    opened_form(it.application.form_sealed, case.pk),
                ),
            ]  # fmt: skip
    words = _("Open name, number and address")
    frame = {
        "case": case,
        "form": form,
        "lead": "",
        "told": told,
        "title": words,
        "button_words": words,
    }
    status = 422 if form.errors else 200
    return page(request, "offerings/applications/step.html", frame, status=status)
