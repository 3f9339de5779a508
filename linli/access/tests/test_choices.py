"""Places to choose from: what lies in a village is told with its village."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from linli.access import permits
from linli.access.queries.choices import place_choices
from linli.kernel.testing import make_actor
from linli.places.models import Place
from linli.places.testing import make_group, make_village

pytestmark = pytest.mark.django_db


def test_groups_that_are_called_alike_are_told_by_their_villages() -> None:
    villages = [make_village(code) for code in ("441900005001", "441900005002")]
    groups = [make_group(village) for village in villages]
    Place.objects.filter(pk__in=[one.pk for one in groups]).update(
        name="第一小组", name_en="Group 1"
    )
    town = make_actor("town", permits.MANAGE, at="441900/441900005/")
    below = make_actor("below", permits.MANAGE, at=groups[0].path)

    with override("en"):
        names = [name.strip() for _path, name in place_choices(town, permits.MANAGE)]
        assert [f"Group 1, {one.name_en}" for one in villages] == [
            name for name in names if name.startswith("Group")
        ]
        told = [name.strip() for _path, name in place_choices(below, permits.MANAGE)]
        assert told == [f"Group 1, {villages[0].name_en}"]
    with override("zh-hans"):
        told = [name.strip() for _path, name in place_choices(below, permits.MANAGE)]
        alone = place_choices(below, permits.MANAGE, in_full=False)
    assert told == [f"{villages[0].name} 第一小组"]
    assert [name.strip() for _path, name in alone] == ["第一小组"]
