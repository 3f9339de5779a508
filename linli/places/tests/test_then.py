"""The register on a day: as it was, what became of it, and figures restated."""

from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.permits import system_actor
from linli.kernel.testing import stop_clock
from linli.places import queries, services
from linli.places.models import Cell, Layer, Place
from linli.places.queries import figures
from linli.places.rules import Carried, Part, became, carried, figure, together
from linli.places.services.changes import Decree, NewPlace
from linli.places.services.decisions import Ruling
from linli.places.testing import NOON, make_group, make_town, seed
from linli.places.types import Settlement
from linli.places.views import then

ROBOT = system_actor("test")
NEW = NewPlace("441900005900", "新村村民委员会", "New Village", "新村")
BEFORE, AFTER = date(2026, 10, 1), date(2026, 11, 20)
PAGE = "/zh-hans/register/places/on-a-day/"


def decree(day: int) -> Decree:
    return Decree("示民发〔2026〕1号", date(2026, 11, day))


def place(code: str) -> Place:
    return Place.objects.get(code=code)


def history() -> None:
    """Two towns with two villages each; of the first they merge, of the second one moves over."""
    make_town("441900005")
    make_town("441900006")
    make_group(place("441900005001"))
    services.decide_settlement(
        place("441900005001"), Settlement.RURAL, actor=ROBOT, now=NOON,
        ruling=Ruling("示民〔2026〕3号", date(2026, 1, 1), date(2026, 1, 2)),
    )  # fmt: skip
    layer = Layer.objects.create(key="unit", name="单元网格", name_en="Unit cells")
    for code, households in (("441900005001", 300), ("441900005002", None), ("441900006001", 40)):
        Cell.objects.create(
            layer=layer, place=place(code), code=f"c{code}", name="一", geometry={},
            households=households, valid_from=date(2026, 1, 1),
        )  # fmt: skip
    services.move_place(
        place("441900006001"), under=place("441900005"), decree=decree(5), version=1,
        actor=ROBOT, now=NOON,
    )  # fmt: skip
    services.merge_places(
        [place("441900005001"), place("441900005002")], into=NEW, decree=decree(10),
        actor=ROBOT, now=NOON,
    )  # fmt: skip
    services.rename_place(
        place("441900006002"), to=NewPlace("", "和顺村村民委员会", "Heshun", "和顺村"),
        decree=decree(12), version=1, actor=ROBOT, now=NOON,
    )  # fmt: skip


@given(
    st.dictionaries(st.integers(1, 6), st.none() | st.integers(0, 10**6), min_size=1),
    st.lists(
        st.tuples(st.integers(1, 6), st.integers(7, 12), st.integers(0, 9)),
        max_size=8,
        unique_by=lambda t: t[:2],
    ),
)
def test_what_is_known_keeps_its_sum_and_what_is_not_never_becomes_zero(values, shares) -> None:
    steps = [[Part(*share) for share in shares]]

    before = {place: figure(value) for place, value in values.items()}
    after = carried(before, steps)

    assert together(after.values()) == together(before.values())
    gone = {share[0] for share in shares}
    unknown = {share[1] for share in shares if values.get(share[0], 0) is None}
    unknown |= {place for place, value in values.items() if value is None and place not in gone}
    assert {place for place, one in after.items() if one.value is None} == unknown


def test_a_figure_with_an_unknown_part_says_what_is_known_of_it() -> None:
    whole = figure(12).with_part(figure(None))

    assert (whole.value, whole.known) == (None, 12)
    assert figure(None).with_part(figure(None)) == Carried(None, True)
    assert together([]) == Carried(None, True)


def test_places_of_another_level_get_no_figures_out_of_nowhere() -> None:
    assert carried({1: figure(3)}, [[Part(8, 9, 1)]]) == {1: figure(3)}


def test_shares_multiply_through_later_changes_and_meet_again() -> None:
    split = [Part(1, 2, 1), Part(1, 3, 2)]
    again = [Part(3, 4, 1), Part(3, 5, 1)]
    merge = [Part(2, 6, 1), Part(4, 6, 1)]

    shares = became([1], [split, again, merge])[1]

    assert {key: str(share) for key, share in shares.items()} == {5: "1/3", 6: "2/3"}


