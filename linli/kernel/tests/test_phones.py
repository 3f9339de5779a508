"""Keys of phones: hers comes back to her, and to nobody else."""

from __future__ import annotations

from linli.kernel.phones import box_for


def test_a_box_opens_for_whom_it_was_made_on_its_page_alone() -> None:
    mine = box_for("door", 7, [])

    again = box_for("door", 7, ["", "x", "a.b", box_for("door", 8, []).box, mine.box])

    assert again == mine and mine.key not in mine.box
    assert box_for("door", 8, [mine.box]).key != mine.key
    assert box_for("field", 7, [mine.box]).key != mine.key


def test_a_box_that_was_changed_is_replaced() -> None:
    mine = box_for("door", 7, [])
    head, _dot, sealed = mine.box.partition(".")

    for wrong in (f"{head}.{sealed[:-4]}AAAA", f"{head}.", f"{head}.é", f"{head}.{sealed[4:]}"):
        assert box_for("door", 7, [wrong]).id != mine.id
