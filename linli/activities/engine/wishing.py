"""The sealed words of wishes and contacts of talents, for whoever was asked for her permit before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from linli.activities.clients import envelopes
from linli.activities.clients.envelopes import TALENTS, WISHES
from linli.activities.engine.telling import TELLER
from linli.activities.models import CultureWish, CultureWishVault, LocalTalent, LocalTalentVault
from linli.activities.queries.culture import WORDS_KEPT
from linli.kernel import scope


def words_of(wishes: Sequence[CultureWish]) -> dict[int, str]:
    """Return the sealed words of wishes by id; those that went after their term are left out."""
    with scope.acting(TELLER):
        rows = CultureWishVault.objects.filter(wish__in=[one.pk for one in wishes])
        return {row.pk: envelopes.opened(row.text, WISHES, "text", row.pk) for row in rows}


def contact_of(talent: LocalTalent) -> tuple[str, str]:
    """Return whom to ask for and the number of a talent."""
    with scope.acting(TELLER):
        vault = LocalTalentVault.objects.filter(talent=talent).first()
    if vault is None:
        return "", ""
    contact, phone = (
        envelopes.opened(getattr(vault, name), TALENTS, name, talent.pk)
        for name in ("contact", "phone")
    )
    return contact, phone


def words_over(now: datetime, limit: int) -> list[int]:
    """Return wishes whose words have outlived their term, by id."""
    with scope.acting(TELLER):
        held = CultureWishVault.objects.filter(wish__said_at__lt=now - WORDS_KEPT)
        return list(held.order_by("pk").values_list("pk", flat=True)[:limit])


def count_words_over(now: datetime) -> int:
    """Count sealed words over their term, up to a thousand."""
    return len(words_over(now, 1000))
