"""Quick values are what frozen dataclasses are, in all that anybody can see of them."""

from __future__ import annotations

import copy
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, make_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.quick import changed, quick

FIELDS = [
    ("name", str),
    ("count", int, 3),
    ("rows", tuple, ()),
    ("marks", dict, field(default_factory=dict)),
    ("note", str, field(default="", kw_only=True)),
]


def _refuse(value: Any) -> None:
    if value.count < 0:
        raise ValueError("less than nothing")


def value(name: str) -> Any:
    """Return a frozen dataclass as the standard library makes it."""
    made = make_dataclass(
        name, FIELDS, namespace={"__post_init__": _refuse}, frozen=True, slots=True
    )
    made.__module__ = __name__
    return made


Plain, Fast = value("Plain"), quick(value("Fast"))


def shown(value: object) -> str:
    return repr(value).partition("(")[2]


@given(
    st.fixed_dictionaries(
        {"name": st.text()},
        optional={"count": st.integers(0), "rows": st.tuples(st.integers()),
                  "marks": st.dictionaries(st.text(), st.integers()), "note": st.text()},
    )
)  # fmt: skip
def test_it_holds_what_the_other_holds(told: dict[str, Any]) -> None:
    fast, plain = Fast(**told), Plain(**told)

    assert type(fast) is Fast
    assert shown(fast) == shown(plain)
    assert (
        fast == Fast(**told) == copy.copy(fast) == replace(fast) == pickle.loads(pickle.dumps(fast))
    )
    assert replace(fast, name="other").count == plain.count
    assert fast != replace(fast, name=fast.name + "!")


def test_it_is_as_frozen() -> None:
    value = Fast("a")

    with pytest.raises(FrozenInstanceError):
        value.name = "b"
    with pytest.raises(FrozenInstanceError):
        del value.name
    with pytest.raises((FrozenInstanceError, TypeError)):
        value.more = 1
    assert value == Fast("a")


def test_no_two_share_what_a_factory_makes() -> None:
    assert Fast("a").marks is not Fast("b").marks


def test_its_signature_is_the_same() -> None:
    def parts(cls: type) -> list[tuple[Any, ...]]:
        signature = inspect.signature(cls)
        return [(p.name, p.kind, p.annotation) for p in signature.parameters.values()]

    assert parts(Fast) == parts(Plain)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Fast(), TypeError),
        (lambda: Fast("a", 1, (), {}, "x"), TypeError),
        (lambda: Fast("a", other=1), TypeError),
        (lambda: Fast("a", -1), ValueError),
    ],
)
def test_it_refuses_the_same(make: Callable[[], object], told: type[Exception]) -> None:
    with pytest.raises(told):
        make()


def test_what_has_no_twin_is_refused() -> None:
    @dataclass(frozen=True)
    class Loose:
        name: str

    @dataclass(frozen=True, slots=True)
    class More(Plain):
        other: int = 0

    @dataclass(frozen=True, slots=True)
    class Given:
        name: str = field(default="", init=False)

    for cls in (Loose, More, Given):
        with pytest.raises(TypeError):
            quick(cls)


@given(
    st.fixed_dictionaries(
        {}, optional={"name": st.text(), "count": st.integers(), "note": st.text()}
    )
)  # fmt: skip
def test_a_changed_value_is_what_replace_makes_of_it(told: dict[str, Any]) -> None:
    before = Fast("a", 2, (1,), {"b": 1}, note="c")

    try:
        wanted = replace(before, **told)
    except ValueError:
        with pytest.raises(ValueError, match="less than nothing"):
            changed(before, **told)
    else:
        found = changed(before, **told)
        assert (type(found), found) == (Fast, wanted)
        assert found.marks is before.marks
    assert before == Fast("a", 2, (1,), {"b": 1}, note="c")


def test_a_field_that_there_is_not_is_not_changed() -> None:
    with pytest.raises(AttributeError, match="other"):
        changed(Fast("a"), other=1)
