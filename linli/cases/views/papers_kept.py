"""Papers of a form of staff: taken in with every try, so that a faulty field loses none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from linli.cases.forms.frame import OpeningForm
from linli.files import queries as files
from linli.files import services
from linli.files.types import DRAFT, Owner
from linli.kernel.web import Request
from linli.kernel.wholes import whole_number
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
    here = _here(request)
    drop = whole_number(request.POST.get("drop", ""), least=1, most=len(here) or 1)
    if drop and here:
        del here[drop - 1]
    uploads: list[Any] = request.FILES.getlist("papers")
    fresh, refused = (
        services.take_drafts(uploads, actor=request.actor, now=timezone.now())
        if uploads
        else ([], [])
    )
    kept = (*here, *fresh)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["kept"] = ",".join(file.code for file in kept)  # type: ignore[index]
    if refused:
        form.take({FIELD: [str(refusal) for _name, refusal in refused]})
    only = "drop" in request.POST and not refused
    if only:
        form.as_typed()
    return Kept(kept, only_papers=only, is_fresh=bool(fresh))


def _here(request: Request) -> list[StoredFile]:
    """The drafts of the actor that the form still names."""
    codes = [code for code in request.POST.get("kept", "").split(",") if code]
    if not codes or request.actor.account_id is None:
        return []
    own = {file.code: file for file in files.files_of(Owner(DRAFT, request.actor.account_id))}
    return [own[code] for code in dict.fromkeys(codes) if code in own]
