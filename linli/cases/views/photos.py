"""Photos of a form: taken in with every try, so that a faulty field loses none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.cases.forms.reporting import WithPhotos
from linli.cases.queries.intake import unsent_photos
from linli.cases.services.photos import keep_photos
from linli.cases.types.filing import UNKEPT
from linli.files import services as files
from linli.kernel.web import Request
from linli.kernel.wholes import whole_number
from linli.ui.formats import file_size

if TYPE_CHECKING:
    from linli.files.models import StoredFile


def picture_of(request: Request, file: StoredFile) -> HttpResponse:
    """Answer with a smaller copy of a photo that the caller may see; nobody keeps it."""
    side = "480" if request.GET.get("side") == "480" else "1920"
    content = files.read_content(file, side, actor=request.actor, now=timezone.now())
    return HttpResponse(content, content_type="image/jpeg", headers=UNKEPT)


@dataclass(frozen=True, slots=True)
class Kept:
    """The photos of a form: those that are here, whether some came now, whether only they were sent,
    or one row more or a file less of what the category asks."""

    files: tuple[StoredFile, ...]
    is_fresh: bool
    only_photos: bool

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(file.code for file in self.files)

    @property
    def photos(self) -> list[tuple[str, str]]:
        """Title and size of each, as file_field shows what was received."""
        words = _("%(size)s, without position")
        return [
            (_("Photo %(number)s") % {"number": at}, words % {"size": file_size(file.size)})
            for at, file in enumerate(self.files, start=1)
        ]


def keep_sent(request: Request, form: WithPhotos) -> Kept:
    """Take in what was chosen, leave out what was taken back, and say on the field what was refused."""
    here = unsent_photos(form.kept_codes())
    drop = whole_number(request.POST.get("drop", ""), least=1, most=len(here) or 1)
    if drop and here:
        del here[drop - 1]
    uploads = request.FILES.getlist("photos")
    fresh, refused = keep_photos(uploads, held=len(here), actor=request.actor, now=timezone.now())
    files = (*here, *fresh)
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["kept"] = ",".join(file.code for file in files)  # type: ignore[index]
    if refused:
        form.take({"photos": [str(refusal) for refusal in refused]})
    # with a photo that was refused the whole form is judged, so that its words stand beside the field
    beside = "drop" in request.POST or "more_rows" in request.POST or "drop_answer" in request.POST
    only = beside and not refused
    if only:
        form.as_typed()
    return Kept(files, bool(fresh), only_photos=only)
