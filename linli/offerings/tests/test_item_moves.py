"""Items are given back, suspended, ended, looked at again; and two who publish at once publish once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.kernel.errors import Invalid, NotFound, WrongState
from linli.offerings.errors import (
    EndedItem,
    NotPublishable,
    Suspended,
)
from linli.offerings.models import ItemTerm, ItemVersion
from linli.offerings.queries import items as queries
from linli.offerings.services import item_moves, items
from linli.offerings.testing import (
    NOON,
    TODAY,
    make_draft,
    make_item,
    make_publisher,
    make_writer,
    refused_data,
    submit,
)
from linli.orgs.testing import make_organisation
from linli.places.testing import make_village
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db


def test_a_version_given_back_says_what_is_to_be_changed() -> None:
    place = make_village()
    version, publisher = submit(make_draft(place), place), make_publisher(place)

    with pytest.raises(Invalid):
        item_moves.return_version(version, " ", edition=version.edition, actor=publisher, now=NOON)
    back = item_moves.return_version(
        version, "窗口在哪里？", edition=version.edition, actor=publisher, now=NOON
    )

    assert (back.state, back.note) == ("draft", "窗口在哪里？")


def test_a_suspended_item_is_shown_with_its_reason_and_not_applied_for() -> None:
    place = make_village()
    item, publisher = make_item(place).item, make_publisher(place)
    item.refresh_from_db()

    item = item_moves.suspend_item(
        item, "系统升级到周五", edition=item.edition, actor=publisher, now=NOON
    )

    assert queries.shown_version(item.key, TODAY).item.why == "系统升级到周五"
    with pytest.raises(Suspended):
        queries.version_for(item.key, TODAY)
    with pytest.raises(WrongState):
        item_moves.suspend_item(item, "再停", edition=item.edition, actor=publisher, now=NOON)
    item_moves.resume_item(item, edition=item.edition, actor=publisher, now=NOON)
    assert queries.version_for(item.key, TODAY).number == 1


def test_an_ended_item_is_found_no_more_and_its_version_stays_for_what_came_in() -> None:
    place = make_village()
    item = make_item(place).item
    item.refresh_from_db()
    items.open_draft(item, actor=make_writer(place), now=NOON)

    item_moves.end_item(
        item, "由新事项代替", edition=item.edition, actor=make_publisher(place), now=NOON
    )

    with pytest.raises(NotFound):
        queries.version_for(item.key, TODAY)
    assert queries.version_numbered(item.key, 1).name == "居住证申领"
    assert not ItemTerm.objects.filter(item=item).exists()
    assert not ItemVersion.objects.filter(state="draft").exists()
    with pytest.raises(EndedItem):
        items.open_draft(item, actor=make_writer(place), now=NOON)


def test_a_code_is_that_of_the_office_and_of_no_other_item_of_the_place() -> None:
    """PS-05: the code begins with the credit code of the body."""
    place, code = make_village(), "11440100007482575H5440118009000"
    office = make_organisation(at=place)
    make_item(place, code=code)
    make_item(make_village("441900006001"), key="elsewhere", code=code)
    draft = make_draft(place, key="another", code=code)
    draft.item.owner = office
    draft.item.save(update_fields=["owner"])

    def faults() -> list[str]:
        return [one.code for one in queries.faults_of_version(draft) if not one.is_warning]

    assert faults() == ["code_twice"]
    with pytest.raises(NotPublishable) as refused:
        submit(draft, place)
    assert set(refused.value.fields) == {"code"}
    office.versions.update(uscc="11440100007482576C")
    assert faults() == ["code_other_body", "code_twice"]
    office.versions.update(uscc="11440100007482575H")
    assert faults() == ["code_twice"]


def test_an_item_of_a_village_is_offered_there_and_one_of_the_town_below_it() -> None:
    village = make_village()
    make_item(village)
    make_item(village.parent, key="town-item")

    here = {one.item.key for one in queries.offered(TODAY, village.path)}
    above = {one.item.key for one in queries.offered(TODAY, village.parent.path)}

    assert here == {"residence-permit", "town-item"} and above == {"town-item"}


def test_a_year_later_its_office_is_reminded_and_looks_at_it_again() -> None:
    place = make_village()
    item, writer = make_item(place).item, make_writer(place)
    item.refresh_from_db()
    then = TODAY + timedelta(days=365)
    assert not queries.to_review(writer, then - timedelta(days=1)).exists()
    assert [one.key for one in queries.to_review(writer, then)] == [item.key]

    item_moves.review_item(item, edition=item.edition, actor=writer, now=NOON + timedelta(days=365))

    assert not queries.to_review(writer, then).exists()


def test_a_refused_proof_is_published_with_where_to_go() -> None:
    place = make_village()

    version = make_item(place, **refused_data())

    assert version.kind == "refused"
    assert queries.facts_of(version).instead.zh.startswith("看户口簿")


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_publish_once() -> None:
    place = make_village()
    version = submit(make_draft(place), place)

    def publish(account: int) -> None:
        item_moves.publish_version(
            version, edition=version.edition, actor=make_publisher(place, account), now=NOON
        )

    came = at_once(lambda: publish(2), lambda: publish(3))

    assert sorted(came) == ["", "wrong_state"] or sorted(came) == ["", "stale"]
    assert ItemVersion.objects.filter(state="published", until__isnull=True).count() == 1


def test_a_suspended_item_is_corrected_while_nobody_can_apply_for_the_wrong_text() -> None:
    place = make_village()
    item, publisher = make_item(place).item, make_publisher(place)
    item.refresh_from_db()
    item = item_moves.suspend_item(
        item, "收费写错", edition=item.edition, actor=publisher, now=NOON
    )
    draft = items.open_draft(item, actor=make_writer(place), now=NOON)
    version = item_moves.submit_version(
        draft, edition=draft.edition, actor=make_writer(place), now=NOON
    )

    item_moves.publish_version(version, edition=version.edition, actor=publisher, now=NOON)

    item.refresh_from_db()
    assert (item.state, item.why) == ("suspended", "收费写错")
    assert queries.shown_version(item.key, TODAY).number == 2
    with pytest.raises(Suspended):
        queries.version_for(item.key, TODAY)
    item_moves.resume_item(item, edition=item.edition, actor=publisher, now=NOON)
    assert queries.version_for(item.key, TODAY).number == 2
