"""The seal book on paper."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from linli.documents import queries
from linli.documents.models import Document, SealUse
from linli.documents.queries import Filter
from linli.documents.services.issuing import issue_document
from linli.documents.types import PLACE_NAME, Issue
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all
from linli.ui import formats

MOST = 500


@open_to_all("issue_document requires documents.keep_seal at the place")
@transaction.atomic
def print_seal_book(
    shown: Filter, *, place: str, language: str, actor: Actor, now: datetime
) -> Document:
    """Issue the register of seal uses of one place as a numbered sheet.

    Refuses with NotAllowed, Invalid if there are more entries than one sheet takes.
    """
    found = queries.filtered_seal_uses(actor, shown).filter(place__startswith=place)
    uses = list(found.order_by("id")[: MOST + 1])
    if len(uses) > MOST:
        words = _("More than %(most)s entries: choose a shorter time.") % {"most": MOST}
        raise Invalid({"since": [words]})
    with translation.override(language):
        office = PLACE_NAME.call(place) or place
        data = {"subtitle": _period(shown, now), "rows": [_row(use) for use in uses]}
    issue = Issue(place=place, office=office, language=language)
    return issue_document("documents.seal_sheet", data, issue=issue, actor=actor, now=now)


def _period(shown: Filter, now: datetime) -> str:
    since = formats.day_plain(shown.since) if shown.since else _("from the beginning")
    return _("%(since)s to %(until)s") % {
        "since": since,
        "until": formats.day_plain(shown.until or now),
    }


def _row(use: SealUse) -> list[str]:
    stamped = formats.day_plain(use.stamped_on) if use.stamped_on else ""
    state = stamped or str(queries.SEAL_STATE_WORDS[use.state])
    return [
        use.number, str(queries.SEAL_WORDS[use.seal]), use.matter, use.recipient, use.applicant,
        use.decided_by, state, str(use.stamped_copies or use.copies), "",
    ]  # fmt: skip
