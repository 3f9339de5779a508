"""Local values: added with a document, only tighter, never overlapping, withdrawn and not deleted."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from linli.kernel.errors import Invalid, NotAllowed
from linli.kernel.events import subscribe
from linli.kernel.testing import make_actor
from linli.rulebook import desk, permits, queries, search, services
from linli.rulebook.errors import AlreadyWithdrawn, NotInForce, Overlaps, UnknownParameter
from linli.rulebook.events import LocalValueAdded, LocalValueWithdrawn
from linli.rulebook.models import LocalValue
from linli.rulebook.queries import cache
from linli.rulebook.testing import NOON, TOWN, VILLAGE, make_local_value, proposed
from linli.trail.models import Entry

ON = date(2026, 11, 24)
OFFICIAL = make_actor("town clerk", permits.SET_VALUE, at=TOWN)
CITY_OFFICIAL = make_actor("city clerk", permits.SET_VALUE, at="441900/")
ELSEWHERE = make_actor("other clerk", permits.SET_VALUE, at="441900/441900005/")
NOBODY_HERE = make_actor("reader", at=TOWN)

pytestmark = pytest.mark.django_db


def test_a_town_sets_longer_notice_and_its_villages_follow() -> None:
    services.add_local_value("village.notice", proposed(15), actor=OFFICIAL, now=NOON)

    value = queries.lookup("village.notice", VILLAGE, ON)

    assert (value.number, value.jurisdiction, value.level) == (15, TOWN, "town")
    assert value.source == ("示范镇人民政府 示府〔2026〕1号", "示范镇人民政府 示府〔2026〕1号")
    assert value.paper is not None and value.paper.number == "示府〔2026〕1号"
    assert queries.lookup("village.notice", VILLAGE, date(2026, 1, 31)).number == 10
    assert queries.lookup("village.notice", "441900/441900005/", ON).number == 10


def test_the_trail_knows_who_set_it() -> None:
    row = services.add_local_value("village.notice", proposed(15), actor=OFFICIAL, now=NOON)

    entry = Entry.objects.latest("id")

    assert (entry.verb, entry.label, entry.path) == ("rulebook.value_added", "town clerk", TOWN)
    assert entry.key == str(row.pk)


def test_others_hear_of_it() -> None:
    heard: list[object] = []
    subscribe(LocalValueAdded, heard.append)
    subscribe(LocalValueWithdrawn, heard.append)

    row = make_local_value()
    services.withdraw_local_value(
        row, from_day=date(2026, 5, 1), reason="废止", actor=OFFICIAL, now=NOON
    )

    assert heard == [
        LocalValueAdded("village.notice", TOWN, TOWN, date(2026, 2, 1)),
        LocalValueWithdrawn("village.notice", TOWN, TOWN, date(2026, 5, 1)),
    ]


@pytest.mark.parametrize("actor", [ELSEWHERE, NOBODY_HERE], ids=lambda a: a.label)
def test_without_the_permit_at_the_place_nothing_is_set(actor) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(NotAllowed):
        services.add_local_value("village.notice", proposed(15), actor=actor, now=NOON)

    assert not LocalValue.objects.exists()
    assert queries.lookup("village.notice", VILLAGE, ON).number == 10


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("village.notice", 9),
        ("petition.handle", 61),
        ("election.age_min", 17),
        ("reps.households_per_rep", {"min": 4, "max": 10}),
        ("reps.quorum", {"op": "ge", "num": 1, "den": 2, "base": "meeting_members"}),
        ("reps.quorum", {"op": "ge", "num": 3, "den": 4, "base": "present"}),
        ("election.proxy_holder", ["near_relative", "anyone"]),
    ],
)
def test_a_looser_value_is_refused_with_what_holds_above(key: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        services.add_local_value(key, proposed(value), actor=OFFICIAL, now=NOON)

    assert list(refused.value.fields) == ["value"]
    assert not LocalValue.objects.exists()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("village.notice", 10),
        ("petition.handle", 45),
        ("election.age_min", 18),
        ("reps.households_per_rep", {"min": 5, "max": 10}),
        ("reps.quorum", {"op": "ge", "num": 3, "den": 4, "base": "meeting_members"}),
        ("election.proxy_holder", ["near_relative"]),
        ("plan.party.near_tolerance", 5),
        ("plan.party.many_orgs.committee", 12),
        ("rc.reps.women_share_min", {"op": "ge", "num": 1, "den": 4, "base": "meeting_members"}),
    ],
)
def test_a_tighter_equal_or_free_value_is_taken(key: str, value: object) -> None:
    services.add_local_value(key, proposed(value), actor=OFFICIAL, now=NOON)

    assert queries.lookup(key, VILLAGE, ON).jurisdiction == TOWN


@pytest.mark.parametrize("value", [None, "ten", {"min": 3, "max": 5}, True, [1, 2], 1.5, {"op": 1}])
def test_a_value_of_another_form_is_refused(value: object) -> None:
    with pytest.raises(Invalid) as refused:
        services.add_local_value("village.notice", proposed(value), actor=OFFICIAL, now=NOON)

    assert "value" in refused.value.fields


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"document_number": "  "}, "document_number"),
        ({"issuer": ""}, "issuer"),
        ({"document_date": date(2026, 11, 25)}, "document_date"),
        ({"valid_from": date(2026, 1, 4)}, "valid_from"),
        ({"valid_to": date(2026, 1, 31)}, "valid_to"),
    ],
)
def test_wrong_dates_and_missing_papers_are_refused(given: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        services.add_local_value("village.notice", proposed(15, **given), actor=OFFICIAL, now=NOON)

    assert field in refused.value.fields
    assert not LocalValue.objects.exists()


def test_an_unknown_key_is_refused_for_reading_and_writing() -> None:
    with pytest.raises(UnknownParameter):
        queries.lookup("village.notcie", VILLAGE, ON)
    with pytest.raises(UnknownParameter):
        services.add_local_value("village.notcie", proposed(15), actor=OFFICIAL, now=NOON)


def test_a_village_may_only_tighten_what_its_town_set() -> None:
    make_local_value(value=15)

    with pytest.raises(Invalid):
        make_local_value(value=12, place=VILLAGE)
    make_local_value(value=20, place=VILLAGE)

    assert queries.lookup("village.notice", VILLAGE, ON).number == 20


def test_a_body_sets_its_own_and_only_where_the_right_was_held() -> None:
    services.add_local_value("ceo.notice", proposed(20, body_id=7), actor=OFFICIAL, now=NOON)

    assert queries.lookup("ceo.notice", VILLAGE, ON).number == 10
    assert queries.lookup("ceo.notice", VILLAGE, ON, body_id=7).number == 20
    assert queries.lookup("ceo.notice", "441900/441900005/", ON, body_id=7).number == 10


def test_a_city_official_confirms_what_the_province_decided() -> None:
    """The number of the province was `check`; its document makes it sure."""
    before = queries.lookup("election.runoff_within", VILLAGE, ON)

    services.add_local_value(
        "election.runoff_within",
        proposed(15, place="441900/", for_province=True, issuer="广东省人民代表大会常务委员会"),
        actor=CITY_OFFICIAL,
        now=NOON,
    )

    after = queries.lookup("election.runoff_within", VILLAGE, ON)
    assert (before.number, before.certainty) == (30, "check")
    assert (after.number, after.certainty, after.jurisdiction) == (15, "sure", "44")


def test_a_town_official_cannot_speak_for_the_province() -> None:
    with pytest.raises(NotAllowed):
        services.add_local_value(
            "election.runoff_within",
            proposed(15, place="441900/", for_province=True),
            actor=OFFICIAL,
            now=NOON,
        )


def test_a_town_official_cannot_speak_for_the_province_from_her_town_either() -> None:
    """Every village of every town would have had her number."""
    with pytest.raises(NotAllowed):
        services.add_local_value(
            "election.runoff_within", proposed(15, place=TOWN, for_province=True), actor=OFFICIAL,
            now=NOON,
        )  # fmt: skip

    assert not LocalValue.objects.exists()


def test_what_holds_for_the_province_is_kept_at_the_city_and_for_no_single_body() -> None:
    with pytest.raises(Invalid) as refused:
        services.add_local_value(
            "election.runoff_within", proposed(15, place=TOWN, for_province=True, body_id=7),
            actor=CITY_OFFICIAL, now=NOON,
        )  # fmt: skip
    assert "body" in refused.value.fields

    row = services.add_local_value(
        "election.runoff_within", proposed(15, place=TOWN, for_province=True), actor=CITY_OFFICIAL,
        now=NOON,
    )  # fmt: skip

    assert (row.place, row.jurisdiction) == ("441900/", "44")


@pytest.mark.parametrize(
    "value", [-5, {"min": -3, "max": 4}, {"op": "ge", "num": -1, "den": 2, "base": "all"}]
)
def test_no_value_is_below_zero(value: object) -> None:
    """A term of minus five days would make each matter late at its birth, and counts as tighter."""
    with pytest.raises(Invalid) as refused:
        services.add_local_value(
            "feedback.answer", replace(proposed(5, place="441900/"), value=value),
            actor=CITY_OFFICIAL, now=NOON,
        )  # fmt: skip

    assert [*refused.value.fields] == ["value"] and not LocalValue.objects.exists()


def test_a_term_of_no_days_is_no_term() -> None:
    with pytest.raises(Invalid) as refused:
        services.add_local_value(
            "feedback.answer", proposed(0, place="441900/"), actor=CITY_OFFICIAL, now=NOON
        )

    assert [*refused.value.fields] == ["value"] and not LocalValue.objects.exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((date(2026, 2, 1), None), (date(2026, 3, 1), None)),
        ((date(2026, 2, 1), date(2026, 6, 30)), (date(2026, 6, 30), None)),
        ((date(2026, 3, 1), None), (date(2026, 2, 1), date(2026, 3, 1))),
    ],
)
def test_two_values_for_one_day_are_refused(first, second) -> None:  # type: ignore[no-untyped-def]
    make_local_value(valid_from=first[0], valid_to=first[1])

    with pytest.raises(Overlaps):
        make_local_value(value=16, valid_from=second[0], valid_to=second[1])

    assert LocalValue.objects.count() == 1


def test_the_next_value_follows_the_last_day_of_the_first() -> None:
    make_local_value(value=15, valid_to=date(2026, 6, 30))
    make_local_value(value=12, valid_from=date(2026, 7, 1))

    assert queries.lookup("village.notice", VILLAGE, date(2026, 6, 30)).number == 15
    assert queries.lookup("village.notice", VILLAGE, date(2026, 7, 1)).number == 12


def test_the_database_itself_refuses_an_overlap() -> None:
    row = make_local_value()
    row.pk = None

    with pytest.raises(IntegrityError, match="localvalue_no_overlap"), transaction.atomic():
        row.save()


def test_a_lapsed_value_is_used_provisionally() -> None:
    make_local_value(value=15, valid_to=date(2026, 6, 30))

    value = queries.lookup("village.notice", VILLAGE, ON)

    assert (value.number, value.provisional) == (15, True)
    assert "2026年6月30日" in value.banner[0]


def test_a_withdrawn_value_stays_in_the_history_and_gives_way() -> None:
    row = make_local_value()

    services.withdraw_local_value(
        row, from_day=date(2026, 5, 1), reason="废止", document="示府〔2026〕9号",
        actor=OFFICIAL, now=NOON,
    )  # fmt: skip

    assert queries.lookup("village.notice", VILLAGE, date(2026, 4, 30)).number == 15
    assert queries.lookup("village.notice", VILLAGE, date(2026, 5, 1)).number == 10
    assert not queries.lookup("village.notice", VILLAGE, ON).provisional
    kept = LocalValue.objects.get()
    assert (kept.withdrawn_by, kept.withdrawal_reason) == ("town clerk", "废止")


def test_after_a_withdrawal_the_days_are_free_again() -> None:
    row = make_local_value()
    services.withdraw_local_value(
        row, from_day=row.valid_from, reason="录入有误", actor=OFFICIAL, now=NOON
    )

    make_local_value(value=20)

    assert queries.lookup("village.notice", VILLAGE, ON).number == 20


def test_a_value_is_withdrawn_once_with_a_reason_and_not_before_its_start() -> None:
    row = make_local_value()

    with pytest.raises(Invalid) as refused:
        services.withdraw_local_value(
            row, from_day=date(2026, 1, 1), reason=" ", actor=OFFICIAL, now=NOON
        )
    assert sorted(refused.value.fields) == ["from_day", "reason"]
    with pytest.raises(NotAllowed):
        services.withdraw_local_value(row, from_day=ON, reason="废止", actor=ELSEWHERE, now=NOON)
    services.withdraw_local_value(row, from_day=ON, reason="废止", actor=OFFICIAL, now=NOON)
    with pytest.raises(AlreadyWithdrawn):
        services.withdraw_local_value(row, from_day=ON, reason="废止", actor=OFFICIAL, now=NOON)


def test_rows_cannot_be_deleted_by_the_application() -> None:
    row = make_local_value()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        row.delete()


@pytest.mark.parametrize("change", [{"value": 5}, {"valid_from": ON}, {"document_number": "2号"}])
def test_the_database_refuses_to_rewrite_a_value(change: dict[str, object]) -> None:
    row = make_local_value()

    with pytest.raises(DatabaseError, match="never rewritten"), transaction.atomic():
        LocalValue.objects.filter(pk=row.pk).update(**change)


def test_a_hot_lookup_takes_no_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    made = make_local_value()
    cache.settle()
    queries.lookup("village.notice", VILLAGE, ON)

    with django_assert_num_queries(0):
        notice = queries.lookup("village.notice", VILLAGE, ON)
        term = queries.lookup("committee.term", VILLAGE, ON)
        day = queries.calendar().add_working_days(ON, 5)
    cache.forget()

    assert notice.number == made.value
    assert term.number == 5
    assert day.day > ON


def test_a_change_of_another_process_is_seen_after_a_moment(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert queries.lookup("village.notice", VILLAGE, ON).number == 10
    cache.settle()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO rulebook_localvalue (key, jurisdiction, level, place, value, reading,"
            " document_number, document_date, issuer, note, valid_from, withdrawal_document,"
            " withdrawal_reason, withdrawn_by, added_by, added_at)"
            " VALUES ('village.notice', %s, 'town', %s, '15', '', '1号', '2026-01-05', '示范镇', '',"
            " '2026-02-01', '', '', '', 'x', now())",
            [TOWN, TOWN],
        )

    monkeypatch.setattr(cache, "RECHECK_SECONDS", 0.0)

    assert queries.lookup("village.notice", VILLAGE, ON).number == 15
    cache.forget()


def test_a_rolled_back_value_is_forgotten() -> None:
    with transaction.atomic():
        make_local_value()
        assert queries.lookup("village.notice", VILLAGE, ON).number == 15
        transaction.set_rollback(True)

    assert queries.lookup("village.notice", VILLAGE, ON).number == 10


def test_a_decision_freezes_and_explains_a_local_value() -> None:
    make_local_value()
    value = queries.lookup("village.notice", VILLAGE, ON)

    (told,) = queries.explain(queries.freeze(value))

    assert told.jurisdiction == TOWN
    assert told.sentence[0] == (
        "召集村民会议须提前通知的天数：15日。依据：示范镇人民政府 示府〔2026〕1号。"
    )


def test_before_the_law_there_is_nothing() -> None:
    with pytest.raises(NotInForce):
        queries.lookup("village.meetings_per_year_min", VILLAGE, date(2025, 12, 31))


def test_the_desk_tells_who_may_renew_that_a_value_ends() -> None:
    make_local_value(valid_to=date(2026, 12, 31))
    make_local_value("ceo.notice", 20, valid_to=date(2028, 12, 31))

    mine, others = desk.ending(OFFICIAL, ON, 10), desk.ending(ELSEWHERE, ON, 10)

    assert [(item.due_on, item.url) for item in mine] == [
        (date(2026, 12, 31), "/zh-hans/rulebook/village.notice/")
    ]
    assert others == []


def test_a_value_that_has_a_successor_or_was_withdrawn_is_not_due() -> None:
    make_local_value(valid_to=date(2026, 12, 31))
    make_local_value(value=16, valid_from=date(2027, 1, 1))
    gone = make_local_value("ceo.notice", 20, valid_to=date(2026, 12, 31))
    services.withdraw_local_value(gone, from_day=ON, reason="废止", actor=OFFICIAL, now=NOON)

    assert desk.ending(OFFICIAL, ON, 10) == []


@pytest.mark.parametrize("words", ["村民会议 通知", "village.notice", "notice before a VILLAGE"])
def test_parameters_are_found_by_their_words(words: str) -> None:
    found = search.find(NOBODY_HERE, words, 5)

    assert "/zh-hans/rulebook/village.notice/" in [hit.url for hit in found]
