"""The register of printed papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from linli.documents import permits, queries, services
from linli.documents.errors import AlreadyWithdrawn
from linli.documents.forms import DocumentFilter, ReprintForm, WithdrawForm
from linli.kernel.errors import Invalid, NotFound
from linli.kernel.web import Request, done, page
from linli.runtime.queries import views_of_list
from linli.runtime.services import long_jobs
from linli.ui.addresses import address_of
from linli.ui.columns import col

if TYPE_CHECKING:
    from linli.documents.models import Document

LIST = "documents.register"


@require_GET
def document_list(request: Request) -> HttpResponse:
    """Show the register, filtered by the address."""
    may_read = bool(request.actor.paths(permits.READ) or request.actor.account_id)
    if not may_read:
        raise NotFound()
    form = DocumentFilter(request.GET or None, prefix=None)
    here = address_of(request)
    found = queries.list_documents(
        request.actor,
        form.shown() if request.GET else queries.Filter(),
        cursor=here.get("cursor") or None,
    )
    columns = [
        col(_("No.")), col(_("Paper")), col(_("Issued")), col(_("State")), col(_("Copies"), end=True)
    ]  # fmt: skip
    context: dict[str, object] = {
        "form": form,
        "here": here,
        "found": found,
        "columns": columns,
        "words": queries.DOCUMENT_WORDS,
        "views": views_of_list(request.actor, LIST),
        "list_name": LIST,
    }
    return page(
        request, "documents/document_list.html", context, part="documents/_document_rows.html"
    )


@require_POST
def document_export(request: Request) -> HttpResponse:
    """Write the filtered register into a file, as a job that one may leave."""
    form = DocumentFilter(request.POST)
    job = long_jobs.start_job(
        "documents.export_register",
        params={**vars_of(form), "language": request.LANGUAGE_CODE},
        place=first_path(request),
        actor=request.actor,
        now=timezone.now(),
        title=_("Register of printed papers"),
    )
    return done(request, reverse("runtime:job_detail", args=[job.code]))


def vars_of(form: DocumentFilter) -> dict[str, object]:
    """Return the filter as a job keeps it."""
    shown = form.shown()
    return {
        "state": shown.state,
        "kind": shown.kind,
        "words": shown.words,
        "since": shown.since,
        "until": shown.until,
    }


def first_path(request: Request) -> str:
    """Return the first place whose register the actor reads, where the job is entered."""
    return next(iter(request.actor.paths(permits.READ)), "")


@require_GET
def document_detail(request: Request, code: str) -> HttpResponse:
    """Show one paper: facts, printings, seal, file. Who is not staff reads what its check says."""
    document = queries.get_document(request.actor, code)
    if not request.actor.is_staff:
        return HttpResponseRedirect(reverse("documents:check", args=[document.code]))
    return page(request, "documents/document_detail.html", facts_of(request, document))


def _seal_on(document: Document) -> dict[str, object]:
    seal = queries.seal_of_paper(document)
    judged = queries.judged_seal(seal) if seal else None
    return {"electronic": seal, "judged": judged, "chain_words": queries.CHAIN_WORDS}


def facts_of(
    request: Request,
    document: Document,
    reprint: ReprintForm | None = None,
    withdraw: WithdrawForm | None = None,
) -> dict[str, object]:
    """Return what the page of one paper shows, with the forms as they were typed."""
    may = request.actor.may
    return {
        "document": document,
        "kind": queries.title_of_template(document.template),
        "columns": [
            col(_("When")),
            col(_("Issued by")),
            col(_("Reason")),
            col(_("Copies"), end=True),
        ],
        "prints": list(document.prints.order_by("-id")[:50]),
        "uses": list(document.seal_uses.order_by("-id")),
        "words": queries.DOCUMENT_WORDS,
        **_seal_on(document),
        "seal_words": queries.SEAL_STATE_WORDS,
        "reprint": reprint or ReprintForm(),
        "withdraw": withdraw or WithdrawForm(),
        "may_reprint": document.state == "issued"
        and may(permits.ISSUE, at=document.place, level=document.level),
        "may_withdraw": document.state == "issued"
        and may(permits.WITHDRAW, at=document.place, level=document.level),
    }


@require_POST
def document_reprint(request: Request, code: str) -> HttpResponse:
    """Record another printing, then hand out the file."""
    document = queries.get_document(request.actor, code)
    form = ReprintForm(request.POST)
    if not form.is_valid():
        return page(
            request,
            "documents/document_detail.html",
            facts_of(request, document, reprint=form),
            status=422,
        )
    services.reprint_document(
        document,
        copies=form.cleaned_data["copies"],
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("The printing is entered. Print the file now."))
    return done(request, reverse("documents:detail", args=[code]))


@require_POST
def document_withdraw(request: Request, code: str) -> HttpResponse:
    """Withdraw a paper with a reason."""
    document = queries.get_document(request.actor, code)
    form = WithdrawForm(request.POST)
    try:
        if not form.is_valid():
            raise Invalid({})
        services.withdraw_document(
            document, reason=form.cleaned_data["reason"], actor=request.actor, now=timezone.now()
        )
    except Invalid as refusal:
        form.take(refusal.fields)
        return page(
            request,
            "documents/document_detail.html",
            facts_of(request, document, withdraw=form),
            status=422,
        )
    except AlreadyWithdrawn as refusal:
        messages.error(request, str(refusal))
        return done(request, reverse("documents:detail", args=[code]))
    messages.success(request, _("The paper is withdrawn; its check page says so from now on."))
    return done(request, reverse("documents:detail", args=[code]))
