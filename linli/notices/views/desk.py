"""The notices of an office at the desk: the list, one notice with its next step, and the steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from linli.kernel.errors import Invalid, NotFound, Refusal
from linli.kernel.list_files import Asked, ListFile, Row, sheet_of
from linli.kernel.permits import Actor
from linli.kernel.web import Request, done, page
from linli.notices import permits, queries, services
from linli.notices.errors import LookFirst, NamesAPerson
from linli.notices.forms.acting import (
    FilesForm,
    PhotosForm,
    PrintForm,
    ReturnForm,
    StepForm,
    WithdrawForm,
)
from linli.notices.forms.filters import StaffFilter
from linli.notices.types import Text
from linli.notices.views.showing import rows, shown
from linli.runtime.queries import views_of_list
from linli.ui.addresses import address_of
from linli.ui.columns import col
from linli.ui.downloads import list_download

if TYPE_CHECKING:
    from linli.notices.models import Posting

LIST = "notices.postings"


def require_worker(request: Request) -> None:
    """Refuse with NotFound whoever has nothing to do with notices anywhere."""
    if not queries.works_anywhere(request.actor):
        raise NotFound()


@require_safe
def posting_list(request: Request) -> HttpResponse:
    """Show the notices that the actor works on, filtered by the address, or hand them out as a file."""
    require_worker(request)
    form, here, today = StaffFilter(request.GET or None), address_of(request), timezone.localdate()
    asked = form.shown() if request.GET else queries.Filter()
    if request.GET.get("format") in ("csv", "xlsx"):
        return list_download(request, LIST, queries.filtered_staff(request.actor, asked, on=today))
    found = queries.list_staff(request.actor, asked, on=today, cursor=here.get("cursor") or None)
    context: dict[str, object] = {
        "form": form, "here": here, "found": found, "rows": rows(found.items, today),
        "columns": [col(_("Title")), col(_("State")), col(_("Days shown")), col(_("Posted by")),
                    col(_("Last changed")), col(_("Next step"), end=True)],
        "views": views_of_list(request.actor, LIST), "list_name": LIST,
        "may_write": bool(request.actor.paths(permits.WRITE)),
    }  # fmt: skip
    return page(request, "notices/list.html", context, part="notices/_staff_rows.html")


def posting_sheet(actor: Actor, asked: Asked, now: datetime) -> Iterator[Row]:
    """The notices that the actor works on, drafts too, last changed first."""
    shown = StaffFilter(dict(asked)).shown()
    found = queries.filtered_staff(actor, shown, on=timezone.localdate(now))
    return sheet_of(found, queries.CHANGED, _lines)


FILE = ListFile(LIST, gettext_lazy("Notices"), posting_sheet, (permits.WRITE, permits.PUBLISH))


def _lines(found: list[Posting]) -> list[list[Any]]:
    heads = [_("No."), _("Category"), _("Title"), _("State"), _("First day"), _("Last day"),
             _("Office"), _("Place"), _("Reason of withdrawal")]  # fmt: skip
    body = [
        [one.posting.number, one.category, one.version.title if one.version else "", one.phase_words,
         one.posting.first_day or "", one.posting.last_day or "", one.posting.office, one.place,
         one.posting.withdrawn_reason]
        for one in rows(found, timezone.localdate())
    ]  # fmt: skip
    return [heads, *body]


@require_safe
def manage(request: Request, code: str) -> HttpResponse:
    """Show one notice to whoever works on it: how it will look, what is pointed out, the next step."""
    posting = queries.get_for_staff(request.actor, code)
    return page(request, "notices/manage.html", facts_of(request, posting))


def facts_of(request: Request, posting: Posting, **forms: Any) -> dict[str, object]:
    """Return what the page of one notice at the desk shows, with forms as they were typed."""
    today, version = timezone.localdate(), posting.open or posting.current
    edition = {"edition": posting.open.edition if posting.open else 0}
    may_write = request.actor.may(permits.WRITE, at=posting.place)
    may_publish = request.actor.may(permits.PUBLISH, at=posting.place)
    return {
        "posting": posting, "one": shown(posting, version, today), "open": posting.open,
        "findings": findings_of(posting), "sign_words": queries.SIGN_WORDS,
        "least": queries.least_of(posting.category, posting.place, posting.first_day or today),
        "end": _end(posting), "versions": queries.all_versions(posting),
        "columns": [col(_("Version")), col(_("State")), col(_("When")), col(_("By")), col(_("Reason"))],
        "phase_words": queries.PHASE_WORDS, "may_write": may_write, "may_publish": may_publish,
        "photos": queries.photos_of(posting),
        "step": StepForm(initial=edition), "giving_back": ReturnForm(initial=edition),
        "withdrawing": WithdrawForm(), "printing": PrintForm(),
        "papers": FilesForm(), "photo_form": PhotosForm(), **forms,
    }  # fmt: skip


def findings_of(posting: Posting) -> list[Any]:
    """Return what in the words that are being written may be about a person."""
    one = posting.open
    if one is None:
        return []
    return queries.findings_of(Text(one.title, one.body, one.contact, one.basis, one.objection))


def _end(posting: Posting) -> Any:
    """Return the last day as it would be, before the notice is published."""
    if posting.last_day is not None:
        return None
    first = posting.first_day or timezone.localdate()
    return queries.last_day(first, posting.days, posting.unit, posting.place)


@require_POST
def move(request: Request, code: str, move: str) -> HttpResponse:
    """Take a step with a notice: hand in, give back, publish, give up, withdraw."""
    posting = queries.get_for_staff(request.actor, code)
    name, form, act, words = _step(move, request, posting)
    try:
        if not form.is_valid():
            raise Invalid({})
        act(form.cleaned_data)
    except (Invalid, LookFirst, NamesAPerson) as refusal:
        _tell(form, refusal)
        posting = queries.get_for_staff(request.actor, code)
        context = facts_of(request, posting, **{name: form})
        return page(request, "notices/manage.html", context, status=422)
    messages.success(request, words)
    return done(request, reverse("notices:manage", args=[posting.code]))


def _tell(form: Any, refusal: Refusal) -> None:
    if isinstance(refusal, Invalid):
        form.take(refusal.fields)
    else:
        form.add_error(None, str(refusal))


def _step(
    move: str, request: Request, posting: Posting
) -> tuple[str, Any, Callable[[dict[str, Any]], object], str]:
    """Return the form of a step, what it does with what was typed, and what is said then."""
    who: dict[str, Any] = {"actor": request.actor, "now": timezone.now()}
    if move == "withdraw":
        return "withdrawing", WithdrawForm(request.POST), lambda given: services.withdraw_posting(
            posting, **given, **who
        ), _("The notice is withdrawn; whoever looks for it reads why.")  # fmt: skip
    if move == "return":
        return "giving_back", ReturnForm(request.POST), lambda given: services.return_version(
            posting, **given, **who
        ), _("The draft went back to its writer.")  # fmt: skip
    step = StepForm(request.POST)
    if move == "publish":
        return "step", step, lambda given: services.publish_version(
            posting, **given, **who
        ), _("Published. Print it, hang it up, and everybody can check it.")  # fmt: skip
    service = {"submit": services.submit_version, "drop": services.drop_version}[move]
    words = {"submit": _("Handed in to be published."), "drop": _("Given up.")}[move]
    return "step", step, lambda given: service(posting, edition=given["edition"], **who), words
