"""Signing in of residents: a number, and the code that is sent to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from linli.access import entering, rules
from linli.access.entering import way_in
from linli.access.errors import CodeRefused
from linli.access.forms import CodeForm, PhoneForm
from linli.access.queries.codes import is_used_up
from linli.access.services import codes
from linli.access.types import Factor
from linli.access.views.sign_in import COUNTED, GET_POST
from linli.kernel.errors import TooMany
from linli.kernel.web import Request, done, page
from linli.runtime.types import client_address, without_key

PHONE_SALT = "access.phone"


@way_in
@without_key(COUNTED)
@require_http_methods(GET_POST)
def resident(request: Request) -> HttpResponse:
    """Residents: the number, to which a code is sent; the answer is the same for any number."""
    form = PhoneForm(request.POST or None, initial={"next": entering.safe_next(request)})
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        ticket = signing.dumps([phone, entering.safe_next(request)], salt=PHONE_SALT)
        frame = _code_frame(phone, ticket, CodeForm())
        try:
            _send(request, phone)
        except TooMany as refusal:
            return _sent_before(request, form, frame, refusal)
        return page(request, "access/code.html", frame)
    return page(
        request,
        "access/sign_in_resident.html",
        {"form": form, "tab": "resident"},
        status=422 if form.is_bound else 200,
    )


def _send(request: Request, phone: str) -> None:
    codes.send_code(
        phone,
        address=client_address(request),
        language=get_language() or "zh-hans",
        actor=request.actor,
        now=timezone.now(),
    )


def _sent_before(
    request: Request, form: PhoneForm, frame: dict[str, Any], refusal: TooMany
) -> HttpResponse:
    """Asked again too soon: the code from before still fits, and its field is here."""
    waits = int(str(refusal.details["retry_after"]))
    if refusal.details.get("bucket") != rules.AGAIN_LIMIT:
        template = "access/sign_in_resident.html"
        response = entering.refused(request, template, form=form, refusal=refusal, tab="resident")
    else:
        left = rules.left_of_code(timedelta(seconds=waits))
        wait = {
            "minutes": max(left.seconds // 60, 1), "seconds": waits,
            "is_used_up": is_used_up(frame["phone"], timezone.now()),
        }  # fmt: skip
        frame = {**frame, "wait": wait}
        response = page(request, "access/code.html", frame, status=refusal.status)
    response["Retry-After"] = str(waits)
    return response


def _code_frame(phone: str, ticket: str, form: CodeForm) -> dict[str, Any]:
    return {"phone": phone, "ticket": ticket, "form": form}


@way_in
@without_key(COUNTED)
@require_POST
def code(request: Request) -> HttpResponse:
    """Residents: the code."""
    try:
        phone, to = signing.loads(
            request.POST.get("ticket", ""), salt=PHONE_SALT, max_age=entering.TICKET_SECONDS
        )
    except signing.BadSignature:
        return redirect("access:resident")
    form = CodeForm(request.POST)
    frame = _code_frame(phone, request.POST["ticket"], form)
    if not form.is_valid():
        return page(request, "access/code.html", frame, status=422)
    try:
        account = codes.take_code(
            phone,
            form.cleaned_data["code"],
            address=client_address(request),
            actor=request.actor,
            now=timezone.now(),
        )
    except CodeRefused as refusal:
        return entering.refused(request, "access/code.html", refusal=refusal, **frame)
    entering.enter(request, account, factor=Factor.CODE)
    return done(request, entering.after_sign_in(request, to))
