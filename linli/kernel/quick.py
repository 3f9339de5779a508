"""Frozen values that are made many times for each request, written as fast as open ones.

A frozen dataclass sets each of its fields by `object.__setattr__`, which costs six times what a plain
assignment does; a report makes a hundred values with seven hundred fields. Here a new value is of an
open twin of its class while its fields are written, and then becomes what it is: frozen as ever.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

T = TypeVar("T")
_POST = "__post_init__"


def quick(cls: type[T]) -> type[T]:
    """Give a frozen dataclass with slots and own fields alone an `__init__` of the same signature that is faster.

    Raises TypeError for a class whose twin would not be laid out as it is.
    """
    own = _own_fields(cls)
    metaclass: Any = type(cls)
    twin = metaclass(cls.__name__, cls.__bases__, {"__slots__": cls.__dict__["__slots__"]})
    known: dict[str, Any] = {
        "_none": MISSING, "_cls": cls, "_twin": twin, "_become": _BECOME, "_new": object.__new__,
    }  # fmt: skip
    lines = [_line(field, known) for field in own]
    body = [*lines, "self.__class__ = _cls", *([f"self.{_POST}()"] if hasattr(cls, _POST) else [])]
    given = ", ".join(["self", *_parameters(own, known)])
    _write(cls, f"__init__({given})", ["_become(self, _twin)", *body], known)
    made = known["__init__"]
    made.__annotations__ = cls.__init__.__annotations__
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    cls.__init__ = made  # type: ignore[method-assign]
    copied = [f"made.{field.name} = value.{field.name}" for field in own]
    _write(cls, "opened(value)", ["made = _new(_twin)", *copied, "return made"], known)
    _OPENED[cls] = known["opened"]
    return cls


def _own_fields(cls: type[Any]) -> tuple[Field[Any], ...]:
    own = fields(cls)
    if tuple(cls.__dict__.get("__slots__", ())) != tuple(field.name for field in own):
        raise TypeError(f"{cls.__name__} has no slots, or inherits fields")
    if not all(field.init for field in own):
        raise TypeError(f"{cls.__name__} has fields that nobody gives")
    return own


def _write(cls: type[Any], head: str, body: list[str], known: dict[str, Any]) -> None:
    """Make a function of these lines, which are names of fields only, among what is `known`."""
    text = f"def {head}:\n " + "\n ".join(body)
    exec(compile(text, f"<quick {cls.__name__}>", "exec"), known)  # noqa: S102


def changed(value: T, **changes: Any) -> T:
    """Return a quick value with other fields, as `dataclasses.replace` does, which looks at each field by itself.

    Raises AttributeError for a field that there is not, KeyError for a value that is not quick.
    """
    cls = type(value)
    opened = _OPENED[cls]
    made: T = opened(value)
    for name, given in changes.items():
        setattr(made, name, given)
    _BECOME(made, cls)
    if hasattr(cls, _POST):
        made.__post_init__()  # type: ignore[attr-defined]
    return made


# class → what makes a copy of a value whose fields can still be written
_OPENED: dict[type[Any], Callable[[Any], Any]] = {}
# the frozen class refuses `self.__class__ = …` as any other assignment
_BECOME = object.__dict__["__class__"].__set__


def _parameters(own: tuple[Field[Any], ...], known: dict[str, Any]) -> list[str]:
    """Return the parameters of `__init__` in the order in which a dataclass has them."""
    named = [field for field in own if not field.kw_only]
    by_word = [field for field in own if field.kw_only]
    return [
        *(_parameter(field, known) for field in named),
        *(["*"] if by_word else []),
        *(_parameter(field, known) for field in by_word),
    ]


def _parameter(field: Field[Any], known: dict[str, Any]) -> str:
    if field.default is not MISSING:
        known[f"_default_{field.name}"] = field.default
        return f"{field.name}=_default_{field.name}"
    return field.name if field.default_factory is MISSING else f"{field.name}=_none"


def _line(field: Field[Any], known: dict[str, Any]) -> str:
    """Return how a field is written; one with a factory has it called if nothing is given."""
    if field.default_factory is MISSING:
        return f"self.{field.name} = {field.name}"
    known[f"_make_{field.name}"] = field.default_factory
    return f"self.{field.name} = _make_{field.name}() if {field.name} is _none else {field.name}"
