"""Items are written by one person, published by another, and hold from a day on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale
from linli.kernel.testing import make_actor
from linli.offerings import permits
from linli.offerings.errors import (
    DraftOpen,
    KeyTaken,
    NotPublishable,
    SamePerson,
)
from linli.offerings.models import Item, ItemTerm, ItemVersion
from linli.offerings.queries import items as queries
from linli.offerings.services import item_moves, items
from linli.offerings.testing import (
    NOON,
    SYSTEM,
    TODAY,
    make_draft,
    make_item,
    make_publisher,
    make_writer,
    read_facts,
    submit,
)
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db


def test_an_item_is_public_once_a_second_person_published_it() -> None:
    place = make_village()
    version = submit(make_draft(place), place)
    with pytest.raises(NotFound):
        queries.version_for("residence-permit", TODAY)

    item_moves.publish_version(
        version, edition=version.edition, actor=make_publisher(place), now=NOON
    )

    assert queries.version_for("residence-permit", TODAY).number == 1
    shown = queries.shown_version("residence-permit", TODAY)
    assert (shown.number, shown.since, shown.item.state) == (1, TODAY, "offered")
    assert shown.item.review_on == date(2027, 8, 10)
    assert ItemTerm.objects.filter(item=shown.item, term="住证").exists()


def test_who_wrote_it_does_not_publish_it() -> None:
    place = make_village()
    version = submit(make_draft(place), place)
    both = make_actor("both", permits.WRITE_ITEMS, permits.PUBLISH_ITEMS, at=place.path)

    with pytest.raises(SamePerson):
        item_moves.publish_version(version, edition=version.edition, actor=both, now=NOON)

    version.refresh_from_db()
    assert version.state == "review" and Item.objects.get().state == "planned"


def test_who_wrote_any_of_it_does_not_publish_it_because_another_handed_it_over() -> None:
    place = make_village()
    draft = make_draft(place)
    both = make_actor(
        "both", permits.WRITE_ITEMS, permits.PUBLISH_ITEMS, at=place.path, account_id=4
    )
    written = items.write_draft(draft, read_facts(), edition=1, actor=both, now=NOON)
    written = items.write_draft(
        written, read_facts(), edition=2, actor=make_writer(place, account=5), now=NOON
    )
    version = item_moves.submit_version(
        written, edition=3, actor=make_writer(place, account=6), now=NOON
    )

    assert (version.account_id, version.hands) == (5, [1, 4, 5, 6])
    for account in version.hands:
        with pytest.raises(SamePerson):
            item_moves.publish_version(
                version, edition=version.edition, actor=make_publisher(place, account), now=NOON
            )
        assert not queries.to_publish(make_publisher(place, account)).exists()
    version.refresh_from_db()
    assert version.state == "review" and queries.to_publish(make_publisher(place)).exists()


def test_nobody_writes_or_publishes_without_the_right() -> None:
    place = make_village()
    stranger = make_actor("stranger", permits.PUBLISH_ITEMS, at="441900/441900006/")

    with pytest.raises(NotAllowed):
        items.create_item(place, read_facts(), actor=stranger, now=NOON)
    version = submit(make_draft(place), place)
    for actor in (stranger, make_writer(place, account=7)):
        with pytest.raises(NotAllowed):
            item_moves.publish_version(version, edition=version.edition, actor=actor, now=NOON)
    with pytest.raises(NotFound):
        queries.get_item(stranger, "residence-permit")
    assert Item.objects.get().state == "planned"


def test_what_has_faults_is_not_handed_on() -> None:
    place = make_village()
    version = make_draft(place, promised={"days": 30, "unit": "working"})

    with pytest.raises(NotPublishable) as refused:
        submit(version, place)

    assert list(refused.value.fields) == ["promised"]
    assert ItemVersion.objects.get().state == "draft"


def test_a_proof_without_basis_is_never_published() -> None:
    """CE-21, also by the system that brings a list in."""
    place = make_village()
    version = make_draft(place, kind="certificate", basis=[])

    with pytest.raises(NotPublishable):
        item_moves.submit_version(version, edition=version.edition, actor=SYSTEM, now=NOON)


def test_an_application_stays_on_the_version_that_held_when_it_came_in() -> None:
    place = make_village()
    first = make_item(place)
    pinned = queries.version_for("residence-permit", TODAY)
    draft = items.open_draft(first.item, actor=make_writer(place), now=NOON)
    draft = items.write_draft(
        draft, read_facts(code="440118009000", promised={"days": 5, "unit": "working"}),
        edition=draft.edition, actor=make_writer(place), now=NOON,
    )  # fmt: skip
    draft = submit(draft, place)

    item_moves.publish_version(
        draft, since=TODAY + timedelta(days=3), edition=draft.edition,
        actor=make_publisher(place), now=NOON,
    )  # fmt: skip

    assert queries.version_for("residence-permit", TODAY + timedelta(days=2)).number == 1
    later = queries.version_for("residence-permit", TODAY + timedelta(days=3))
    assert (later.number, later.content["code"]) == (2, "440118009000")
    kept = queries.version_numbered("residence-permit", pinned.number)
    assert kept.content == pinned.content and kept.code == ""


def test_a_version_followed_on_its_first_day_never_holds_and_two_never_hold_at_once() -> None:
    place = make_village()
    first = make_item(place)
    draft = items.open_draft(first.item, actor=make_writer(place), now=NOON)
    draft = submit(draft, place)
    item_moves.publish_version(draft, edition=draft.edition, actor=make_publisher(place), now=NOON)

    found = list(queries.offered(TODAY, place.path))

    assert [one.number for one in found] == [2]


@pytest.mark.parametrize("days", [-1, 400])
def test_a_version_begins_neither_before_today_nor_after_a_year(days: int) -> None:
    place = make_village()
    version = submit(make_draft(place), place)

    with pytest.raises(Invalid):
        item_moves.publish_version(
            version, since=TODAY + timedelta(days=days), edition=version.edition,
            actor=make_publisher(place), now=NOON,
        )  # fmt: skip

    assert ItemVersion.objects.get().state == "review"


def test_the_second_who_saves_is_told_and_nothing_of_the_first_is_lost() -> None:
    place = make_village()
    version, writer = make_draft(place), make_writer(place)
    items.write_draft(version, read_facts(visits=0), edition=1, actor=writer, now=NOON)

    with pytest.raises(Stale):
        items.write_draft(version, read_facts(visits=3), edition=1, actor=writer, now=NOON)

    assert ItemVersion.objects.get().content["visits"] == 0


def test_a_key_stands_for_one_item_and_a_draft_is_one() -> None:
    place = make_village()
    version = make_item(place)

    with pytest.raises(KeyTaken):
        make_draft(place)
    items.open_draft(version.item, actor=make_writer(place), now=NOON)
    with pytest.raises(DraftOpen):
        items.open_draft(version.item, actor=make_writer(place), now=NOON)
    assert ItemVersion.objects.count() == 2
