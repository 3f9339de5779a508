"""What is done with a report at the desk by one button: approval, the end, back to whoever prepared or signed it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from linli.kernel.errors import Invalid, NotFound
from linli.kernel.registries import POST_NAMES
from linli.kernel.web import Request, done
from linli.kernel.wholes import whole_number
from linli.offerings.errors import HeldAlready
from linli.offerings.forms.reporting import ReportHandBackForm, ReportWhyForm
from linli.offerings.queries import reporting as queries
from linli.offerings.services import reporting as services
from linli.offerings.services import reporting_approving as approving
from linli.offerings.services.reporting_sheets import hand_back
from linli.offerings.states import ReportState

if TYPE_CHECKING:
    from linli.offerings.models import ReportingTask


def sent_words(task: ReportingTask) -> str:
    """Say where a report is that was sent: with the villages, or with the post that approves it."""
    if task.state == ReportState.OPEN:
        return _("The report is with the villages, filled in as far as registers go.")
    post = POST_NAMES.call([task.post_id]).get(task.post_id, "")
    return _("%(post)s is asked. With the approval it goes to the villages.") % {"post": post}


def _why(request: Request) -> str:
    return str(ReportWhyForm(request.POST).accepted()["why"])


def _send(_request: Request, task: ReportingTask, by: dict[str, Any]) -> str:
    return sent_words(approving.send_report(task, **by))


def _approve(_request: Request, task: ReportingTask, by: dict[str, Any]) -> str:
    return sent_words(services.open_report(task, **by))


def _refuse(request: Request, task: ReportingTask, by: dict[str, Any]) -> str:
    approving.refuse_report(task, _why(request), **by)
    return _("It went back to whoever prepared it; nothing went to the villages.")


def _recall(_request: Request, task: ReportingTask, by: dict[str, Any]) -> str:
    approving.recall_report(task, **by)
    return _("It is with you again; the post is not asked any more.")


def _end(_request: Request, task: ReportingTask, by: dict[str, Any]) -> str:
    services.end_report(task, actor=by["actor"], now=by["now"])
    return _("The report has ended.")


def _withdraw(request: Request, task: ReportingTask, by: dict[str, Any]) -> str:
    services.withdraw_report(task, _why(request), actor=by["actor"], now=by["now"])
    return _("The report is taken back; the villages need not do anything.")


def _hand_back(request: Request, task: ReportingTask, by: dict[str, Any]) -> str:
    signed = [(one.code_and_edition, one.code) for one in queries.sheets_of(task) if one.signed_at]
    said = ReportHandBackForm(request.POST, signed=signed).accepted()
    code, _dot, edition = said["sheet"].partition(".")
    sheet = queries.sheet_in(task, code=code)
    hand_back(sheet, said["why"], **{**by, "edition": int(edition)})
    return _("The sheet is with the village again; the others stay signed off.")


ACTS = {
    "open": _send, "approve": _approve, "refuse": _refuse, "recall": _recall, "end": _end,
    "withdraw": _withdraw, "hand-back": _hand_back,
}  # fmt: skip


@require_POST
def act(request: Request, code: str, move: str) -> HttpResponse:
    """Do one step with a report; what is refused is said above the page it came from."""
    task = queries.get_task(request.actor, code)
    if move not in ACTS:
        raise NotFound()
    edition = whole_number(request.POST.get("edition")) or 0
    by: dict[str, Any] = {"edition": edition, "actor": request.actor, "now": timezone.now()}
    to = reverse("offerings:reports") if move == "refuse" else reverse("offerings:report", args=[code])  # fmt: skip
    try:
        messages.success(request, ACTS[move](request, task, by))
    except (HeldAlready, Invalid) as fault:
        words = " ".join(word for said in fault.fields.values() for word in said)
        messages.error(request, words)
        to = reverse("offerings:report", args=[code])
    return done(request, to)
