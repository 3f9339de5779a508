"""Papers and seal uses in the search across everything: by their number, exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.documents import queries, rules
from linli.documents.queries import Filter
from linli.kernel.permits import Actor
from linli.kernel.registries import Hit, SearchSource

NUMBER = re.compile(r"[A-Z]{1,8}-\d{4}-\d{4,}")


def find(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return papers and seal uses with this number; other words find nothing and cost nothing."""
    number = words.strip().upper()
    if not NUMBER.fullmatch(number) and rules.read_official_number(number) is None:
        return []
    shown = Filter(words=number)
    papers = [
        Hit(paper.title, reverse("documents:detail", args=[paper.code]), paper.number, _("Paper"))
        for paper in queries.filtered_documents(actor, shown).order_by("-id")[:limit]
    ]
    uses = [
        Hit(use.matter, reverse("documents:seal", args=[use.pk]), use.number, _("Use of seals"))
        for use in queries.filtered_seal_uses(actor, shown).order_by("-id")[:limit]
    ]
    return [*papers, *uses][:limit]


PAPERS = SearchSource("documents.papers", _("Printed papers"), find)
