"""The sealed file of a paper, for whoever applied."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.cases.services.following import find_own
from linli.cases.types.filing import LOOKS, UNKEPT
from linli.cases.types.opened import code_of
from linli.files import services as files
from linli.files.types import FileKind
from linli.kernel.web import Request
from linli.offerings.queries.sealed_papers import sealed_paper
from linli.runtime.types import client_address, limited


@never_cache
@limited("cases.looks", LOOKS, client_address)
@require_safe
def sealed(request: Request, number: str, paper: str) -> HttpResponse:
    """Hand out the sealed file by number and code of the application, or signed in as who applied."""
    code, now = code_of(request, number), timezone.now()
    case = find_own(number, code, guesses=True, actor=request.actor, now=now)
    found = sealed_paper(case.pk, paper)
    assert found.file is not None, "what has no file is not found"
    content = files.read_content(found.file, actor=request.actor, now=now)
    response = HttpResponse(content, content_type=FileKind.PDF.mime, headers=UNKEPT)
    response["Content-Disposition"] = f'attachment; filename="{found.document.code}.pdf"'
    return response
