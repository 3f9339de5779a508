"""Reading a form from its JSON: `schema` (JSON Schema 2020-12), `layout`, `logic`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from linli.formkit.rules.parsing_logic import computation_of, condition_of
from linli.formkit.rules.shapes import (
    SpecBroken,
    as_flag,
    as_key,
    as_list,
    as_object,
    as_text,
    as_whole,
    as_words,
    is_too_deep,
)
from linli.formkit.types import (
    IN_TABLES,
    MOST_DECIMALS,
    MOST_FIELDS,
    MOST_FILES,
    MOST_NUMBER,
    MOST_ROWS,
    MOST_TEXT,
    Field,
    Kind,
    Option,
    Page,
    Section,
    Spec,
)

MARK = "x-linli"


def read_spec(data: Any) -> Spec:
    """Return a form from its JSON. Raises SpecBroken with the place of the first fault."""
    if is_too_deep(data):
        raise SpecBroken("", "too_deep")
    whole = as_object(data, "")
    schema = as_object(whole.get("schema"), "schema")
    logic = as_object(whole.get("logic", {}), "logic")
    required = {
        as_text(one, "schema.required") for one in as_list(schema.get("required", []), "schema")
    }
    given = as_object(schema.get("properties", {}), "schema.properties")
    if len(given) > MOST_FIELDS:
        raise SpecBroken("schema.properties", "too_many")
    fields = {key: _field(key, one, f"schema.properties.{key}") for key, one in given.items()}
    fields = {k: replace(f, required=f.required or k in required) for k, f in fields.items()}
    layout = as_object(whole.get("layout", {}), "layout")
    pages = tuple(
        _page(page, f"layout.pages.{number}", fields)
        for number, page in enumerate(as_list(layout.get("pages", []), "layout.pages", most=50))
    )
    asked = [key for page in pages for key in page.items]
    order = {key: number for number, key in reversed(list(enumerate([*asked, *sorted(fields)])))}
    fields = {key: fields[key] for key in sorted(fields, key=lambda key: order[key])}
    head = as_object(schema.get(MARK, {}), f"schema.{MARK}")
    spec = Spec(
        as_words(head.get("title"), "title"), as_words(head.get("intro"), "intro"), fields, pages
    )
    return _with_logic(spec, logic)


def _field(key: str, data: Any, path: str, *, is_column: bool = False) -> Field:
    as_key(key, path)
    given = as_object(data, path)
    mark = as_object(given.get(MARK), f"{path}.{MARK}")
    kind = _kind(mark.get("kind"), f"{path}.{MARK}.kind", is_column)
    simple = Field(
        key=key,
        kind=kind,
        label=as_words(mark.get("label"), f"{path}.label"),
        help=as_words(mark.get("help"), f"{path}.help"),
        unit=as_words(mark.get("unit"), f"{path}.unit"),
        required=as_flag(mark.get("required", False), f"{path}.required"),
        sealed=as_flag(mark.get("sealed", False), f"{path}.sealed"),
        as_list=as_flag(mark.get("as_list", False), f"{path}.as_list"),
        no_doubles=as_flag(mark.get("no_doubles", False), f"{path}.no_doubles"),
        options=_options(mark.get("options", []), f"{path}.options"),
        least=_bound(mark.get("least"), kind, f"{path}.least"),
        most=_bound(mark.get("most"), kind, f"{path}.most"),
        longest=as_whole(mark.get("longest", 0), f"{path}.longest", least=0, most=MOST_TEXT),
    )
    return _with_details(simple, mark, path)


def _with_details(one: Field, mark: Mapping[str, Any], path: str) -> Field:
    def text(name: str) -> str:
        return as_text(mark.get(name, ""), f"{path}.{name}", most=300)

    result = as_text(mark.get("result", "whole"), f"{path}.result")
    if result not in (Kind.WHOLE, Kind.DECIMAL, Kind.MONEY, Kind.TEXT):
        raise SpecBroken(f"{path}.result", "unknown")
    decimals = mark.get("decimals", 0)
    return replace(
        one,
        root=text("root"),
        known_from=text("known_from"),
        topic=text("topic"),
        scene=text("scene"),
        basis=text("basis"),
        decimals=as_whole(decimals, f"{path}.decimals", least=0, most=MOST_DECIMALS),
        result=Kind(result),
        rounding=_word(mark, "rounding", ("half", "down", "up"), path),
        lean=_word(mark, "lean", ("nearest", "past", "future"), path),
        columns=_columns(mark.get("columns", []), f"{path}.columns"),
        min_rows=as_whole(mark.get("min_rows", 0), f"{path}.min_rows", least=0, most=MOST_ROWS),
        max_rows=as_whole(mark.get("max_rows", 20), f"{path}.max_rows", least=1, most=MOST_ROWS),
        max_files=as_whole(mark.get("max_files", 1), f"{path}.max_files", least=1, most=MOST_FILES),
    )


def _kind(value: Any, path: str, is_column: bool) -> Kind:
    name = as_text(value, path)
    if name not in set(Kind) or (is_column and name not in IN_TABLES):
        raise SpecBroken(path, "unknown")
    return Kind(name)


def _word(mark: Mapping[str, Any], name: str, known: tuple[str, ...], path: str) -> str:
    value = as_text(mark.get(name, known[0]), f"{path}.{name}")
    if value not in known:
        raise SpecBroken(f"{path}.{name}", "unknown")
    return value


def _columns(data: Any, path: str) -> tuple[Field, ...]:
    """Read columns: a list, since databases do not keep the order of names in an object."""
    found: list[Field] = []
    for number, one in enumerate(as_list(data, path, most=MOST_FIELDS)):
        here = f"{path}.{number}"
        key = as_key(as_object(one, here).get("key"), here)
        if any(key == column.key for column in found):
            raise SpecBroken(here, "double")
        found.append(_field(key, one, here, is_column=True))
    return tuple(found)


def _options(data: Any, path: str) -> tuple[Option, ...]:
    found = []
    for number, one in enumerate(as_list(data, path, most=300)):
        given = as_object(one, f"{path}.{number}")
        value = as_text(given.get("value"), f"{path}.{number}.value", most=60)
        found.append(Option(value, as_words(given.get("words"), f"{path}.{number}.words")))
    return tuple(found)


def _bound(value: Any, kind: Kind, path: str) -> int | str | None:
    if value is None:
        return None
    if kind is Kind.DATE:
        return as_text(value, path, most=10)
    return as_whole(value, path, least=-MOST_NUMBER, most=MOST_NUMBER)


def _page(data: Any, path: str, fields: dict[str, Field]) -> Page:
    given = as_object(data, path)
    sections = tuple(
        _section(one, f"{path}.sections.{number}", fields)
        for number, one in enumerate(as_list(given.get("sections", []), path))
    )
    return Page(as_key(given.get("key"), path), as_words(given.get("title"), path), sections)


def _section(data: Any, path: str, fields: dict[str, Field]) -> Section:
    """Read a section; an explanation stands in the layout alone and becomes a field here."""
    given = as_object(data, path)
    keys = []
    for number, item in enumerate(as_list(given.get("items", []), path)):
        here = f"{path}.items.{number}"
        if isinstance(item, str):
            keys.append(as_key(item, here))
            continue
        note = as_object(item, here)
        key = as_key(note.get("note"), here)
        if key in fields:
            raise SpecBroken(here, "double")
        fields[key] = Field(key, Kind.NOTE, as_words(note.get("text"), here))
        keys.append(key)
    return Section(as_words(given.get("title"), path), tuple(keys))


def _with_logic(spec: Spec, logic: Mapping[str, Any]) -> Spec:
    """Hang conditions and computations on the fields they belong to."""
    shows = as_object(logic.get("show", {}), "logic.show")
    computes = as_object(logic.get("compute", {}), "logic.compute")
    for path in (*shows, *computes):
        if spec.find(path) is None:
            raise SpecBroken(f"logic.{path}", "no_such_field")
    show = {path: condition_of(one, f"logic.show.{path}") for path, one in shows.items()}
    compute = {path: computation_of(one, f"logic.compute.{path}") for path, one in computes.items()}

    def whole(one: Field, path: str) -> Field:
        columns = tuple(whole(column, f"{path}.{column.key}") for column in one.columns)
        return replace(one, columns=columns, show=show.get(path), compute=compute.get(path))

    return replace(spec, fields={key: whole(one, key) for key, one in spec.fields.items()})
