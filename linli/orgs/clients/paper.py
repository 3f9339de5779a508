"""The hand-over sheet as a numbered paper of the documents app."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from linli.documents import services as documents
from linli.documents.types import CHINESE, TEMPLATES, DocumentTemplate, Field, Issue
from linli.kernel.permits import PROTECTED, PUBLIC, STAFF, Actor
from linli.orgs import permits
from linli.orgs.models import OrganisationVersion
from linli.orgs.rules.register import version_on
from linli.orgs.types import EndReason, title_of
from linli.ui import formats

if TYPE_CHECKING:
    from linli.documents.models import Document
    from linli.orgs.models import Handover

KIND = "orgs.handover"
PARTY_KIND = "orgs.handover_party"
SCHEMA = {
    "giver": Field.TEXT, "post": Field.TEXT, "since": Field.TEXT, "receiver": Field.TEXT,
    "watcher": Field.TEXT, "reason": Field.TEXT, "due": Field.TEXT, "items": Field.ROWS,
    "note": Field.TEXT,
}  # fmt: skip
WORDS = {
    "office": gettext_lazy("Unit"),
    "post": gettext_lazy("Post"),
    "giver": gettext_lazy("Hands over"),
    "receiver": gettext_lazy("Takes over"),
    "watcher": gettext_lazy("Watches"),
    "since": gettext_lazy("In the post since"),
    "reason": gettext_lazy("Reason"),
    "due": gettext_lazy("To be done by"),
    "number_short": pgettext_lazy("number of a row", "No."),
    "kind": gettext_lazy("Kind"),
    "what": gettext_lazy("What is handed over"),
    "count": gettext_lazy("Count"),
    "remark": gettext_lazy("Remark"),
    "open_matters": gettext_lazy("Matters still open"),
    "effect": gettext_lazy(
        "Made in three copies. From the day on which all three have signed, "
        "the one who hands over has no rights of this post any more."
    ),
    "giver_signs": gettext_lazy("Handed over by"),
    "receiver_signs": gettext_lazy("Taken over by"),
    "watcher_signs": gettext_lazy("Watched by"),
}


# why a sheet was withdrawn, as everybody may read it
STAYS, GONE = "stays", "gone"
BACK = {
    STAYS: gettext_lazy("The hand-over was called off: the holder stays in the post."),
    GONE: gettext_lazy("The holding ended at once, without a hand-over sheet."),
}


def register_templates() -> None:
    """Tell the documents app about the hand-over sheet. Called once at start."""
    for key, permit, level in (
        (KIND, permits.APPOINT, STAFF),
        (PARTY_KIND, permits.PARTY_KEEP, PROTECTED),
    ):
        TEMPLATES.add(
            DocumentTemplate(
                key=key,
                title=gettext_lazy("Hand-over sheet"),
                source="orgs/print/handover.typ",
                schema=SCHEMA,
                series="JJ",
                words=WORDS,
                permit=permit,
                level=level,
            )
        )


def print_handover(handover: Handover, *, actor: Actor, now: datetime) -> Document:
    """Number and print the sheet of somebody who leaves a post."""
    holding = handover.holding
    organisation = holding.post.organisation
    version = version_on(
        OrganisationVersion.objects.filter(organisation=organisation), localdate(now)
    )
    issue = Issue(
        place=handover.path,
        office=version.name if version else organisation.code,
        about=(KIND, handover.pk),
        copies=3,
    )
    kind = KIND if organisation.level == PUBLIC else PARTY_KIND
    return documents.issue_document(kind, _data(handover), issue=issue, actor=actor, now=now)


def take_back(handover: Handover, reason: str, *, actor: Actor, now: datetime) -> None:
    """Let the check page of a sheet say that it holds no more, and why; without what staff noted.

    A check page is read by everybody who has the paper, in the language of papers.
    """
    if handover.document_id is not None:
        with translation.override(CHINESE):
            words = str(BACK[reason])
        documents.take_back_document(handover.document_id, reason=words, actor=actor, now=now)


def _data(handover: Handover) -> dict[str, object]:
    holding = handover.holding
    with translation.override(CHINESE):
        due = formats.day_plain(handover.due_on) if handover.due_on else _("no day set by law")
        return {
            "giver": holding.holder_name,
            "post": holding.post.title,
            "since": formats.day_plain(holding.since),
            "receiver": handover.receiver_name,
            "watcher": handover.watcher_name,
            "reason": title_of(EndReason, handover.reason),
            "due": due,
            "items": [[item["kind"], item["text"], item["count"]] for item in handover.items],
            "note": handover.note,
        }
