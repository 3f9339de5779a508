"""What a page of a form sends: texts by name, files by field, and the step."""

from __future__ import annotations

from linli.formkit.services import Sent
from linli.formkit.types import Spec
from linli.kernel.web import Request

# fields of the page that are no answers
MARKS = ("csrfmiddlewaretoken", "key", "page", "step", "edition", "kept_again")


def sent_of(request: Request, spec: Spec, *, step: str = "", with_files: bool = True) -> Sent:
    """Return what was posted; what the form does not know is passed over later."""
    typed = {name: texts for name, texts in request.POST.lists() if name not in MARKS}
    uploads = (
        {key: request.FILES.getlist(key) for key in request.FILES if key in spec.fields}
        if with_files
        else {}
    )
    wanted = step or request.POST.get("step", "next")
    return Sent(
        request.POST.get("page", ""),
        wanted,
        {k: [str(t) for t in v] for k, v in typed.items()},
        uploads,
    )
