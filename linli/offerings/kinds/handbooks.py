"""What offerings declare for the handbook: its long job, who sees its files, where its code leads."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.documents.types import CODE_KINDS, CodeKind
from linli.kernel.errors import NotFound
from linli.kernel.permits import Actor
from linli.kernel.registries import FILE_VISIBILITY, VERBS, FileVisibility, Verb
from linli.offerings import permits
from linli.offerings.services.handbooks import make_handbook
from linli.offerings.types.handbooks import CODE, EDITIONS, JOB, Edition
from linli.places import queries as places
from linli.runtime.types import JOB_KINDS, JobKind, JobLink, JobRun


def run(run: JobRun) -> JobLink:
    """Set an edition and keep it; done twice it is the same."""
    place = places.get_place(run.params["place"])

    def tell(done: int, every: int) -> None:
        run.progress(done, every, _("%(done)s guides written") % {"done": done})

    edition = Edition(run.params["size"], run.params["language"])
    make_handbook(place, edition, tell=tell, actor=run.actor, now=timezone.now())
    return JobLink("offerings:handbook", (place.code,), _("Open the handbook"))


def everybody_sees(actor: Actor, place_id: int) -> bool:
    """A handbook is for whoever lives or comes here."""
    return True


def address_of_handbook(place_id: int, code: str) -> str:
    """Return the page with the newest handbook of a place. Refuses with NotFound where it has ended."""
    place = places.all_places(with_invented=True).filter(pk=place_id).first()
    if place is None:
        raise NotFound()
    return reverse("offerings:handbook", args=[place.code])


def register() -> None:
    """Called once at start."""
    JOB_KINDS.add(JobKind(JOB, gettext_lazy("Handbook of services"), run, permits.WRITE_ITEMS))
    FILE_VISIBILITY.add_all(FileVisibility(one.owner, everybody_sees) for one in EDITIONS)
    CODE_KINDS.add(CodeKind(CODE, address_of_handbook))
    VERBS.add(Verb("offerings.handbook_made", gettext_lazy("Handbook of services made")))
