"""What the hall is told of an application, and what its list says in our words; no table is touched."""

from __future__ import annotations

from linli.offerings.kinds.application import Application
from linli.offerings.rules.hall import TOLD, facts_from, key_for, new_facts, to_be_told, uuid_of
from linli.offerings.rules.item_data import read_item, write_item


def test_every_state_of_an_application_is_told_in_the_halls_words() -> None:
    assert set(TOLD) == {state.value for state in Application}


def test_steps_are_told_in_order_once_and_only_where_something_changes() -> None:
    steps = [
        (4, "accepted"),
        (1, "submitted"),
        (2, "pre_check"),
        (3, "pre_check"),
        (5, "at_departments"),
    ]

    assert to_be_told(steps, 0, "") == [(1, "received"), (4, "accepted"), (5, "at_work")]
    assert to_be_told(steps, 4, "accepted") == [(5, "at_work")]
    assert to_be_told(steps, 5, "at_work") == []


def test_a_number_of_the_hall_always_opens_the_same_case() -> None:
    assert uuid_of("YS001") == uuid_of("YS001") != uuid_of("YS002")


def test_a_draft_takes_over_what_the_list_says_and_keeps_the_rest() -> None:
    base = new_facts("11440100007482575H3440118009000", "居住证申领")
    said = {
        "office": "公安局",
        "statutory_days": 15,
        "promised_days": 5,
        "fee_fen": 0,
        "visits": 1,
        "materials": ["近照", "租房合同"],
    }

    made = facts_from("居住证申领", said, base)

    again, faults = read_item(write_item(made))
    assert again == made and faults == []
    assert (made.promised.days if made.promised else 0, len(made.materials)) == (5, 2)
    later = facts_from(
        "居住证申领", {"promised_days": 3, "materials": ["另一种"], "fee_fen": "free"}, made
    )
    assert later.promised is not None and later.promised.days == 3
    # what a person sorted out is not overwritten by the list
    assert later.materials == made.materials and later.fee == made.fee


def test_a_key_is_made_of_any_code() -> None:
    for code in ("440118009000", "粤A-01/x", "a" * 64):
        assert (
            read_item({"key": key_for(code), "kind": "public_service", "name": "x", "says": "x"})[1]
            == []
        )
