"""How the reporter of a case is reached, and her sealed answers: asked with a reason, shown once."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from django.http import FileResponse, HttpResponseBase
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.cases.forms.following import RevealForm
from linli.cases.queries.sealed_answers import get_sealed
from linli.cases.services.contacts import open_sealed_file, reveal_sealed
from linli.cases.types.filing import UNKEPT
from linli.files.types import FileKind
from linli.kernel.errors import Invalid
from linli.kernel.web import Request, page
from linli.runtime.types import without_key

if TYPE_CHECKING:
    from linli.files.models import StoredFile


@never_cache
@without_key("reads with a reason and changes nothing; each reading is on record")
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: Request, number: str) -> HttpResponseBase:
    """Ask why, then show name, telephone and sealed answers of whoever reported a case.

    With `file`: hand that one out, with which she answered under seal.
    """
    case, reporter = get_sealed(request.actor, number)
    form, found, now = RevealForm(request.POST or None), None, timezone.now()
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if "file" in request.POST:
                code = request.POST["file"]
                return _handed(*open_sealed_file(case, code, reason, actor=request.actor, now=now))
            found = reveal_sealed(case, reason, actor=request.actor, now=now)
        except Invalid as refusal:
            form.take(refusal.fields)
    frame: dict[str, object] = {"case": case, "reporter": reporter, "form": form, "found": found}
    status = 422 if form.is_bound and found is None else 200
    return page(request, "cases/contact.html", frame, status=status)


def _handed(file: StoredFile, content: bytes) -> HttpResponseBase:
    """Answer with a file under seal: a photo is shown, everything else is saved; nobody keeps it."""
    kind = FileKind(file.kind)
    return FileResponse(
        BytesIO(content), content_type=kind.mime, filename=file.name,
        as_attachment=not kind.is_photo, headers=UNKEPT,
    )  # fmt: skip
