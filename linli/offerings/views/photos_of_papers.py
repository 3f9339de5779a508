"""Photos of the papers of a form: taken in with every try, so that a faulty field loses none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.cases.queries.intake import unsent_photos
from linli.cases.services.photos import keep_photos
from linli.kernel.web import Request
from linli.offerings.forms.applying import KEPT, PHOTO, ItemForm
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
            uploads, held=len(here), actor=request.actor, now=timezone.now()
        )
        files: tuple[Any, ...] = (*here, *fresh)
        kept.codes[one.key] = tuple(file.code for file in files)
        kept.shown[one.key] = [
            (_("Photo %(number)s") % {"number": at}, file_size(file.size))
            for at, file in enumerate(files, start=1)
        ]
        kept.is_fresh = kept.is_fresh or bool(fresh)
        form.data[f"{KEPT}{one.key}"] = ",".join(kept.codes[one.key])  # type: ignore[index]
        if refused:
            form.take({photos: [str(refusal) for refusal in refused]})
    return kept
