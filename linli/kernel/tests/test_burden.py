"""The burden guard."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms

from linli.kernel.burden import demand_faults, form_faults, resident_faults
from linli.kernel.registries import (
    HELD_FACTS,
    RESIDENT_DEMANDS,
    STAFF_DEMANDS,
    HeldFact,
    ResidentDemand,
    StaffDemand,
)

ROUND = StaffDemand(
    "test.round", "Fire round", "photo", "消防法 art. 16", 20, scene="fire", optional=False
)
FORM = StaffDemand("test.form", "A form", "form", "art. 1", 20)
COUNT = StaffDemand("test.count", "A count", "count", "art. 1", 20)
AGAIN = StaffDemand("test.again", "Again", "repeated_cell", "art. 1", 20)
UPLOAD = StaffDemand("test.upload", "A file", "upload", "art. 1", 20)
ASKED = ResidentDemand("test.asked", "Sign-in", "a number", "PIPL art. 13", "a year")
FACT = HeldFact("test.people", "Names of people", ("planted", "planted_*"))


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    """Demands and facts of an app that exists in this test alone."""
    for demand in (ROUND, FORM, COUNT, AGAIN, UPLOAD):
        STAFF_DEMANDS.add(demand)
    RESIDENT_DEMANDS.add(ASKED)
    HELD_FACTS.add(FACT)
    yield
    for registry in (STAFF_DEMANDS, RESIDENT_DEMANDS, HELD_FACTS):
        for key in [item.key for item in registry if item.key.startswith("test.")]:  # type: ignore[attr-defined]
            registry._items.pop(key)  # type: ignore[attr-defined]


def a_form(name: str = "Planted", base: type[Any] = forms.Form, **parts: Any) -> type[Any]:
    return type(name, (base,), parts)


def of_staff(*demands: str, **parts: Any) -> type[Any]:
    return a_form(for_staff=True, demands=("test.form", *demands), **parts)


@pytest.mark.parametrize(
    ("why", "demand", "word"),
    [
        ("BU-12: no basis", StaffDemand("x", "x", "form", " ", 5), "basis"),
        ("BU-13: check-in outside security and emergency", StaffDemand("x", "x", "check_in", "b", 5), "scene"),
        ("BU-15: compulsory photo without a scene", StaffDemand("x", "x", "photo", "b", 5, optional=False), "scene"),
        ("unknown kind", StaffDemand("x", "x", "ranking", "b", 5), "ranking"),
        ("no seconds", StaffDemand("x", "x", "form", "b", 0), "seconds"),
        ("every day", StaffDemand("x", "x", "form", "b", 5, period="day"), "day"),
    ],
)  # fmt: skip
def test_an_unfounded_demand_is_refused(why: str, demand: StaffDemand, word: str) -> None:
    assert any(word in fault for fault in demand_faults([demand])), why


def test_a_photo_of_a_fire_round_and_an_optional_photo_pass() -> None:
    free = StaffDemand("x", "x", "photo", "the worker may add one", 5)

    assert list(demand_faults([ROUND, free])) == []


def test_what_residents_are_asked_has_a_basis_and_a_term() -> None:
    bare = ResidentDemand("x", "x", "a number", " ", "")

    assert len(list(resident_faults([bare]))) == 2
    assert list(resident_faults([ASKED])) == []


@pytest.mark.parametrize(
    ("why", "parts", "word"),
    [
        ("nobody fills it in", {}, "says none of"),
        ("staff without a demand", {"for_staff": True}, "names nothing in demands"),
        ("an unknown demand", {"for_staff": True, "demands": ("test.none",)}, "test.none"),
        ("operators are at work too", {"for_operator": True}, "names nothing in demands"),
        ("residents without a demand", {"for_residents": True}, "resident_demands"),
    ],
)
def test_a_form_says_who_fills_it_in_and_why(why: str, parts: dict[str, Any], word: str) -> None:
    assert any(word in fault for fault in form_faults([a_form(**parts)])), why


@pytest.mark.parametrize(
    ("why", "name", "field", "demand", "word"),
    [
        ("BU-15: a photo by its name", "photo", forms.FileField(), "test.round", "photo"),
        ("a photo by what it takes", "paper", forms.FileField(widget=forms.FileInput(attrs={"accept": "image/*"})), "test.round", "photo"),
        ("BU-12: a file", "paper", forms.FileField(), "test.upload", "upload"),
        ("BU-12: a number", "visits", forms.IntegerField(), "test.count", "count"),
        ("a number with decimals", "hours", forms.DecimalField(), "test.count", "count"),
        ("a total by its name", "residents_total", forms.CharField(), "test.count", "count"),
    ],
)  # fmt: skip
def test_a_heavy_field_of_staff_needs_its_demand(
    why: str, name: str, field: forms.Field, demand: str, word: str
) -> None:
    bare, named = of_staff(**{name: field}), of_staff(demand, **{name: field})

    assert [word in fault for fault in form_faults([bare])] == [True], why
    assert list(form_faults([named])) == [], why


def test_a_check_in_and_a_place_are_no_fields_of_a_form_either() -> None:
    fields = {"clock_in": forms.CharField(), "lon": forms.FloatField()}

    faults = " ".join(form_faults([of_staff(**fields)]))

    assert "check_in" in faults and "location" in faults


def test_a_number_that_counts_nothing_says_what_it_is() -> None:
    year = {"year": forms.IntegerField()}

    said = of_staff(not_counted={"year": "a year"}, **year)
    empty = of_staff(not_counted={"year": " "}, **year)

    assert list(form_faults([said])) == []
    assert "without a word on why" in " ".join(form_faults([empty]))


def test_a_hidden_number_and_a_number_for_residents_are_no_counts() -> None:
    hidden = of_staff(version=forms.IntegerField(widget=forms.HiddenInput))
    resident = a_form(
        for_residents=True, resident_demands=("test.asked",), age=forms.IntegerField()
    )

    assert list(form_faults([hidden, resident])) == []


@pytest.mark.parametrize("how", ["enters", "finds", "prefills", "asks_again"])
def test_what_a_register_holds_is_asked_again_only_with_a_word(how: str) -> None:
    cell = {"planted": forms.CharField()}
    said: dict[str, Any] = {
        "enters": {"planted": "test.holder"},
        "finds": ("planted",),
        "prefills": ("planted",),
        "asks_again": {"planted": "may stand in no register"},
    }
    demands = ("test.again",) if how == "asks_again" else ()

    assert "test.people" in " ".join(form_faults([of_staff(**cell)]))
    assert list(form_faults([of_staff(*demands, **cell, **{how: said[how]})])) == []


def test_asking_again_is_a_demand_of_its_own() -> None:
    cell = {"planted": forms.CharField(), "asks_again": {"planted": "no register"}}

    assert "repeated_cell" in " ".join(form_faults([of_staff(**cell)]))


def test_one_fact_is_taken_by_one_form() -> None:
    parts = {"planted_phone": forms.CharField(), "enters": {"planted_phone": "test.phone"}}
    first = a_form("First", for_staff=True, demands=("test.form",), **parts)
    heir = a_form("Heir", first)
    second = a_form("Second", for_staff=True, demands=("test.form",), **parts)

    assert list(form_faults([first, heir])) == []
    assert any("First takes test.phone" in fault for fault in form_faults([first, second]))


def test_rows_that_staff_fill_in_one_by_one_are_a_repeated_cell() -> None:
    bare = forms.formset_factory(of_staff(note=forms.CharField()))
    named = forms.formset_factory(of_staff("test.again", note=forms.CharField()))

    assert "row by row" in " ".join(form_faults([bare]))
    assert list(form_faults([named])) == []


def test_a_class_that_is_only_derived_from_says_nothing_but_its_heirs_do() -> None:
    base = a_form("Base", is_base=True)
    heir = a_form("Heir", base)

    assert list(form_faults([base])) == []
    assert "says none of" in " ".join(form_faults([heir]))
