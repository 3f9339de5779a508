"""Pages on which an official sets or withdraws a local value."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.permits import Permit, require_somewhere
from linli.kernel.web import Request, done, page
from linli.rulebook import imports, permits, queries, services
from linli.rulebook.errors import NotInForce, Overlaps
from linli.rulebook.forms import (
    FOR_BODY,
    FOR_PROVINCE,
    CalendarForm,
    LocalValueForm,
    WithdrawForm,
    typed,
)
from linli.rulebook.law.model import Parameter
from linli.rulebook.types import RuleValue
from linli.rulebook.views.wording import context, say


@require_http_methods(["GET", "HEAD", "POST"])
def value_add(request: Request, key: str) -> HttpResponse:
    """Take a new local value with its document."""
    parameter = queries.get_parameter(key)
    _refuse_readers(request, permits.SET_VALUE)
    initial = {"place_code": _own_code(request), **typed(_value_now(parameter, request))}
    form = LocalValueForm(parameter, parameter.pattern, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_local_value(key, _proposed(form), actor=request.actor, now=timezone.now())
        except Invalid as fault:
            form.take(fault.fields)
        except Overlaps as fault:
            form.add_error("valid_from", str(fault))
        else:
            messages.success(request, _("The value is in the rulebook."))
            return done(request, reverse("rulebook:detail", args=[key]))
    status = 422 if form.is_bound else 200
    more = context(form=form, parameter=parameter, group_title=_group_title(parameter))
    return page(request, "rulebook/value_add.html", more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def value_withdraw(request: Request, pk: int) -> HttpResponse:
    """Ask from when and why, and withdraw a local value."""
    row = queries.get_local_value(pk)
    if not request.actor.may(permits.SET_VALUE, at=row.place):
        raise NotAllowed(permit=permits.SET_VALUE.name, at=row.place)
    form = WithdrawForm(request.POST or None, initial={"from_day": localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_local_value(
                row, **form.cleaned_data, actor=request.actor, now=timezone.now()
            )
        except Invalid as fault:
            form.take(fault.fields)
        else:
            messages.success(request, _("The value is withdrawn."))
            return done(request, reverse("rulebook:detail", args=[row.key]))
    status = 422 if form.is_bound else 200
    parameter = queries.get_parameter(row.key)
    more = context(form=form, row=row, parameter=parameter, group_title=_group_title(parameter))
    return page(request, "rulebook/value_withdraw.html", more, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_load(request: Request) -> HttpResponse:
    """Take the file of a notice and load its year."""
    _refuse_readers(request, permits.LOAD_CALENDAR)
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            days = imports.read_workdays(imports.text_of(form.cleaned_data["file"]))
            loaded = services.load_calendar(days, actor=request.actor, now=timezone.now())
        except Invalid as fault:
            for where, told in fault.fields.items():
                lead = "" if where == "file" else f"{where}: "
                form.add_error("file", [f"{lead}{message}" for message in told])
        else:
            messages.success(
                request, _("The calendar is loaded: %(count)s days.") % {"count": loaded.days}
            )
            return done(request, reverse("rulebook:calendar_year", args=[loaded.years[-1]]))
    status = 422 if form.is_bound else 200
    return page(request, "rulebook/calendar_load.html", context(form=form), status=status)


def _refuse_readers(request: Request, permit: Permit) -> None:
    """Who holds the permit nowhere is told at once, not after a long form."""
    require_somewhere(request.actor, permit)


def _own_code(request: Request) -> str:
    paths = request.actor.paths(permits.SET_VALUE)
    return paths[0].rstrip("/").rsplit("/", 1)[-1] if paths else ""


def _value_now(parameter: Parameter, request: Request) -> RuleValue:
    paths = request.actor.paths(permits.SET_VALUE)
    try:
        return queries.lookup(parameter.key, paths[0] if paths else "", localdate()).value
    except NotInForce:
        return parameter.pattern


def _proposed(form: LocalValueForm) -> services.Proposed:
    data = form.cleaned_data
    return services.Proposed(
        value=form.raw_value,
        place=data["place_code"],
        document_number=data["document_number"],
        document_date=data["document_date"],
        issuer=data["issuer"],
        valid_from=data["valid_from"],
        valid_to=data["valid_to"],
        body_id=data["body_id"] if data["scope"] == FOR_BODY else None,
        for_province=data["scope"] == FOR_PROVINCE,
        reading=data.get("reading", ""),
        note=data["note"],
    )


def _group_title(parameter: Parameter) -> str:
    return next(say(g.title) for g in queries.groups() if g.key == parameter.group)
