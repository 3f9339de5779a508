"""What somebody decides about her own messages stands in the trail of where she belongs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from linli.kernel.testing import VILLAGE, make_actor
from linli.notify.permits import OVERSEE
from linli.notify.services import consent
from linli.trail.models import Entry

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_consent_and_its_end_are_told_at_ones_own_place() -> None:
    actor = make_actor("李月", OVERSEE, at=VILLAGE)
    purpose = "notify.events"

    consent.give_consent(purpose, actor=actor, now=NOON)
    consent.withdraw_consent(purpose, actor=actor, now=NOON)

    told = Entry.objects.filter(verb__startswith="notify.consent").order_by("id")
    assert [(one.verb, one.path) for one in told] == [
        ("notify.consent_given", VILLAGE), ("notify.consent_withdrawn", VILLAGE)
    ]  # fmt: skip
