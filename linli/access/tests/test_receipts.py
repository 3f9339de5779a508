"""Who asked at the counter and reads no inbox gets a receipt on paper, which names nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from linli.access import permits
from linli.access.models import DataRequest
from linli.access.services import receipts, requests
from linli.access.testing import actor_for, make_account, make_staff
from linli.documents import queries as documents
from linli.documents.models import Document
from linli.kernel.errors import NotAllowed, WrongState
from linli.kernel.permits import PERSONAL, Actor, Grant
from linli.kernel.testing import VILLAGE, client_of, make_actor, post_json
from linli.people.testing import make_person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def clerk() -> Actor:
    grant = Grant(permits.ACT_FOR.name, VILLAGE, PERSONAL)
    return replace(actor_for(make_staff("clerk")), grants=(grant,))


def filed(actor: Actor, person: Any = None) -> DataRequest:
    acting = replace(actor, acting_for=person.pk, purpose="她请我代办") if person else actor
    return requests.file_request("copy", "全部资料", path=VILLAGE, actor=acting, now=NOON)


def test_the_receipt_says_what_was_received_and_by_when_and_names_nobody() -> None:
    """PIPL art. 50."""
    actor, mother = clerk(), make_person("李月")
    request = filed(actor, mother)

    made = receipts.print_receipt(request, actor=actor, now=NOON)

    assert (made.template, made.level, made.about_id) == (
        "access.request_receipt", PERSONAL, request.pk,
    )  # fmt: skip
    assert documents.may_see(actor, made)
    assert not documents.may_see(make_actor("other"), made)


def test_page_and_program_print_it_and_others_do_not() -> None:
    actor, mother = clerk(), make_person("李月")
    request = filed(actor, mother)
    where = f"access/data-requests/{request.number}/"
    client, bare = client_of(actor), client_of(replace(actor, grants=()))

    assert f"{where}receipt" in client.get(f"/en/{where}").content.decode()
    assert f"{where}receipt" not in bare.get(f"/en/{where}").content.decode()
    sent = client.post(f"/en/{where}receipt", {"key": str(uuid4())})
    told = post_json(client, f"/api/v1/{where}receipt", {})
    refused = bare.post(f"/en/{where}receipt", {"key": str(uuid4())})

    assert (sent.status_code, told.status_code, refused.status_code) == (303, 201, 403)
    assert told.json()["code"] in set(Document.objects.values_list("code", flat=True))
    assert Document.objects.count() == 2


def test_of_one_s_own_request_nothing_is_printed() -> None:
    own = actor_for(make_account("r-1", kind="resident", person_id=make_person("李月").pk))
    request = filed(own)

    with pytest.raises(WrongState):
        receipts.print_receipt(request, actor=clerk(), now=NOON)
    with pytest.raises(NotAllowed):
        receipts.print_receipt(request, actor=own, now=NOON)

    assert not Document.objects.exists()
