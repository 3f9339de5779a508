"""Cells lie inside their village and follow each other in time."""

from datetime import date

import pytest

from linli.kernel.errors import Invalid
from linli.kernel.testing import make_actor
from linli.places import permits, queries, services
from linli.places.models import Cell, Layer, Outline, Place
from linli.places.testing import NOON, make_village
from linli.places.types import CellShape

pytestmark = pytest.mark.django_db
LEAD = make_actor("city lead", permits.DRAW, at="441900/")


def ground(west: float, east: float) -> dict[str, object]:
    ring = [[west, 22], [east, 22], [east, 22.1], [west, 22.1], [west, 22]]
    return {"type": "Polygon", "coordinates": [ring]}


def village_with_outline(*, is_schematic: bool) -> tuple[Place, Layer]:
    place = make_village()
    Outline.objects.create(
        place=place, geometry=ground(113, 113.1), is_schematic=is_schematic, source="test"
    )
    layer = Layer.objects.create(key="social", name="社会服务网格", name_en="Social cells")
    return place, layer


def draw(layer: Layer, place: Place, shape: CellShape, on: date = date(2026, 10, 1)) -> Cell:
    return services.draw_cell(layer, place, shape, valid_from=on, actor=LEAD, now=NOON)


def test_a_cell_that_leaves_the_village_is_refused_with_its_share() -> None:
    place, layer = village_with_outline(is_schematic=False)
    good, bad = (
        CellShape("a", "a", ground(113, 113.05)),
        CellShape("b", "b", ground(113.05, 113.15)),
    )

    with pytest.raises(Invalid) as refusal:
        services.import_cells(
            layer, place, [good, bad], valid_from=date(2026, 10, 1), actor=LEAD, now=NOON
        )

    assert list(refusal.value.fields) == ["b"]
    assert "50%" in refusal.value.fields["b"][0]
    assert not Cell.objects.exists()
    assert draw(layer, place, good).code == "a"


def test_a_schematic_outline_settles_no_border_and_only_warns() -> None:
    place, layer = village_with_outline(is_schematic=True)

    draw(layer, place, CellShape("b", "b", ground(113.05, 113.15)))

    faults = queries.layer_faults(place, layer, least=0, most=1000)
    assert [(code, round(share, 2)) for code, share in faults.outside] == [("b", 0.5)]


@pytest.mark.parametrize("on", [date(2026, 11, 25), date(2026, 8, 31)])
def test_a_cell_begins_while_its_village_exists(on: date) -> None:
    place, layer = village_with_outline(is_schematic=True)
    Place.objects.filter(pk=place.pk).update(valid_from=date(2026, 9, 1))

    with pytest.raises(Invalid):
        draw(layer, place, CellShape("a", "a", ground(113, 113.1)), on)


def test_a_new_version_of_a_cell_begins_after_the_one_before() -> None:
    place, layer = village_with_outline(is_schematic=True)
    shape = CellShape("a", "a", ground(113, 113.1))
    draw(layer, place, shape)

    with pytest.raises(Invalid):
        draw(layer, place, shape)
    draw(layer, place, shape, date(2026, 10, 2))

    ends = list(Cell.objects.order_by("valid_from").values_list("valid_to", flat=True))
    assert ends == [date(2026, 10, 2), None]
