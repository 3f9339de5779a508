"""What a page of an application has besides its own fields: papers taken in with every try, and its form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.intake import unsent_photos
from linli.cases.services.photos import keep_photos
from linli.cases.types.filing import UNSENT_PAPER
from linli.kernel.web import Request
from linli.offerings.forms.applying import KEPT, PHOTO, ItemForm
from linli.offerings.queries import item_forms
from linli.offerings.types.applications import ItemAsked
from linli.ui.formats import file_size


@dataclass
class KeptPapers:
    """Codes of the photos by paper, what the form shows of them, and whether some came just now."""

    codes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    shown: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    is_fresh: bool = False


def keep_papers(request: Request, form: ItemForm) -> KeptPapers:
    """Take in what was chosen for each paper, and say on its field what was refused."""
    kept = KeptPapers()
    form.data = form.data.copy()  # type: ignore[attr-defined]
    for one in form.papers:
        here = unsent_photos(form.kept_codes(one.key))
        photos = f"{PHOTO}{one.key}"
        uploads = request.FILES.getlist(photos)
        fresh, refused = keep_photos(
            uploads, held=len(here), policy=UNSENT_PAPER, actor=request.actor, now=timezone.now()
        )
        files: tuple[Any, ...] = (*here, *fresh)
        kept.codes[one.key] = tuple(file.code for file in files)
        kept.shown[one.key] = [
            (_title(file, at), file_size(file.size)) for at, file in enumerate(files, start=1)
        ]
        kept.is_fresh = kept.is_fresh or bool(fresh)
        form.data[f"{KEPT}{one.key}"] = ",".join(kept.codes[one.key])  # type: ignore[index]
        if refused:
            form.take({photos: [str(refusal) for refusal in refused]})
    return kept


def _title(file: Any, at: int) -> str:
    return _("Photo %(number)s") % {"number": at} if file.width else str(file.name)


def form_asked(request: Request, item: ItemAsked) -> item_forms.Asked | None:
    """Return the questions of the item's own form, of the version that the page had shown."""
    is_post = request.method == "POST"
    version = item_forms.version_asked(
        item, item_forms.number_in(request.POST) if is_post else None
    )
    if version is None:
        return None
    typed = item_forms.typed_in(dict(request.POST.lists())) if is_post else None
    return item_forms.asked_of(version, typed, localdate())


def form_given(request: Request) -> dict[str, Any]:
    """Return what was typed into the item's own form, as an application takes it."""
    return {
        "form": item_forms.typed_in(dict(request.POST.lists())),
        "form_number": item_forms.number_in(request.POST),
    }
