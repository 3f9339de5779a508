"""A warning is passed on with a signal of the rulebook; picture, posting and spoken text are made of it (AC-12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from linli.grid import permits
from linli.grid.errors import Over
from linli.grid.models import WeatherWarning
from linli.grid.queries import warnings as queries
from linli.grid.services import warnings
from linli.grid.testing import NOON, TODAY
from linli.grid.types.warnings import WarningFacts, WarningWords
from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.testing import TOWN, VILLAGE, client_of, make_actor, post_json
from linli.places.models import Place
from linli.places.testing import make_town, make_village
from linli.runtime.testing import at_once

pytestmark = pytest.mark.django_db
OFFICE = make_actor("office", permits.SEE, permits.STORM, permits.DECLARE)
LEAD = make_actor("lead", permits.SEE, permits.DECLARE, at=TOWN)
YELLOW = WarningFacts(
    "typhoon", "yellow", "市气象台", "今晚到明早有大风大雨。", ("关好门窗", "不要到河边去"), "0769-55500123"
)  # fmt: skip


def passed_on(facts: WarningFacts = YELLOW, place: Place | None = None) -> WeatherWarning:
    return warnings.pass_on(place or make_village(), facts, actor=OFFICE, now=NOON)


def told(one: WeatherWarning) -> WarningWords:
    return queries.told_of([one])[0][1]


def typed(**more: object) -> dict[str, object]:
    return {
        "signal": "typhoon:yellow", "origin": "Station", "coming": "Gale tonight.",
        "advice": "Close windows.\n\nStay in.", "call": "", "key": str(uuid4()), **more,
    }  # fmt: skip


def test_the_signals_come_from_the_rulebook_with_source_and_certainty() -> None:
    place = make_village()

    levels = queries.levels_at("typhoon", place.path, TODAY)
    here = {kind: level for kind, level, _value in reversed(queries.signals_at(place.path, TODAY))}

    assert levels is not None and levels.codes[0] == "white" and levels.certainty == "check"
    assert here["rainstorm"] == "yellow" and here["drought"] == "orange"
    assert passed_on().law["values"][0]["source"] == list(levels.source)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"kind": "snow"}, "signal"), ({"level": "purple"}, "signal"),
     ({"kind": "rainstorm", "level": "blue"}, "signal"), ({"origin": " "}, "origin"),
     ({"coming": "\u200b"}, "coming"), ({"advice": ()}, "advice"), ({"advice": ("走",) * 9}, "advice"),
     ({"coming": "风" * 31}, "coming"), ({"advice": ("雨" * 31,)}, "advice")],
)  # fmt: skip
def test_a_warning_that_nobody_could_follow_is_refused(
    wrong: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        passed_on(replace(YELLOW, **wrong))  # type: ignore[arg-type]

    assert list(fault.value.fields) == [field]
    assert not WeatherWarning.objects.exists()


def test_what_is_read_out_is_short_said_twice_and_gives_the_number_in_groups() -> None:
    long = "沿河路段今天夜里到明天上午可能积水，低洼处的住户请提前把车开到高处停放。"
    with translation.override("zh-hans"):
        spoken = queries.texts_of(told(passed_on(replace(YELLOW, coming=long)))).spoken

    half = len(spoken) // 2
    assert spoken[:half] == spoken[half + 1 :] and spoken[half] == "再播一遍。"
    assert spoken[1] == "台风黄色预警信号。"
    assert "沿河路段今天夜里到明天上午可能积水。" in spoken and "关好门窗。" in spoken
    assert any("0769，5550，0123" in one for one in spoken)


def test_the_text_to_post_has_everything_in_the_reader_s_language() -> None:
    one = passed_on()

    with translation.override("zh-hans"):
        zh = queries.texts_of(told(one)).posting
    with translation.override("en"):
        en = queries.texts_of(told(one)).posting

    assert (
        zh.startswith("【台风黄色预警信号】") and "2. 不要到河边去" in zh and "0769-55500123" in zh
    )
    assert en.startswith("[Typhoon: yellow warning]") and "市气象台" in en


def test_the_next_signal_of_the_kind_takes_the_place_of_the_one_before() -> None:
    first = passed_on()
    other = passed_on(replace(YELLOW, kind="gale"))
    graver = passed_on(replace(YELLOW, level="orange"))

    first.refresh_from_db()

    assert first.followed_by_id == graver.pk and first.lifted_at == NOON
    assert set(queries.in_force(VILLAGE)) == {other, graver}
    with pytest.raises(Over):
        warnings.lift_warning(first, actor=OFFICE, now=NOON)


def test_a_lifted_warning_says_so_in_every_text_and_is_not_changed_any_more() -> None:
    one = warnings.lift_warning(passed_on(), actor=OFFICE, now=NOON + timedelta(hours=3))

    with translation.override("en"):
        texts = queries.texts_of(told(one))

    assert "The warning is lifted" in texts.spoken[1] and "Lifted on" in texts.posting
    assert "关好门窗" not in texts.posting
    with pytest.raises(Over):
        warnings.correct_warning(one, YELLOW, actor=OFFICE, now=NOON)


def test_a_clock_that_stands_wrong_lifts_no_warning_before_it_began() -> None:
    one = warnings.lift_warning(passed_on(), actor=OFFICE, now=NOON - timedelta(days=2))

    assert one.lifted_at == one.issued_at


def test_words_are_corrected_and_another_signal_is_a_new_warning() -> None:
    one = passed_on()
    right = replace(YELLOW, coming="今晚有大风。")

    with pytest.raises(Invalid):
        warnings.correct_warning(one, replace(right, level="red"), actor=OFFICE, now=NOON)
    with pytest.raises(Stale):
        warnings.correct_warning(one, right, edition=9, actor=OFFICE, now=NOON)
    assert WeatherWarning.objects.get().coming == YELLOW.coming
    warnings.correct_warning(one, right, edition=1, actor=OFFICE, now=NOON)

    after = WeatherWarning.objects.get()
    assert (after.coming, after.edition, after.level) == ("今晚有大风。", 2, "yellow")


def test_only_who_declares_there_passes_on_corrects_and_lifts() -> None:
    one, worker = passed_on(), make_actor("worker", permits.SEE, permits.WORK)

    for act in (
        lambda: warnings.pass_on(make_village(), YELLOW, actor=worker, now=NOON),
        lambda: warnings.correct_warning(one, YELLOW, actor=worker, now=NOON),
        lambda: warnings.lift_warning(one, actor=worker, now=NOON),
        lambda: warnings.pass_on(make_town(villages=1), YELLOW, actor=OFFICE, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert WeatherWarning.objects.get().edition == 1


def test_a_town_s_warning_stands_on_the_page_of_its_villages_for_everybody() -> None:
    make_town(villages=2)
    warnings.pass_on(make_town(villages=2), YELLOW, actor=LEAD, now=NOON)

    here = Client().get("/en/places/441900005001/warnings/").content.decode()
    home = Client().get("/en/places/441900005001/").content.decode()
    above = Client().get("/en/places/441900/warnings/").content.decode()

    assert "Typhoon: yellow warning" in here and "关好门窗" in here
    assert "Typhoon: yellow warning" in home
    assert "Typhoon" not in above and "No warning is in force" in above


def test_homes_ask_once_for_all_places_and_soon_again() -> None:
    town = make_town(villages=2)
    one = warnings.pass_on(town, YELLOW, actor=LEAD, now=NOON)

    with CaptureQueriesContext(connection) as seen:
        held = [queries.lately_in_force(path) for path in (VILLAGE, town.path, "441900/")]
    assert held == [[one], [one], []] and len(seen) == 1

    warnings.lift_warning(one, actor=LEAD, now=NOON)
    queries.look_again()
    assert queries.lately_in_force(VILLAGE) == []


def test_a_list_asks_for_the_places_of_all_its_warnings_at_once() -> None:
    town, village = make_town(villages=2), make_village()
    rows = [
        warnings.pass_on(place, replace(YELLOW, kind=kind), actor=LEAD, now=NOON)
        for kind in ("typhoon", "gale", "rainstorm")
        for place in (town, village)
    ]
    client = Client()

    for url in ("/en/places/441900005001/warnings/", "/api/v1/grid/warnings/?place=441900005001"):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(url, headers={"Accept-Language": "en"}).content.decode()
        asked = [one for one in seen if "places_place" in one["sql"]]
        assert answer.count("yellow warning") >= len(rows) and len(asked) < len(rows), url


def test_a_village_takes_the_texts_of_its_town_s_warning_and_changes_nothing() -> None:
    town = make_town(villages=2)
    one = warnings.pass_on(town, YELLOW, actor=LEAD, now=NOON)
    client, url = client_of(OFFICE), f"/en/grid/warnings/{one.pk}/"

    listed = client.get(f"/en/grid/{make_village().code}/storms/").content.decode()
    shown = client.get(url).content.decode()

    assert url in listed and "Once more." in shown and "Lift the warning" not in shown
    assert f"/en/grid/{town.code}/storms/" not in shown
    assert client.get(f"{url}correct/").status_code == 403
    assert client.post(f"{url}lift", {"key": str(uuid4())}).status_code == 403
    assert WeatherWarning.objects.get().lifted_at is None


def test_the_picture_is_a_png_for_everybody_and_shows_what_was_corrected() -> None:
    one = passed_on()
    url = f"/zh-hans/warnings/{one.pk}/picture.png"
    before = Client().get(url)

    warnings.correct_warning(one, replace(YELLOW, coming="今晚有大风。"), actor=OFFICE, now=NOON)
    after = Client().get(url)

    assert before["Content-Type"] == "image/png" and before.content[:4] == b"\x89PNG"
    assert after.content != before.content and after.content[:4] == b"\x89PNG"


def test_the_office_passes_on_by_its_page_and_gets_the_three_texts() -> None:
    client, place = client_of(OFFICE), make_village()
    url = f"/en/grid/{place.code}/warnings/new/"

    too_long = client.post(url, typed(advice="x " * 40))
    assert too_long.status_code == 422 and not WeatherWarning.objects.exists()
    answer = client.post(url, typed())
    one = WeatherWarning.objects.get()
    shown = client.get(answer["Location"]).content.decode()
    paper = client.get(f"{answer['Location']}?format=print").content.decode()

    assert one.advice == ["Close windows.", "Stay in."]
    assert "Once more." in shown and "picture.png" in shown and "to be confirmed" in shown
    assert "Close windows." in paper and "Once more." in paper
    worker = client_of(make_actor("worker", permits.SEE, permits.WORK))
    assert worker.get(url).status_code == 403
    assert worker.post(f"/en/grid/warnings/{one.pk}/lift", {"key": str(uuid4())}).status_code == 403
    stranger = client_of(make_actor("away", permits.DECLARE, at="441900/441900006/"))
    assert stranger.get(f"/en/grid/warnings/{one.pk}/").status_code == 404
    assert WeatherWarning.objects.get().lifted_at is None


def test_the_api_lists_passes_on_and_lifts_with_the_same_rights() -> None:
    client, place = client_of(OFFICE), make_village()
    given = {
        "kind": "typhoon", "level": "yellow", "origin": "Station", "coming": "Gale tonight.",
        "advice": ["Stay in."], "phone": "",
    }  # fmt: skip
    url, keeper = f"/api/v1/grid/warnings/{place.code}/", make_actor("worker", permits.SEE)

    wrong = post_json(client, url, {**given, "level": "pink"})
    made = post_json(client, url, given)
    listed = Client().get(f"/api/v1/grid/warnings/?place={place.code}&is_over=false").json()
    lift = f"/api/v1/grid/warnings/{made.json()['id']}/lift"
    refused = post_json(client_of(keeper), lift)

    assert wrong.status_code == 422 and made.status_code == 201
    assert [one["id"] for one in listed["items"]] == [made.json()["id"]]
    assert listed["items"][0]["spoken"].count("Stay in.") == 2
    assert refused.status_code == 403 and WeatherWarning.objects.get().lifted_at is None


@pytest.mark.django_db(transaction=True)
def test_two_who_pass_on_at_once_leave_one_signal_that_holds() -> None:
    make_village()

    def act(level: str) -> None:
        warnings.pass_on(
            Place.objects.get(path=VILLAGE), replace(YELLOW, level=level), actor=OFFICE, now=NOON
        )

    at_once(lambda: act("yellow"), lambda: act("orange"))

    assert WeatherWarning.objects.count() == 2
    assert queries.in_force(VILLAGE).count() == 1