@pytest.mark.django_db
def test_names_kinds_and_paths_are_those_of_the_day() -> None:
    history()

    then = {one.code: one for one in queries.places_on("village", BEFORE)}
    now = {one.code: one for one in queries.places_on("village", AFTER)}

    assert set(then) == {"441900005001", "441900005002", "441900006001", "441900006002"}
    assert set(now) == {"441900005900", "441900006001", "441900006002"}
    assert (then["441900006001"].above, now["441900006001"].above) == ("441900006", "441900005")
    assert then["441900006002"].short_name == "441900006002"
    assert now["441900006002"].short_name == "和顺村"


@pytest.mark.django_db
def test_the_sum_of_the_parts_is_the_whole_under_either_borders() -> None:
    history()
    towns = {place(code).pk: code for code in ("441900005", "441900006")}

    then = queries.figures_on("town", BEFORE)
    now = queries.figures_carried("town", measured_on=BEFORE, on=AFTER)

    assert {towns[pk]: row["villages"].value for pk, row in then.items()} == {
        "441900005": 2, "441900006": 2
    }  # fmt: skip
    assert {towns[pk]: row["villages"].value for pk, row in now.items()} == {
        "441900005": 3, "441900006": 1
    }  # fmt: skip
    assert queries.whole_of(then.values()) == queries.whole_of(now.values())
    merged = queries.figures_carried("village", measured_on=BEFORE, on=AFTER)
    new = merged[place("441900005900").pk]
    assert (new["villages"].value, new["rural"].value, new["groups"].value) == (2, 1, 1)
    assert (new["households"].value, new["households"].known) == (None, 300)


@pytest.mark.django_db
def test_a_page_counts_each_day_once_and_loads_no_building(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    history()
    counted: list[date] = []
    loaded: list[str] = []
    of_villages, places_on = figures._of_villages, figures.places_on
    monkeypatch.setattr(
        figures, "_of_villages", lambda rows, on: counted.append(on) or of_villages(rows, on)
    )
    monkeypatch.setattr(
        figures,
        "places_on",
        lambda level, *a, **k: loaded.append(level) or places_on(level, *a, **k),
    )

    shown = Client().get(PAGE, {"mode": "carried", "on": "20261001", "to": "20261120"})

    assert shown.status_code == 200
    assert counted == [BEFORE, BEFORE]  # restated, and as it was to compare
    assert not {"group", "building"} & set(loaded)


@pytest.mark.django_db
def test_a_village_counts_its_own_day_as_it_was() -> None:
    history()

    today = queries.figures_on("village", AFTER)[place("441900005900").pk]

    assert (today["villages"].value, today["rural"].value, today["undecided"].value) == (1, 0, 1)
    assert today["cells"].value == 2


@pytest.mark.django_db
@pytest.mark.parametrize("day", ["20261001", "10.1", "2026年10月1日"])
def test_the_page_takes_a_day_as_people_write_it(day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    history()
    stop_clock(monkeypatch, NOON)

    shown = Client().get(PAGE, {"on": day}).content.decode()

    assert "441900005001" in shown
    assert "441900005900" not in shown
    assert "2026年10月1日" in shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "found", "not_found"),
    [
        ({"town": "441900006"}, ["441900006001"], ["441900005001"]),
        ({"town": "441900006", "on": "20261120"}, ["441900006002"], ["441900006001"]),
        ({"settlement": "rural"}, ["441900005001"], ["441900005002"]),
        ({"settlement": "undecided"}, ["441900005002"], ["441900005001"]),
        ({"word": "和顺", "on": "20261120"}, ["441900006002"], ["441900006001"]),
        ({"word": "和顺"}, [], ["441900006002", "441900005001"]),
        ({"level": "group"}, ["441900005001g1"], ["441900006001"]),
        ({"kind": "urban_community"}, [], ["441900005001"]),
    ],
)
def test_the_page_filters_by_what_held_on_the_day(asked, found, not_found) -> None:
    history()

    file = Client().get(PAGE, {"on": "20261001", "format": "csv", **asked})
    codes = [line.split(",")[0] for line in file.content.decode("utf-8-sig").split("\r\n")]

    assert [code for code in found if code not in codes] == []
    assert [code for code in not_found if code in codes] == []


