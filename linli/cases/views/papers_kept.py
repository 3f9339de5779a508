"""Papers of a form of staff: taken in with every try, so that a faulty field loses none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from linli.cases.forms.frame import OpeningForm
from linli.files import services as files
from linli.kernel.web import Request
from linli.ui.formats import file_size

if TYPE_CHECKING:
    from linli.files.models import StoredFile

FIELD = "papers"


@dataclass(frozen=True, slots=True)
class Kept:
    """The papers of a form that are here, and whether only papers were sent or taken back."""

    files: tuple[StoredFile, ...] = ()
    only_papers: bool = False
    is_fresh: bool = False

    def status(self, form: OpeningForm) -> int:
        """How a form answers that is shown again: a refusal would throw fresh papers away."""
        return 422 if form.is_bound and not self.is_fresh else 200

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(file.code for file in self.files)

    @property
    def shown(self) -> list[tuple[str, str]]:
        """Name and size of each, as file_field shows what was received."""
        return [(file.name, file_size(file.size)) for file in self.files]


def kept_papers(request: Request, form: OpeningForm) -> Kept:
    """Take in what was chosen, leave out what was taken back, say on the field what was refused."""
    if request.method != "POST" or FIELD not in form.fields:
        return Kept()
    post = request.POST
    named = files.Named(post.get("kept", ""), post.get("drop", ""))
    uploads: list[Any] = request.FILES.getlist("papers")
    here = files.keep_form_drafts(named, uploads, actor=request.actor, now=timezone.now())
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["kept"] = ",".join(here.codes)  # type: ignore[index]
    if here.refused:
        form.take({FIELD: list(here.refused)})
    only = "drop" in post and not here.refused
    if only:
        form.as_typed()
    return Kept(here.files, only_papers=only, is_fresh=here.is_fresh)
