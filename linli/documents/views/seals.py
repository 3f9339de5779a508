"""The seal book: applications, decisions, stampings."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from linli.documents import permits, queries, services
from linli.documents.forms import (
    CancelForm,
    DecisionForm,
    ElectronicForm,
    SealApplicationForm,
    SealFilter,
    StampForm,
)
from linli.documents.services.seals import Application
from linli.documents.states import SEAL_USE
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.web import Request, done, page
from linli.runtime.queries import views_of_list
from linli.runtime.services import long_jobs
from linli.ui.addresses import address_of
from linli.ui.columns import col

if TYPE_CHECKING:
    from linli.documents.models import SealUse

LIST = "documents.seal_book"
PERMITS = (permits.READ, permits.APPLY_SEAL, permits.APPROVE_SEAL, permits.KEEP_SEAL)


def require_book(request: Request) -> None:
    """Refuse with NotFound whoever has nothing to do with the seal book anywhere."""
    if not request.actor.holds(*PERMITS):
        raise NotFound()


@require_GET
def seal_list(request: Request) -> HttpResponse:
    """Show the seal book, filtered by the address."""
    require_book(request)
    form = SealFilter(request.GET or None)
    here = address_of(request)
    shown = form.shown() if request.GET else queries.Filter()
    found = queries.list_seal_uses(request.actor, shown, cursor=here.get("cursor") or None)
    columns = [
        col(_("No.")), col(_("Matter")), col(_("Applied at")), col(_("State")), col(_("Copies"), end=True)
    ]  # fmt: skip
    context: dict[str, object] = {
        "form": form,
        "here": here,
        "found": found,
        "columns": columns,
        "words": queries.SEAL_STATE_WORDS,
        "seals": queries.SEAL_WORDS,
        "may_apply": bool(request.actor.paths(permits.APPLY_SEAL)),
        "kept": queries.places_named(request.actor.paths(permits.KEEP_SEAL)),
        "views": views_of_list(request.actor, LIST),
        "list_name": LIST,
    }
    return page(request, "documents/seal_list.html", context, part="documents/_seal_rows.html")


@require_POST
def seal_export(request: Request) -> HttpResponse:
    """Write the filtered seal book into a file, as a job."""
    require_book(request)
    shown = SealFilter(request.POST).shown()
    given = {"state": shown.state, "kind": shown.kind, "words": shown.words}
    job = long_jobs.start_job(
        "documents.export_seal_book",
        params={
            **given, "since": shown.since, "until": shown.until, "language": request.LANGUAGE_CODE,
        },
        place=next(iter(request.actor.paths(permits.READ)), ""),
        actor=request.actor,
        now=timezone.now(),
        title=_("Seal book"),
    )  # fmt: skip
    return done(request, reverse("runtime:job_detail", args=[job.code]))


@require_POST
def seal_print(request: Request) -> HttpResponse:
    """Print the filtered seal book of one place, to be signed and filed."""
    shown = SealFilter(request.POST).shown()
    place = request.POST.get("place", "")
    document = services.print_seal_book(
        shown,
        place=place,
        language=str(request.LANGUAGE_CODE),
        actor=request.actor,
        now=timezone.now(),
    )
    return done(request, reverse("documents:detail", args=[document.code]))


@require_http_methods(["GET", "HEAD", "POST"])
def seal_apply(request: Request) -> HttpResponse:
    """Apply for a seal on a paper that the system did not print."""
    paths = request.actor.paths(permits.APPLY_SEAL)
    if not paths:
        raise NotAllowed(permit=permits.APPLY_SEAL.name)
    form = SealApplicationForm(request.POST or None)
    form.fields["place"].choices = queries.places_named(paths)  # type: ignore[attr-defined]
    if request.method != "POST":
        return page(request, "documents/seal_apply.html", {"form": form})
    if not form.is_valid():
        return page(request, "documents/seal_apply.html", {"form": form}, status=422)
    given = form.cleaned_data
    application = Application(given["seal"], given["matter"], given["copies"], given["recipient"])
    use = services.apply_for_seal(
        application, place=given["place"], actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("Applied for as %(number)s.") % {"number": use.number})
    return done(request, reverse("documents:seal", args=[use.pk]))


@require_GET
def seal_detail(request: Request, use_id: int) -> HttpResponse:
    """Show one entry of the seal book with the next step."""
    return page(request, "documents/seal_detail.html", facts_of(request, use_id))


def facts_of(
    request: Request,
    use_id: int,
    decision: DecisionForm | None = None,
    stamp: StampForm | None = None,
    cancel: CancelForm | None = None,
) -> dict[str, object]:
    """Return what the page of one entry shows, with the forms as they were typed."""
    use = queries.get_seal_use(request.actor, use_id)
    moves = {move.name for move in SEAL_USE.moves_from(use.state)}
    may = request.actor.may
    today = timezone.localdate()
    return {
        "use": use,
        "words": queries.SEAL_STATE_WORDS,
        "seals": queries.SEAL_WORDS,
        "decision": decision or DecisionForm(),
        "stamp": stamp or StampForm(initial={"on": today.isoformat(), "copies": use.copies}),
        "cancel": cancel or CancelForm(),
        "is_own": use.account_id == request.actor.account_id,
        "may_decide": "approve" in moves
        and may(permits.APPROVE_SEAL, at=use.place)
        and use.account_id != request.actor.account_id,
        **stamping_facts(request, use, is_due="stamp" in moves),
        "may_cancel": "cancel" in moves
        and (use.account_id == request.actor.account_id or may(permits.KEEP_SEAL, at=use.place)),
        **electronic_facts(request, use),
    }


def stamping_facts(request: Request, use: SealUse, *, is_due: bool) -> dict[str, object]:
    """Return whether the reader stamps now, or leaves it to another keeper because she applied."""
    may = is_due and request.actor.may(permits.KEEP_SEAL, at=use.place)
    for_another = may and queries.is_for_another_keeper(request.actor, use, now=timezone.now())
    return {"may_stamp": may and not for_another, "is_for_another": for_another}


def electronic_facts(request: Request, use: SealUse) -> dict[str, object]:
    """Return what the page shows of the electronic seal: nothing where there is no service and never was one."""
    seal = queries.latest_seal(use)
    return {
        "electronic": seal,
        "judged": queries.judged_seal(seal) if seal else None,
        "chain_words": queries.CHAIN_WORDS,
        "electronic_fault": queries.electronic_fault(seal.fault) if seal and seal.fault else "",
        "electronic_words": queries.ELECTRONIC_WORDS,
        "electronic_tones": queries.ELECTRONIC_TONES,
        "may_ask_seal": queries.may_ask_seal(request.actor, use),
        "may_call_off": seal is not None
        and seal.state == "asked"
        and request.actor.may(permits.KEEP_SEAL, at=use.place),
    }


@require_POST
def seal_electronic(request: Request, use_id: int) -> HttpResponse:
    """Ask the city's seal service for the electronic seal, or call that off."""
    use = queries.get_seal_use(request.actor, use_id)
    move = ElectronicForm(request.POST).accepted()["move"]
    service = {
        "ask": services.ask_electronic_seal, "call_off": services.call_off_electronic_seal,
    }[move]  # fmt: skip
    seal = service(use, actor=request.actor, now=timezone.now())
    messages.success(request, queries.ELECTRONIC_WORDS[seal.state])
    return done(request, reverse("documents:seal", args=[use_id]))


