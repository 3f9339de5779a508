"""Random forms with conditions and computations, and random answers to them, for hypothesis."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from linli.formkit.rules.parsing import read_spec
from linli.formkit.testing import field, options, spec_json
from linli.formkit.types import Spec

KEYS = {
    "flag": field("yesno"), "pick": field("choice", options=options("a", "b", "c")),
    "many": field("several", options=options("a", "b", "c")), "size": field("whole"),
    "part": field("decimal", decimals=2), "fen": field("money"), "born": field("date"),
    "said": field("text"),
}  # fmt: skip
COLUMNS = {
    "count": field("whole"), "price": field("money"), "kind": field("choice", options=options("a", "b")),
    "cost": field("computed", result="money", rounding="half"),
}  # fmt: skip
COMPUTED = ("c1", "c2", "c3")
WHOLES = st.integers(-(10**6), 10**6)
DAYS = st.dates().map(str)


@st.composite
def conditions(draw: Any, depth: int = 0) -> dict[str, Any]:
    kinds = ["filled", "is", "is_not", "in", "at_least", "at_most"]
    op = draw(st.sampled_from(kinds + (["all", "any", "not"] if depth < 3 else [])))
    if op in ("all", "any"):
        return {"op": op, "of": draw(st.lists(conditions(depth=depth + 1), min_size=1, max_size=3))}
    if op == "not":
        return {"op": op, "of": [draw(conditions(depth=depth + 1))]}
    name = draw(st.sampled_from([*KEYS, *COMPUTED, "rows"]))
    if op == "filled":
        return {"op": op, "field": name}
    value = st.one_of(st.booleans(), WHOLES, st.sampled_from(["a", "b", "", "2020-02-29"]))
    if op == "in":
        return {"op": op, "field": name, "value": draw(st.lists(value, max_size=3))}
    return {"op": op, "field": name, "value": draw(value)}


@st.composite
def operands(draw: Any, depth: int = 0) -> dict[str, Any]:
    names = [*KEYS, *COMPUTED, "rows", "rows.count", "rows.price", "rows.cost"]
    leaves = [
        st.sampled_from(names).map(lambda name: {"field": name}),
        st.sampled_from(["0", "3", "-2.5", "0.333333"]).map(lambda text: {"value": text}),
        st.just({"today": True}),
    ]
    return draw(st.one_of(*leaves, *([computations(depth=depth + 1)] if depth < 3 else [])))


@st.composite
def computations(draw: Any, depth: int = 0) -> dict[str, Any]:
    op = draw(st.sampled_from(["sum", "difference", "product", "quotient", "count", "min", "max",
                               "age_on", "days_between", "join"]))  # fmt: skip
    two = op in ("difference", "quotient", "age_on", "days_between")
    of = draw(st.lists(operands(depth=depth), min_size=2 if two else 1, max_size=2 if two else 3))
    return {"op": op, "of": of}


@st.composite
def specs(draw: Any) -> Spec:
    """Return a form; its logic may be odd, and hang in circles."""
    results = st.sampled_from(["whole", "decimal", "money", "text"])
    rounding = st.sampled_from(["half", "up", "down"])
    fields = dict(KEYS)
    fields |= {
        key: field("computed", result=draw(results), decimals=2, rounding=draw(rounding))
        for key in COMPUTED
    }
    fields["rows"] = field("table", columns=COLUMNS)
    shown = draw(
        st.lists(st.sampled_from([*fields, "rows.price", "rows.cost"]), unique=True, max_size=6)
    )
    in_row = {"op": "is", "field": "rows.kind", "value": "a"}
    show = {
        path: in_row if "." in path and draw(st.booleans()) else draw(conditions())
        for path in shown
    }
    compute = {key: draw(computations()) for key in COMPUTED}
    cost = {"op": "product", "of": [{"field": "rows.count"}, {"field": "rows.price"}]}
    return read_spec(spec_json(fields, show=show, compute={**compute, "rows.cost": cost}))


@st.composite
def answers(draw: Any) -> dict[str, Any]:
    """Return answers to such a form, some missing, some of the wrong kind."""
    row = st.fixed_dictionaries(
        {}, optional={"count": WHOLES, "price": WHOLES, "kind": st.sampled_from(["a", "b"])}
    )
    wild = st.one_of(st.none(), st.booleans(), WHOLES, st.text(max_size=3))
    usual = {
        "flag": st.booleans(), "pick": st.sampled_from("abc"), "size": WHOLES, "part": WHOLES,
        "many": st.lists(st.sampled_from("abc"), unique=True, max_size=3), "fen": WHOLES,
        "born": DAYS, "said": st.text(max_size=5), "rows": st.lists(row, max_size=3),
    }  # fmt: skip
    usual = {key: st.one_of(value, value, value, wild) for key, value in usual.items()}
    return draw(st.fixed_dictionaries({}, optional=usual | {"c1": WHOLES, "c2": wild}))
