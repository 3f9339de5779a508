"""What cases keep about a person: what she reported, with her words and how she is reached."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from django.db.models import Q

from linli.cases.models import PublicWords, Reporter
from linli.cases.models.contacts import contact_of
from linli.kernel.own_data import Gathered, Herself
from linli.kernel.permits import Actor, open_to_all

HERS = (
    "everybody may have a copy of their own data; people asks who they are, and records the reading"
)


@open_to_all(HERS)
def reports(herself: Herself, *, actor: Actor, now: datetime) -> Gathered:
    """Return what she reported or applied for when signed in, by number, with her own words."""
    of_entry = Q(person_id__in=herself.person_ids)
    mine = of_entry | Q(account_id=herself.account_id or 0, person_id__isnull=True)
    found = list(Reporter.objects.filter(mine).select_related("case").order_by("-pk"))
    said: dict[int, list[object]] = {}
    hers = PublicWords.objects.filter(case_id__in=[one.pk for one in found], is_by_reporter=True)
    for case_id, words in hers.order_by("pk").values_list("case_id", "said"):
        said.setdefault(case_id, []).append(words)
    return [
        {
            "number": one.case.number, "kind": one.case.kind, "state": one.case.state,
            "place": one.case.path, "opened_at": one.case.opened_at, "naming": one.naming,
            "contact": asdict(contact_of(one)), "said": said.get(one.pk, []),
        }
        for one in found
    ]  # fmt: skip