@require_POST
def seal_decide(request: Request, use_id: int, move: str) -> HttpResponse:
    """Approve or refuse an application."""
    form = DecisionForm(request.POST)
    service = {"approve": services.approve_seal_use, "refuse": services.refuse_seal_use}[move]
    return _moved(request, use_id, form, "decision", lambda use, given: service(
        use, note=given["note"], actor=request.actor, now=timezone.now()
    ))  # fmt: skip


@require_POST
def seal_stamp(request: Request, use_id: int) -> HttpResponse:
    """Enter the stamping by hand."""
    form = StampForm(request.POST)
    return _moved(request, use_id, form, "stamp", lambda use, given: services.stamp_seal_use(
        use, copies=given["copies"], on=given["on"], actor=request.actor, now=timezone.now()
    ))  # fmt: skip


@require_POST
def seal_cancel(request: Request, use_id: int) -> HttpResponse:
    """Take an application back."""
    use, form = queries.get_seal_use(request.actor, use_id), CancelForm(request.POST)
    if use.account_id == request.actor.account_id:
        services.cancel_seal_use(use, actor=request.actor, now=timezone.now())
        return done(request, reverse("documents:seal", args=[use_id]))
    return _moved(request, use_id, form, "cancel", lambda use, given: services.cancel_seal_use(
        use, why=given["why"], actor=request.actor, now=timezone.now()
    ))  # fmt: skip


def _moved(
    request: Request,
    use_id: int,
    form: Any,
    name: str,
    act: Callable[[SealUse, dict[str, Any]], SealUse],
) -> HttpResponse:
    """Make a move, or show its form again with what is wrong."""
    use = queries.get_seal_use(request.actor, use_id)
    try:
        if not form.is_valid():
            raise Invalid({})
        moved = act(use, form.cleaned_data)
    except Invalid as refusal:
        form.take(refusal.fields)
        context = facts_of(request, use_id, **{name: form})
        return page(request, "documents/seal_detail.html", context, status=422)
    messages.success(request, queries.SEAL_STATE_WORDS[moved.state])
    return done(request, reverse("documents:seal", args=[use_id]))
