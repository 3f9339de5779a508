"""Of two things of one name the one that comes is told apart, however long names are."""

import pytest

from linli.kernel.namesakes import told_apart


@pytest.mark.parametrize(
    ("name", "origin", "taken", "most", "made"),
    [
        ("应急队", "东村", set(), 40, "东村应急队"),
        ("应急队", "东村", {"东村应急队"}, 40, "东村应急队 2"),
        ("应急队", "东村", {"东村应急队", "东村应急队 2"}, 40, "东村应急队 3"),
        ("应急队", "东村", set(), 4, "东应急队"),
        ("应急队", "东村", {"应急队"}, 3, "应 2"),
    ],
)
def test_a_name_is_told_apart(
    name: str, origin: str, taken: set[str], most: int, made: str
) -> None:
    assert told_apart(name, origin, taken, most=most) == made
