"""Papers and seal uses in the search across everything: papers by their number, exactly."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.documents import queries
from linli.documents.queries import Filter
from linli.documents.rules import papers as rules
from linli.kernel.permits import Actor
from linli.kernel.registries import Hit, SearchSource

NUMBER = re.compile(r"[A-Z]{1,8}-\d{4}-\d{4,}")


def find_papers(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return papers with this number; other words find nothing and cost nothing."""
    number = words.strip().upper()
    if not NUMBER.fullmatch(number) and rules.read_official_number(number) is None:
        return []
    found = queries.filtered_documents(actor, Filter(words=number)).order_by("-id")
    return [
        Hit(paper.title, reverse("documents:detail", args=[paper.code]), paper.number, _("Paper"))
        for paper in found[:limit]
    ]


def find_seal_uses(actor: Actor, words: str, limit: int) -> Sequence[Hit]:
    """Return seal uses with this number or a matter that holds the words, as far as one may see them."""
    found = queries.filtered_seal_uses(actor, Filter(words=words)).order_by("-id")
    return [
        Hit(use.matter, reverse("documents:seal", args=[use.pk]), use.number, _("Use of seals"))
        for use in found[:limit]
    ]


PAPERS = SearchSource("documents.papers", _("Printed papers"), find_papers)
SEAL_USES = SearchSource("documents.seal_uses", _("Use of seals"), find_seal_uses)
