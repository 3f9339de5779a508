"""Seasonal rounds: everybody one before anybody two, the draw can be made again, a season is booked."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.activities import permits
from linli.activities.errors import AlreadyPosted, NotYet, RoundClosed
from linli.activities.models import Booking, Group, Round, RoundTime, RoundWish
from linli.activities.queries import rounds as queries
from linli.activities.queries.round_words import posting_text
from linli.activities.rules.rounds import Time, allocate, awards_of, overlap
from linli.activities.services import groups, objections, openings, round_posts, rounds, striking
from linli.activities.testing import NOON, SYSTEM, at, make_booking, make_office, make_venue
from linli.activities.types.rounds import GroupFacts, RoundFacts, Weekly
from linli.activities.types.venues import DaysFacts
from linli.kernel.draw_files import check
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import OTHER_TOWN, client_of, make_actor
from linli.places.testing import make_village

TIMES = [Time(f"t{n}", n // 2, 60 * n, 60 * n + 60) for n in range(6)]
SEED = "ab" * 32


@given(
    st.dictionaries(
        st.integers(1, 9).map(str), st.lists(st.sampled_from([t.key for t in TIMES]), unique=True, max_size=5),
        max_size=9,
    ),
    st.integers(1, 3),
)  # fmt: skip
def test_no_group_gets_more_than_its_quota_or_twice_and_nobody_two_before_all_could_one(
    wishes: dict[str, list[str]], most: int
) -> None:
    turns = allocate("r", TIMES, wishes, most=most, seed=SEED)
    awards = awards_of(turns)
    got = {group: [key for key, who in awards.items() if who == group] for group in wishes}

    assert all(len(keys) <= most and set(keys) <= set(wishes[group]) for group, keys in got.items())
    # whoever got nothing wished only for what others got, and no such time went in a later turn
    first = set(turns[0].won.values()) if turns else set()
    for group, keys in got.items():
        if not keys:
            assert set(wishes[group]) <= first
    assert turns == allocate("r", TIMES[::-1], dict(reversed(wishes.items())), most=most, seed=SEED)


def test_a_group_never_gets_two_times_at_once() -> None:
    both = [Time("a", 0, 600, 720), Time("b", 0, 660, 780), Time("c", 1, 660, 780)]

    awards = awards_of(allocate("r", both, {"1": ["a", "b", "c"]}, most=3, seed=SEED))

    assert sorted(awards) == ["a", "c"]


@pytest.mark.parametrize(
    ("times", "is_one"),
    [
        ([(1, 0, 1140, 1260), (1, 0, 1200, 1320)], True),
        ([(1, 0, 1140, 1260), (1, 0, 1140, 1200)], True),
        ([(1, 0, 600, 1260), (1, 0, 700, 720), (1, 0, 1200, 1300)], True),
        ([(1, 0, 1140, 1260), (1, 0, 1260, 1320)], False),
        ([(1, 0, 1140, 1260), (2, 0, 1140, 1260), (1, 1, 1140, 1260)], False),
    ],
)
def test_no_hour_of_a_venue_is_given_away_twice(
    times: list[tuple[int, int, int, int]], is_one: bool
) -> None:
    assert overlap(times) is is_one and overlap(times[::-1]) is is_one


def _group(name: str, phone: str = "+8613800138001", **other: object) -> Group:
    facts = GroupFacts("dance", name, 12, "Aunt Huang", phone, **other)  # type: ignore[arg-type]
    return groups.add_group(make_village(), facts, actor=SYSTEM, now=NOON)


WISHES, OBJECTIONS = date(2026, 8, 20), date(2026, 8, 27)
FIRST, LAST = date(2026, 9, 1), date(2026, 9, 30)


def _round(most: int = 1) -> Round:
    hall = make_venue()
    times = (Weekly(hall.pk, 0, 1140, 1260), Weekly(hall.pk, 2, 1140, 1260))
    facts = RoundFacts("Autumn", FIRST, LAST, WISHES, OBJECTIONS, most, times)
    return rounds.open_round(make_village(), facts, actor=make_office(), now=NOON)


def _day(on: date) -> datetime:
    return at(12, on)


@pytest.mark.django_db
def test_a_season_from_wish_to_booking_is_drawn_by_the_promised_seed_and_can_be_checked() -> None:
    it, office = _round(), make_office()
    one, two = (
        _group("Fig dancers", is_shown=True, agreed_on=date(2026, 8, 1)),
        _group("Waterside choir"),
    )
    monday, wednesday = queries.times_of(it)
    for group in (one, two):
        rounds.wish(it, group, [monday.pk, wednesday.pk], actor=NOBODY, now=NOON)
    with pytest.raises(NotYet):
        rounds.draw_round(it, actor=office, now=_day(WISHES))
    with pytest.raises(NotFound):
        queries.published(it)

    after = _day(WISHES + timedelta(days=1))
    it = rounds.draw_round(it, actor=office, now=after)

    (file,) = queries.published(it)
    assert check(file).problems == () and file["commitment"] == it.commitment
    given = {time.weekday: time.group_id for time in queries.times_of(it)}
    assert set(given.values()) == {one.pk, two.pk}
    hall = monday.venue
    openings.set_days(
        hall, DaysFacts(date(2026, 9, 7), date(2026, 9, 7), "Repair"), actor=SYSTEM, now=after
    )
    with pytest.raises(NotYet):
        rounds.decide_round(it, actor=office, now=_day(OBJECTIONS))
    it = rounds.decide_round(it, actor=office, now=_day(OBJECTIONS + timedelta(days=1)))

    # Mondays 7, 14, 21, 28 without the closed one; Wednesdays 2, 9, 16, 23, 30
    assert Booking.objects.filter(state="held").count() == 3 + 5
    assert [(one["on"], one["why"]) for one in it.skipped] == [("2026-09-07", "closed")]


@pytest.mark.django_db
def test_after_the_last_day_nobody_wishes_and_before_it_the_last_word_counts() -> None:
    it, group = _round(), _group("Fig dancers")
    monday, wednesday = queries.times_of(it)
    rounds.wish(it, group, [monday.pk], actor=NOBODY, now=NOON)
    rounds.wish(it, group, [wednesday.pk, monday.pk], actor=NOBODY, now=_day(WISHES))

    for wrong in ([monday.pk, monday.pk], [], [10**9]):
        with pytest.raises(Invalid):
            rounds.wish(it, group, wrong, actor=NOBODY, now=NOON)
    with pytest.raises(RoundClosed):
        rounds.wish(it, group, [monday.pk], actor=NOBODY, now=_day(WISHES + timedelta(days=1)))

    assert queries.wishes_of(it, group) == [wednesday.pk, monday.pk]


@pytest.mark.django_db
def test_an_objection_holds_the_decision_up_until_it_is_answered() -> None:
    it, group, office = _round(), _group("Fig dancers"), make_office()
    rounds.wish(it, group, [queries.times_of(it)[0].pk], actor=NOBODY, now=NOON)
    after = _day(WISHES + timedelta(days=1))
    with pytest.raises(RoundClosed):
        objections.object_to(it, group, "Not right", actor=NOBODY, now=NOON)
    it = rounds.draw_round(it, actor=office, now=after)
    made = objections.object_to(it, group, "Not right", actor=NOBODY, now=after)
    with pytest.raises(Invalid):
        objections.object_to(it, group, "Again", actor=NOBODY, now=after)

    late = _day(OBJECTIONS + timedelta(days=1))
    with pytest.raises(Invalid):
        rounds.decide_round(it, actor=office, now=late)
    assert not Booking.objects.exists()
    objections.answer_objection(made, "Looked at: the draw is right.", actor=office, now=after)

    assert rounds.decide_round(it, actor=office, now=late).state == "decided"
    with pytest.raises(WrongState):
        rounds.decide_round(it, actor=office, now=late)


@pytest.mark.django_db
def test_a_time_that_somebody_has_is_left_out_of_the_season_and_named() -> None:
    it, group, office = _round(), _group("Fig dancers"), make_office()
    monday = queries.times_of(it)[0]
    rounds.wish(it, group, [monday.pk], actor=NOBODY, now=NOON)
    make_booking(monday.venue, at(19, date(2026, 9, 7)), 2, actor=office)
    it = rounds.draw_round(it, actor=office, now=_day(WISHES + timedelta(days=1)))

    it = rounds.decide_round(it, actor=office, now=_day(OBJECTIONS + timedelta(days=1)))

    assert [one["why"] for one in it.skipped] == ["taken"]
    assert Booking.objects.count() == 4


@pytest.mark.django_db
def test_only_who_keeps_venues_opens_draws_and_enters_groups() -> None:
    it, stranger = _round(), make_actor("stranger")
    facts = GroupFacts("dance", "X", 3, "A", "+8613800138001")

    for act in (
        lambda: groups.add_group(make_village(), facts, actor=stranger, now=NOON),
        lambda: rounds.draw_round(it, actor=stranger, now=_day(OBJECTIONS)),
        lambda: rounds.drop_round(it, actor=stranger, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert not Group.objects.exists() and Round.objects.get().state == "open"


@pytest.mark.django_db
def test_a_group_is_public_only_with_a_dated_consent_and_an_ended_one_is_forgotten() -> None:
    with pytest.raises(Invalid):
        _group("Fig dancers", is_shown=True)
    shown = _group("Fig dancers", is_shown=True, agreed_on=date(2026, 8, 1))
    _group("Waterside choir")

    assert [one.name for one in queries.shown_groups(shown.path)] == ["Fig dancers"]
    assert groups.read_group(shown, "season", actor=make_office(), now=NOON) == (
        "Aunt Huang",
        "+8613800138001",
    )
    groups.end_group(shown, actor=make_office(), now=NOON)
    assert not queries.shown_groups(shown.path).exists()
    assert groups.read_group(shown, "season", actor=make_office(), now=NOON) == ("", "")
    with pytest.raises(NotFound):
        queries.group_by_code(shown.code)


@pytest.mark.django_db
@pytest.mark.parametrize("late", ["wishes_until", "objections_until", "first_on", "last_on"])
def test_a_round_whose_days_do_not_follow_each_other_is_refused(late: str) -> None:
    from dataclasses import replace

    hall = make_venue()
    good = RoundFacts("Autumn", FIRST, LAST, WISHES, OBJECTIONS, 1, (Weekly(hall.pk, 0, 600, 700),))

    with pytest.raises(Invalid):
        rounds.open_round(
            make_village(), replace(good, **{late: date(2026, 8, 1)}), actor=SYSTEM, now=NOON
        )

    assert (
        not Round.objects.exists()
        and not RoundTime.objects.exists()
        and not RoundWish.objects.exists()
    )


@pytest.mark.django_db
def test_a_group_is_struck_after_an_objection_and_the_same_seed_draws_again() -> None:
    at = _round()
    names = [_group(f"Group {n}", f"+861380013800{n}") for n in range(3)]
    times = [one.pk for one in queries.times_of(at)]
    for group in names:
        rounds.wish(at, group, times, actor=NOBODY, now=NOON)
    at = rounds.draw_round(at, actor=make_office(), now=_day(date(2026, 8, 21)))
    before = {one.pk: one.group_id for one in queries.times_of(at)}
    winner = next(one for one in names if one.pk in before.values())
    loser = next(one for one in names if one.pk not in before.values())
    objection = objections.object_to(
        at, loser, "没有成员了", actor=NOBODY, now=_day(date(2026, 8, 27))
    )
    later = _day(date(2026, 8, 27))
    for actor, chosen, words in ((make_office(), 0, "对"), (make_office(), winner.pk, " ")):
        with pytest.raises(Invalid):
            striking.strike_group(objection, chosen, words, actor=actor, now=later)
    with pytest.raises(NotAllowed):
        striking.strike_group(objection, winner.pk, "对", actor=make_actor("x"), now=later)

    striking.strike_group(objection, winner.pk, "已解散", actor=make_office(), now=later)

    after = {one.pk: one.group_id for one in queries.times_of(at)}
    at = queries.get_round(at.pk)
    assert winner.pk not in after.values() and loser.pk in after.values()
    # nobody's place in line changed: whoever was not struck has what she had, or what she wished more
    ranks = {who: times.index(key) for key, who in after.items() if who is not None}
    assert all(
        ranks[who] <= times.index(key)
        for key, who in before.items()
        if who not in (winner.pk, None)
    )
    assert awards_of(queries.turns_of(at, with_struck=True)) == {
        str(key): str(who) for key, who in before.items() if who
    }
    assert all(check(one).problems == () for one in queries.published(at))
    assert at.objections_until == date(2026, 8, 30)
    objection.refresh_from_db()
    assert objection.answer == "已解散"
    with pytest.raises(Invalid):
        striking.strike_group(objection, loser.pk, "再来", actor=make_office(), now=later)


@pytest.mark.django_db
def test_the_outcome_is_posted_once_and_the_notice_follows_when_a_group_is_struck() -> None:
    at = _round()
    first, second = _group("Group A"), _group("Group B", "+8613800138002")
    for group in (first, second):
        rounds.wish(at, group, [one.pk for one in queries.times_of(at)], actor=NOBODY, now=NOON)
    with pytest.raises(WrongState):
        round_posts.post_round(at, actor=SYSTEM, now=NOON)
    later = _day(date(2026, 8, 21))
    at = rounds.draw_round(at, actor=make_office(), now=later)
    with pytest.raises(NotAllowed):
        round_posts.post_round(at, actor=make_office(), now=later)

    at = round_posts.post_round(at, actor=SYSTEM, now=later)
    with pytest.raises(AlreadyPosted):
        round_posts.post_round(at, actor=SYSTEM, now=later)
    objection = objections.object_to(at, second, "不对", actor=NOBODY, now=later)
    striking.strike_group(objection, first.pk, "已解散", actor=SYSTEM, now=later)

    assert "已解散" in posting_text(at).body and "Group A" not in posting_text(at).body
    assert at.posting is not None and at.posting.withdrawn_at is None


@pytest.mark.django_db
def test_a_round_that_gives_an_hour_away_twice_is_refused() -> None:
    hall = make_venue()
    times = (Weekly(hall.pk, 0, 1140, 1260), Weekly(hall.pk, 0, 1200, 1320))
    facts = RoundFacts("Autumn", FIRST, LAST, WISHES, OBJECTIONS, 1, times)

    with pytest.raises(Invalid) as fault:
        rounds.open_round(make_village(), facts, actor=make_office(), now=NOON)

    assert set(fault.value.fields) == {"times"} and not Round.objects.exists()


@pytest.mark.django_db
def test_a_group_that_ended_is_out_of_the_draw_and_gets_no_season_and_everybody_sees_it() -> None:
    it, office = _round(), make_office()
    monday, wednesday = queries.times_of(it)
    early, late, stays = (_group(f"Group {n}", f"+861380013800{n}") for n in range(3))
    for group, time in ((early, monday), (late, monday), (stays, wednesday)):
        rounds.wish(it, group, [time.pk], actor=NOBODY, now=NOON)
    drawn_on = _day(WISHES + timedelta(days=1))
    groups.end_group(early, actor=office, now=drawn_on)

    it = rounds.draw_round(it, actor=office, now=drawn_on)
    files = queries.published(it)
    assert queries.wanted(it)[monday.pk] == 1 and early not in queries.wishing_groups(it)
    assert {one.group_id for one in queries.times_of(it)} == {late.pk, stays.pk}

    groups.end_group(late, actor=office, now=_day(OBJECTIONS))
    assert "该团队已解散" in posting_text(it).body and queries.fell_free(
        it, queries.times_of(it)[0]
    )
    it = rounds.decide_round(it, actor=office, now=_day(OBJECTIONS + timedelta(days=1)))

    assert set(Booking.objects.values_list("masked_name", flat=True)) == {stays.name}
    assert [one.group_id for one in queries.times_of(it)] == [None, stays.pk]
    assert queries.ended_groups(it) == [early, late] and queries.published(it) == files
    page = Client().get(f"/en/rounds/{it.pk}/").content.decode()
    assert "free: the group has ended" in page and "Left out" in page and early.name not in page


@pytest.mark.django_db
def test_a_group_that_did_not_agree_is_named_only_where_its_place_is_kept() -> None:
    it, group = _round(), _group("Waterside choir")
    rounds.wish(it, group, [queries.times_of(it)[0].pk], actor=NOBODY, now=NOON)
    it = rounds.draw_round(it, actor=make_office(), now=_day(WISHES + timedelta(days=1)))
    elsewhere = make_actor("elsewhere", permits.VENUES, at=OTHER_TOWN)

    told = [
        client_of(who).get(f"/en/rounds/{it.pk}/").content.decode()
        for who in (make_office(), elsewhere, make_actor("clerk"))
    ]

    assert [group.name in page for page in told] == [True, False, False]
