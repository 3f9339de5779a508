"""Draws are fair by their rule, the same for whoever makes them, and every change of a file is found."""

from __future__ import annotations

import copy
import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel import draw_files, draws
from linli.kernel.draws import Draw, Entry, Option

SEED = "5e" * 32
GROUPS = ("", "counter", "phone")
KEYS = ("mon", "tue", "wed")


@st.composite
def made_draws(draw: st.DrawFn) -> Draw:
    """Draws of up to three options and thirty entries."""
    options = []
    for key in KEYS[: draw(st.integers(1, 3))]:
        places = draw(st.integers(0, 6))
        counter = draw(st.integers(0, places))
        options.append(Option(key, places, {"counter": counter, "phone": places - counter}
                              if draw(st.booleans()) else {"counter": counter}))  # fmt: skip
    keys = [one.key for one in options]
    entries = tuple(
        Entry(f"e{n}", tuple(draw(st.lists(st.sampled_from(keys), unique=True))),
              draw(st.sampled_from(GROUPS)))
        for n in range(draw(st.integers(0, 30)))
    )  # fmt: skip
    return Draw("test", tuple(options), entries, draw(st.sampled_from([SEED, "00" * 32])))


@given(made_draws())
def test_no_place_is_given_twice_none_is_left_that_somebody_wants_and_each_gets_a_wish(
    draw: Draw,
) -> None:
    won = draws.outcome(draw)

    given_out = {one.key: list(won.values()).count(one.key) for one in draw.options}
    for option in draw.options:
        assert given_out[option.key] <= option.places
    for entry in draw.entries:
        if entry.id in won:
            assert won[entry.id] in entry.wishes
        else:
            assert all(given_out[o.key] == o.places for o in draw.options if o.key in entry.wishes)
    assert {*won, *draws.waiting(draw, won)} == {one.id for one in draw.entries}


@given(made_draws())
def test_nobody_behind_in_line_has_a_place_one_would_have_liked_more_unless_it_was_reserved(
    draw: Draw,
) -> None:
    won = draws.outcome(draw)
    line = draws.in_line(draw.seed, [one.id for one in draw.entries])
    groups = {one.id: one.group for one in draw.entries}
    options = {one.key: one for one in draw.options}

    for entry in draw.entries:
        had = entry.wishes.index(won[entry.id]) if entry.id in won else len(entry.wishes)
        for better in entry.wishes[:had]:
            for other in (one for one, key in won.items() if key == better):
                if line.index(other) > line.index(entry.id):
                    group = groups[other]
                    of_group = [o for o, k in won.items() if k == better and groups[o] == group]
                    assert group != entry.group
                    assert len(of_group) <= options[better].reserved.get(group, 0)


@given(made_draws(), st.randoms())
def test_the_order_in_which_entries_came_changes_nothing(draw: Draw, random: Any) -> None:
    shuffled = list(draw.entries)
    random.shuffle(shuffled)
    other = Draw(draw.name, draw.options[::-1], tuple(shuffled), draw.seed)

    assert draws.outcome(other) == draws.outcome(draw)
    assert draw_files.file_of(other) == draw_files.file_of(draw)


@given(made_draws())
def test_a_file_is_found_right_by_whoever_reads_it_again(draw: Draw) -> None:
    found = draw_files.check(draw_files.file_of(draw))

    assert found.problems == ()
    assert found.entries == len(draw.entries)


def test_the_marks_are_those_of_the_published_format() -> None:
    mark = hashlib.sha256(f"linli-draw-1\norder\n{SEED}\n\ne1".encode()).hexdigest()
    promised = hashlib.sha256(f"linli-draw-1\nseed\n{SEED}".encode()).hexdigest()

    assert draws.place_in_line(SEED, "e1") == mark
    assert draws.commitment_of(SEED) == promised


def test_who_withdraws_leaves_the_line_of_the_others_as_it_was() -> None:
    ids = [f"e{n}" for n in range(50)]
    whole = draws.in_line(SEED, ids)

    assert draws.in_line(SEED, [one for one in ids if one != "e7"]) == [
        one for one in whole if one != "e7"
    ]


def test_a_number_from_elsewhere_makes_another_line() -> None:
    ids = [f"e{n}" for n in range(50)]

    assert draws.in_line(SEED, ids, "lottery 26141") != draws.in_line(SEED, ids)


def test_places_kept_for_the_telephone_go_to_it_and_to_others_only_if_it_leaves_them() -> None:
    option = Option("mon", 4, {"phone": 2})
    many = tuple(Entry(f"o{n}", ("mon",), "online") for n in range(40))
    phones = tuple(Entry(f"p{n}", ("mon",), "phone") for n in range(3))

    both = draws.outcome(Draw("t", (option,), many + phones, SEED))
    alone = draws.outcome(Draw("t", (option,), many, SEED))

    assert sum(one.startswith("p") for one in both) >= 2
    assert len(both) == len(alone) == 4


def a_file() -> dict[str, Any]:
    entries = tuple(Entry(f"e{n}", ("mon", "tue"), "phone" if n % 5 == 0 else "") for n in range(9))
    options = (Option("mon", 2, {"phone": 1}), Option("tue", 3))
    return draw_files.file_of(Draw("Dates of May", options, entries, SEED))


def swapped(file: dict[str, Any]) -> None:
    first, other = list(file["drawn"])[0], file["waiting"][0]
    file["drawn"][other] = file["drawn"].pop(first)


@pytest.mark.parametrize("change", [
    lambda file: file.update(seed="00" * 32),
    lambda file: file.update(commitment="00" * 32),
    lambda file: file.update(public="12"),
    lambda file: file["entries"].append({"id": "late", "wishes": ["mon"], "group": ""}),
    lambda file: file["entries"].pop(),
    lambda file: file["entries"][3].update(group="phone"),
    lambda file: file["options"][0].update(places=3),
    lambda file: file["options"][0].update(places="2"),
    lambda file: file["options"][0].update(places=True),
    lambda file: file["waiting"].reverse(),
    lambda file: file["entries"].append(dict(file["entries"][0])),
    lambda file: file["entries"][0].update(wishes=["sun"]),
    lambda file: file["entries"][0].update(wishes=["mon", "mon"]),
    lambda file: file.pop("drawn"),
    lambda file: file.update(drawn=[]),
    lambda file: file.update(format="linli-draw-2"),
    lambda file: file.update(entries=None),
    lambda file: file.update(seed="5E" * 32),
    swapped,
])  # fmt: skip
def test_every_change_of_a_file_is_found(change: Any) -> None:
    file = copy.deepcopy(a_file())
    assert draw_files.check(file).problems == ()

    change(file)

    assert draw_files.check(file).problems


@pytest.mark.parametrize("data", [None, [], 3, "x", {}, {"format": "linli-draw-1"}])
def test_what_is_no_draw_is_said_to_be_none(data: Any) -> None:
    assert "no draw" in draw_files.check(data).problems[0]


@pytest.mark.parametrize("option", [Option("mon", -1), Option("mon", 1, {"phone": 2}),
                                    Option("mon", 1, {"phone": -1}), Option("", 1)])  # fmt: skip
def test_a_draw_of_impossible_places_is_not_made(option: Option) -> None:
    with pytest.raises(ValueError, match=r"places|plain text"):
        draws.outcome(Draw("t", (option,), (), SEED))
