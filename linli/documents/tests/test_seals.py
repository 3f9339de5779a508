"""用印登记."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from linli.documents import desk, permits, queries, services
from linli.documents.errors import OwnApplication, OwnStamping, TooManyCopies
from linli.documents.models import Document, SealUse
from linli.documents.services.seals import Application
from linli.documents.testing import CHAIR, CLERK, KEEPER, make_seal_use
from linli.files.testing import own_home
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.registries import OTHERS_MAY
from linli.kernel.testing import CITY, OTHER_TOWN, TOWN, VILLAGE, client_of, make_actor
from linli.trail import permits as trail
from linli.trail.queries import lists as entries

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
STRANGER = make_actor("other", permits.APPROVE_SEAL, permits.KEEP_SEAL, at=OTHER_TOWN, account_id=9)
BOTH = make_actor("both", permits.APPLY_SEAL, permits.APPROVE_SEAL, account_id=1)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Any) -> Iterator[Path]:
    with own_home(tmp_path, settings, NOON) as path:
        yield path


def stamp(use: SealUse, copies: int = 2, on: date = TODAY, actor: Any = KEEPER) -> SealUse:
    return services.stamp_seal_use(use, copies=copies, on=on, actor=actor, now=NOON)


@pytest.mark.django_db
def test_applied_approved_stamped() -> None:
    use = make_seal_use(now=NOON)
    use = services.approve_seal_use(use, note="同意", actor=CHAIR, now=NOON)
    use = stamp(use)

    assert (use.state, use.decided_by, use.stamped_by, use.stamped_copies) == (
        "stamped", "村委会主任", "印章保管人", 2,
    )  # fmt: skip
    assert use.stamped_on == TODAY


@pytest.mark.django_db
def test_nobody_approves_her_own_application() -> None:
    use = make_seal_use(now=NOON)
    with pytest.raises(OwnApplication):
        services.approve_seal_use(use, note="", actor=BOTH, now=NOON)
    use.refresh_from_db()
    assert use.state == "requested"


@pytest.mark.django_db
def test_nothing_is_stamped_before_it_was_approved() -> None:
    with pytest.raises(WrongState):
        stamp(make_seal_use(now=NOON))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"actor": CHAIR}, NotAllowed),
        ({"actor": STRANGER}, NotAllowed),
        ({"copies": 3}, TooManyCopies),
        ({"copies": 0}, Invalid),
        ({"on": TODAY + timedelta(days=1)}, Invalid),
        ({"on": TODAY - timedelta(days=1)}, Invalid),
    ],
)
def test_a_refused_stamping_changes_nothing(change: dict[str, Any], refusal: type) -> None:
    use = services.approve_seal_use(make_seal_use(now=NOON), note="", actor=CHAIR, now=NOON)
    with pytest.raises(refusal):
        stamp(use, **change)
    use.refresh_from_db()
    assert (use.state, use.stamped_on) == ("approved", None)


@pytest.mark.django_db
def test_a_refusal_needs_a_reason() -> None:
    use = make_seal_use(now=NOON)
    with pytest.raises(Invalid):
        services.refuse_seal_use(use, note=" ", actor=CHAIR, now=NOON)

    refused = services.refuse_seal_use(use, note="缺合同附件", actor=CHAIR, now=NOON)

    assert (refused.state, refused.decision_note) == ("refused", "缺合同附件")


@pytest.mark.django_db
def test_only_the_applicant_or_the_keeper_takes_an_application_back() -> None:
    use = make_seal_use(now=NOON)
    for actor in (CHAIR, STRANGER):
        with pytest.raises(NotFound):
            services.cancel_seal_use(use, actor=actor, now=NOON)
    assert services.cancel_seal_use(use, actor=CLERK, now=NOON).state == "cancelled"


@pytest.mark.django_db
def test_the_keeper_who_takes_back_what_another_applied_for_says_why_and_she_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use, told = make_seal_use(now=NOON), []
    monkeypatch.setattr("linli.documents.services.seals.publish", told.append)
    client, at = client_of(KEEPER), f"/en/seal-uses/{use.pk}/"

    assert client.post(f"{at}cancel", {"key": "k" * 36, "why": " "}).status_code == 422
    use.refresh_from_db()
    assert (use.state, told) == ("requested", [])
    sent = client.post(f"{at}cancel", {"key": "m" * 36, "why": "合同没有盖齐"})

    use.refresh_from_db()
    assert (sent.status_code, use.state) == (303, "cancelled")
    assert (use.decided_by, use.decision_note) == (KEEPER.label, "合同没有盖齐")
    assert [(one.state, one.account_id) for one in told] == [("cancelled", CLERK.account_id)]
    assert "合同没有盖齐" in client_of(CLERK).get(at).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("application", "field"),
    [
        (Application("royal", "x", 1), "seal"),
        (Application("official", " ", 1), "matter"),
        (Application("official", "x", 0), "copies"),
    ],
)
def test_a_bad_application_is_told_by_field(application: Application, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.apply_for_seal(application, place=VILLAGE, actor=CLERK, now=NOON)
    assert list(refused.value.fields) == [field]
    assert SealUse.objects.count() == 0


@pytest.mark.django_db
def test_what_waits_for_whom() -> None:
    use = make_seal_use(now=NOON)
    assert queries.seal_uses_to_decide(CHAIR, 10) == [use]
    assert queries.seal_uses_to_decide(BOTH, 10) == []
    assert queries.seal_uses_to_decide(STRANGER, 10) == []

    services.approve_seal_use(use, note="", actor=CHAIR, now=NOON)

    assert queries.seal_uses_to_decide(CHAIR, 10) == []
    assert queries.seal_uses_to_stamp(KEEPER, 10) == [use]


@pytest.mark.django_db
@pytest.mark.parametrize("at", [TOWN, CITY])
def test_a_village_s_application_waits_in_the_village_while_a_post_above_may_step_in(
    at: str,
) -> None:
    above = make_actor("上级", permits.APPROVE_SEAL, permits.KEEP_SEAL, at=at, account_id=8)
    both = replace(above, grants=(*above.grants, *CHAIR.grants))
    use = make_seal_use(now=NOON)

    assert queries.seal_uses_to_decide(above, 10) == []
    assert desk.count(above, TODAY) == 0
    assert queries.seal_uses_to_decide(both, 10) == [use]
    assert list(queries.list_seal_uses(above, queries.Filter(state="open")).items) == [use]

    services.approve_seal_use(use, note="", actor=above, now=NOON)

    assert queries.seal_uses_to_stamp(above, 10) == []
    assert queries.seal_uses_to_stamp(KEEPER, 10) == [use]


@pytest.mark.django_db
def test_an_application_of_a_town_waits_in_the_town() -> None:
    head = make_actor("镇长", permits.APPROVE_SEAL, at=TOWN, account_id=8)
    clerk = make_actor("镇文员", permits.APPLY_SEAL, at=TOWN, account_id=7)
    use = make_seal_use(now=NOON, actor=clerk, place=TOWN)

    assert queries.seal_uses_to_decide(head, 10) == [use]
    assert desk.count(head, TODAY) == 1
    assert queries.seal_uses_to_decide(CHAIR, 10) == []


@pytest.mark.django_db
def test_who_supervises_the_village_reads_every_step_of_a_seal_in_the_trail() -> None:
    supervisor = make_actor("监督委员会", trail.READ, account_id=5)
    elsewhere = make_actor("别处", trail.READ, at=OTHER_TOWN, account_id=6)
    use = services.approve_seal_use(make_seal_use(now=NOON), note="", actor=CHAIR, now=NOON)
    stamp(use)
    services.refuse_seal_use(make_seal_use(now=NOON), note="缺附件", actor=CHAIR, now=NOON)
    services.cancel_seal_use(make_seal_use(now=NOON), actor=CLERK, now=NOON)

    seen = entries.list_entries(supervisor, entries.Filter(TODAY, TODAY)).items

    verbs = {e.verb for e in seen if e.kind == "documents.sealuse"}
    assert verbs == {
        "documents.seal_applied", "documents.seal_approved", "documents.seal_stamped",
        "documents.seal_refused", "documents.seal_cancelled",
    }  # fmt: skip
    assert {e.path for e in seen} == {VILLAGE}
    assert not list(entries.list_entries(elsewhere, entries.Filter(TODAY, TODAY)).items)


@pytest.mark.django_db
def test_the_seal_book_is_printed_as_a_numbered_sheet() -> None:
    use = services.approve_seal_use(make_seal_use(now=NOON), note="", actor=CHAIR, now=NOON)
    stamp(use)

    sheet = services.print_seal_book(
        queries.Filter(), place=VILLAGE, language="zh-hans", actor=KEEPER, now=NOON
    )

    assert (sheet.number, sheet.template) == ("YD-2026-0001", "documents.seal_sheet")
    with pytest.raises(NotAllowed):
        services.print_seal_book(
            queries.Filter(), place=VILLAGE, language="zh-hans", actor=CLERK, now=NOON
        )
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_who_applied_stamps_herself_only_where_nobody_else_keeps_the_seal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alone = make_actor("clerk", permits.APPLY_SEAL, permits.KEEP_SEAL, account_id=1)
    use = make_seal_use(now=NOON, actor=alone)
    services.approve_seal_use(use, note="", actor=CHAIR, now=NOON)
    page = f"/zh-hans/seal-uses/{use.pk}/"

    with monkeypatch.context() as patch:
        patch.setattr(OTHERS_MAY, "_function", lambda *asked, now: True)
        with pytest.raises(OwnStamping):
            stamp(use, actor=alone)
        assert "/stamp" not in client_of(alone).get(page).content.decode()
        assert desk.items(alone, TODAY, 10) == []
        use.refresh_from_db()
        assert use.state == "approved"
    assert "/stamp" in client_of(alone).get(page).content.decode()

    monkeypatch.setattr(OTHERS_MAY, "_function", lambda *asked, now: False)
    assert stamp(use, actor=alone).state == "stamped"