@pytest.mark.django_db
def test_the_page_tells_of_each_place_what_it_is_now() -> None:
    history()

    file = Client().get(PAGE, {"on": "20261001", "to": "20261120", "mode": "now", "format": "csv"})
    rows = {row.split(",")[0]: row for row in file.content.decode("utf-8-sig").split("\r\n")}

    assert "已合并" in rows["441900005001"]
    assert rows["441900005002"].endswith(",新村村民委员会,441900005900")
    assert "已改隶" in rows["441900006001"]
    assert "更名" in rows["441900006002"]


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["then", "now", "figures", "carried"])
@pytest.mark.parametrize("level", ["town", "village", "building"])
def test_every_way_is_a_page_a_paper_and_a_workbook(mode: str, level: str) -> None:
    history()
    asked = {"on": "20261001", "to": "20261120", "mode": mode, "level": level}

    page = Client().get(PAGE, asked)
    paper = Client().get(f"{PAGE}print/", asked)
    book = Client().get(PAGE, {**asked, "format": "xlsx"})

    assert (page.status_code, paper.status_code, book.status_code) == (200, 200, 200)
    assert book.content.startswith(b"PK")
    if mode == "carried":
        assert "总数一致" in page.content.decode()
        assert "总数不一致" not in page.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "asked",
    [{"on": "gestern"}, {"on": "20991231"}, {"on": "20261120", "to": "20261001"}, {"mode": "x"},
     {"level": "street"}],
)  # fmt: skip
def test_the_page_says_what_it_cannot_read(asked: dict[str, str]) -> None:
    make_town()

    answer = Client().get(PAGE, {**asked, "format": "csv"})

    assert answer.status_code == 422
    assert "处需要修改" in answer.content.decode() or "alert-danger" in answer.content.decode()


@pytest.mark.django_db
def test_a_file_with_places_of_the_demo_says_so_even_outside_a_demo() -> None:
    seed(invented=True)
    asked = {"level": "town", "format": "csv"}

    official = Client().get(PAGE, asked).content.decode("utf-8-sig")
    with_demo = Client().get(PAGE, {**asked, "demo": "include"}).content.decode("utf-8-sig")

    assert "演示数据" not in official
    assert with_demo.startswith("演示数据")


@pytest.mark.django_db
def test_the_official_register_of_today_has_its_609_and_every_sum_fits() -> None:
    seed()

    today = date(2026, 11, 20)
    whole = queries.whole_of(queries.figures_on("town", today).values())

    assert (whole["villages"].value, whole["with_committee"].value) == (609, 595)
    assert (whole["undecided"].value, whole["households"].value) == (609, None)


@pytest.mark.django_db
def test_the_api_answers_as_of_a_day_and_restated() -> None:
    history()
    client = Client()

    then = client.get("/api/v1/places/?level=village&on=20261001&parent=441900006").json()
    gone = client.get("/api/v1/places/?level=village&on=2026-10-01&limit=1").json()
    restated = client.get("/api/v1/places/restated/?measured_on=2026-10-01&on=2026-11-20").json()
    figures = client.get(
        "/api/v1/places/figures/?level=town&measured_on=2026-10-01&on=2026-11-20"
    ).json()

    assert [one["code"] for one in then["items"]] == ["441900006001", "441900006002"]
    assert gone["items"][0]["successors"] == ["441900005900"]
    assert gone["next"]
    first = restated["items"][0]
    assert (first["code"], first["happened"]) == ("441900005001", ["merged"])
    assert first["becomes"] == [
        {"code": "441900005900", "name": "新村村民委员会", "numerator": 1, "denominator": 1}
    ]
    assert [one["figures"]["villages"]["value"] for one in figures["items"]] == [3, 1]
    assert figures["items"][0]["figures"]["households"] == {"value": None, "known": 340}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["?on=x", "?on=20991231", "restated/?on=2026-01-01", "restated/?level=street",
     "figures/?level=group", "figures/?cursor=!!"],
)  # fmt: skip
def test_the_api_refuses_what_it_cannot_read(query: str) -> None:
    make_town()

    answer = Client().get(f"/api/v1/places/{query}")

    assert answer.status_code == 422
    assert answer.json()["fields"]


@pytest.mark.django_db
def test_a_paper_that_is_cut_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    history()
    asked, cut = {"on": "20261001", "mode": "then", "level": "village"}, "只含前 1 件"
    assert cut not in Client().get(f"{PAGE}print/", asked).content.decode()

    monkeypatch.setattr(then, "MOST", 1)

    assert cut in Client().get(f"{PAGE}print/", asked).content.decode()
