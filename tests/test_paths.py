"""Everything that holds the path of a place goes along when the place hangs elsewhere."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from linli.kernel.registries import PATH_COLUMNS
from linli.kernel.testing import make_actor
from linli.orgs.services import moving as orgs
from linli.people.services import moving as people
from linli.places import permits, services
from linli.places.models import Place
from linli.places.services.changes import Decree
from linli.places.testing import make_town
from linli.plan.services import moving as plan
from linli.runtime.models import NumberSeries

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
# follows in a job of its app, which derives the path from the place or rewrites it by range
JOBS = {
    *(f"{entry[0]}.{entry[1].split(' = ')[0]}" for entry in orgs.FOLLOW),
    *(f"{table}.path" for table in people.HEADS),
    *(f"{model._meta.db_table}.path" for model in plan.HEADS),
}
STAYS = {
    "exchange_orderline.place": "a code as a list of the hotline gave it, no path",
    "access_rightslist.path": "a printed and signed list says what held on its day",
    "places_placeversion.path": "is the earlier path",
    "trail_entry.path": "the trail says where something happened, as it was then",
    "trail_entry.town": "cut from the path of the trail",
    "trail_entry.village": "cut from the path of the trail",
}
FIRST = {"places_place.path": "the move itself writes it"}
COLUMNS = """
SELECT table_name || '.' || column_name FROM information_schema.columns
WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')
  AND column_name ~ '(^|_)(path|place|scope|jurisdiction|town|village)$'
"""


@pytest.mark.django_db
def test_every_column_with_a_path_follows_a_move_or_stays_for_a_reason() -> None:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        found = {row[0] for row in cursor.fetchall()}
    registered = {entry.key for entry in PATH_COLUMNS}

    assert found - registered - JOBS - set(STAYS) - set(FIRST) == set()
    assert (registered | JOBS | set(STAYS) | set(FIRST)) - found == set()
    assert not (registered & JOBS), "one mover a column"


@pytest.mark.django_db
def test_registered_columns_follow_in_the_transaction_of_the_move() -> None:
    make_town("441900005", villages=1)
    new = make_town("441900006", villages=0)
    village = Place.objects.get(code="441900005001")
    with connection.cursor() as cursor:
        cursor.execute(LOCAL_VALUE, [village.path, village.path])
    below, beside = f"{village.path}g1/", "441900/441900005/"
    for path in (village.path, below, beside):
        NumberSeries.objects.create(series="收", place=path, year=2026, last=7, last_at=NOON)

    services.move_place(
        village, under=new, decree=Decree("示民〔2026〕9号", NOON.date()), version=1,
        actor=make_actor("lead", permits.CHANGE, at="441900/"), now=NOON,
    )  # fmt: skip

    moved = "441900/441900006/441900005001/"
    assert set(NumberSeries.objects.values_list("place", flat=True)) == {
        moved, f"{moved}g1/", beside
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, jurisdiction FROM rulebook_localvalue")
        assert cursor.fetchall() == [(moved, moved)]


LOCAL_VALUE = """
INSERT INTO rulebook_localvalue (key, jurisdiction, level, place, value, reading, document_number,
    document_date, issuer, note, valid_from, withdrawal_document, withdrawal_reason, added_by,
    added_at, withdrawn_by)
VALUES ('grid.households', %s, 'village', %s, '{}', '', '1', '2026-01-01', 'i', '', '2026-01-01',
    '', '', 'a', now(), '')
"""
