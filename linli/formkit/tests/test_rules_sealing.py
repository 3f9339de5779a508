"""What is sealed with a sealed answer: all that hangs on it, by condition or computation."""

from __future__ import annotations

from linli.formkit.rules.sealing import sealed_keys
from linli.formkit.testing import field, make_spec


def test_what_hangs_on_a_sealed_answer_is_sealed_with_it_however_far_off() -> None:
    spec = make_spec(
        {
            "ill": field("yesno", sealed=True),
            "since": field("whole"),
            "long": field("yesno"),
            "open": field("yesno"),
            "rows": field("table", columns={"who": field("text", sealed=True)}),
            "many": field("computed"),
            "plain": field("table", columns={"n": field("whole")}),
        },
        show={
            "since": {"op": "is", "field": "ill", "value": True},
            "long": {"op": "at_least", "field": "since", "value": 5},
        },
        compute={"many": {"op": "count", "of": [{"field": "rows"}]}},
    )

    assert sealed_keys(spec) == {"ill", "since", "long", "rows", "many"}
