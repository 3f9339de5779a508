"""Visits of many days are found by day, state, code and telephone, and come as a file that names nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, VILLAGE, client_of, make_actor
from linli.offerings import permits
from linli.offerings.clients.contacts import mark_said
from linli.offerings.models import Appointment, DrawEntry
from linli.offerings.queries.visit_lists import (
    LATEST,
    SOONEST,
    VisitsAsked,
    visible_visits,
    visits_wanted,
)
from linli.offerings.search import find_visits
from linli.offerings.services import visits
from linli.offerings.tests.test_rounds import announced
from linli.offerings.tests.visit_samples import (
    CLERK,
    NOON,
    TOMORROW,
    make_centre,
    make_visit,
    make_window,
)

pytestmark = pytest.mark.django_db
STRANGER = make_actor("stranger", permits.SERVE, at=OTHER_TOWN)


def test_visits_are_found_by_day_state_code_and_whole_number_where_one_serves() -> None:
    window = make_window()
    first, later = make_visit(window, phone="+8613800000001", name="陈"), make_visit(window, 530, on=TOMORROW + timedelta(days=1))  # fmt: skip
    elsewhere = make_visit(make_window(make_centre()))
    visits.cancel(later.code, actor=NOBODY, now=NOON)

    def found(**asked: object) -> set[int]:
        words = str(asked.get("words", ""))
        wanted = VisitsAsked(**asked, mark=mark_said(words))  # type: ignore[arg-type]
        return set(visits_wanted(visible_visits(CLERK), wanted).values_list("pk", flat=True))

    assert found() == {first.pk, later.pk, elsewhere.pk}
    assert found(since=TOMORROW, until=TOMORROW) == {first.pk, elsewhere.pk}
    assert found(centre_id=window.centre_id) == {first.pk, later.pk}
    assert found(state="cancelled") == {later.pk} and found(way="phone") == set()
    assert found(words=first.code[:4].lower() + " " + first.code[4:]) == {first.pk}
    assert found(words="138 0000 0001") == {first.pk}
    assert found(words=" - ") == found(words="1380000") == found(words="陈") == set()
    assert not visits_wanted(visible_visits(STRANGER), VisitsAsked()).exists()


def test_the_search_finds_a_visit_by_its_whole_code_where_one_serves() -> None:
    visit = make_visit()
    said = f"{visit.code[:4].lower()} {visit.code[4:]}"
    centre = visit.window.centre.organisation.code

    (hit,) = find_visits(CLERK, said, 5)

    assert (hit.title, f"/windows/{centre}/?on={TOMORROW.isoformat()}#visit-{visit.code}" in hit.url) == (visit.code, True)  # fmt: skip
    others = (NOBODY, STRANGER, make_actor("keeps the windows", permits.WINDOWS))
    assert [list(find_visits(who, said, 5)) for who in others] == [[], [], []]
    assert list(find_visits(CLERK, visit.code[:6], 5)) == list(find_visits(CLERK, " - ", 5)) == []
    visits.cancel(visit.code, actor=NOBODY, now=NOON)
    assert f"/visits/of/{visit.code}/" in find_visits(CLERK, said, 5)[0].url


def test_the_list_has_a_file_without_names_and_numbers_and_strangers_find_none() -> None:
    visit = make_visit(phone="+8613800000001", name="陈先生")
    clerk, to = client_of(CLERK), "/zh-hans/windows/visits/"

    assert visit.code in clerk.get(to).content.decode()
    assert visit.code not in clerk.get(to, {"state": "cancelled"}).content.decode()
    file = clerk.get(to, {"format": "csv"}).content.decode("utf-8-sig")
    assert (
        visit.code in file and "陈先生" not in file and "0001" not in file.replace(visit.code, "")
    )
    assert visit.code not in client_of(STRANGER).get(to).content.decode()
    assert client_of(NOBODY).get(to).status_code in {302, 303, 404}
    centre = visit.window.centre.organisation
    shown = clerk.get("/zh-hans/windows/", {"q": "没有这个中心"}).content.decode()
    assert (
        centre.code not in shown and centre.code in clerk.get("/zh-hans/windows/").content.decode()
    )


def test_a_page_of_the_list_is_read_by_an_index_and_no_draw_is_looked_through_once_all_are_told() -> (
    None
):
    visits, village = Appointment.objects.all(), Appointment.objects.filter(path=VILLAGE)
    told, _window = announced()
    # as many as tell an index of the untold from one of all
    DrawEntry.objects.bulk_create(
        DrawEntry(round=told, code=f"C{n}", sign=f"S{n}", wishes=[], contact_mark=bytes([n // 256, n % 256]),
                  made_at=NOON, told_at=NOON) for n in range(500)
    )  # fmt: skip
    untold = DrawEntry.objects.filter(round=told, told_at__isnull=True, withdrawn_at__isnull=True)
    with connection.cursor() as cursor:
        # an empty table costs nothing to read through, once its statistics say that it is empty
        cursor.execute("ANALYZE offerings_appointment, offerings_drawentry")
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")

    for asked, index in (
        (visits.order_by(*LATEST.columns).values("pk"), "offerings_visits_by_time"),
        (village.order_by(*SOONEST.columns).values("pk"), "offerings_visits_by_place"),
        (untold.values("round_id"), "offerings_entries_untold"),
    ):
        plan = asked.explain()
        assert index in plan and "Sort" not in plan, plan
