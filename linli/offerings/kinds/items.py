"""What acts and things of items of service are called, for whoever reads the trail."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb
from linli.offerings import permits
from linli.offerings.queries.handed_items import get_list
from linli.offerings.services.handed_items import JOB, take_list
from linli.runtime.types import JOB_KINDS, JobKind, JobLink, JobRun

ACTS = {
    "offerings.item_created": _("Item of service begun"),
    "offerings.item_draft_opened": _("New version of an item begun"),
    "offerings.item_written": _("Item of service written"),
    "offerings.item_described": _("Office of an item named"),
    "offerings.item_submitted": _("Item handed to a second person"),
    "offerings.item_returned": _("Item given back to be changed"),
    "offerings.item_dropped": _("Draft of an item put away"),
    "offerings.item_published": _("Item of service published"),
    "offerings.item_suspended": _("Item of service suspended"),
    "offerings.item_resumed": _("Item of service offered again"),
    "offerings.item_ended": _("Item of service ended"),
    "offerings.item_reviewed": _("Item of service looked at again"),
    "offerings.item_list_received": _("List of items handed in"),
    "offerings.item_list_checked": _("List of items checked again"),
    "offerings.item_list_begun": _("Taking of a list of items begun"),
    "offerings.item_list_taken": _("List of items taken"),
    "offerings.item_list_dropped": _("List of items put away"),
}
KINDS = {
    "offerings.item": _("Item of service"),
    "offerings.itemlist": _("List of items of service"),
}
WORK = {"offerings.items": _("bringing in items of service")}


def take(job: JobRun) -> JobLink:
    """Take a list of items that was checked."""
    found = get_list(job.actor, str(job.params["list"]))
    take_list(
        found, actor=job.actor, now=timezone.now(),
        say=lambda done: job.progress(done, len(found.rows)),
    )  # fmt: skip
    return JobLink("offerings:item_list", (found.code,), gettext("See the result"))


def register() -> None:
    """Called once at start."""
    JOB_KINDS.add(JobKind(JOB, _("Import of a list of items"), take, permits.WRITE_ITEMS))
    for registry, titles in ((VERBS, ACTS), (THINGS, KINDS), (SYSTEM_WORK, WORK)):
        registry.add_all(Verb(key, title) for key, title in titles.items())
