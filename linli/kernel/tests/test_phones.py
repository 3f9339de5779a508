"""Keys of phones: hers comes back to her, and to nobody else."""

from __future__ import annotations

from linli.kernel.phones import box_for, own_box


def test_a_box_opens_for_whom_it_was_made_on_its_page_alone() -> None:
    mine = box_for("door", 7, [])

    again = box_for("door", 7, ["", "x", "a.b", box_for("door", 8, []).box, mine.box])

    assert again == mine and mine.key not in mine.box
    assert box_for("door", 8, [mine.box]).key != mine.key
    assert box_for("field", 7, [mine.box]).key != mine.key


def test_a_key_from_before_boxes_goes_into_the_first_one_and_stays_the_same() -> None:
    before = ("OLDCODE", "old-key")

    first = box_for("field", 7, [], before=before)
    again = box_for("field", 7, [first.box])

    assert (first.id, first.key) == before and again == first
    # who has a box already keeps it
    mine = box_for("field", 7, [])
    assert box_for("field", 7, [mine.box], before=before) == mine
    assert own_box("field", 8, [first.box, mine.box]) is None


def test_a_box_that_was_changed_is_replaced() -> None:
    mine = box_for("door", 7, [])
    head, _dot, sealed = mine.box.partition(".")

    for wrong in (f"{head}.{sealed[:-4]}AAAA", f"{head}.", f"{head}.é", f"{head}.{sealed[4:]}"):
        assert box_for("door", 7, [wrong]).id != mine.id
