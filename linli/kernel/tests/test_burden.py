"""The burden guard."""

import pytest
from django import forms

from linli.kernel.burden import demand_faults, form_faults
from linli.kernel.registries import STAFF_DEMANDS, StaffDemand

ROUND = StaffDemand(
    "test.round", "Fire round", "photo", "消防法 art. 16", 20, scene="fire", optional=False
)


@pytest.mark.parametrize(
    ("why", "demand", "word"),
    [
        ("BU-12: no basis", StaffDemand("x", "x", "form", " ", 5), "basis"),
        ("BU-13: check-in outside security and emergency", StaffDemand("x", "x", "check_in", "b", 5), "scene"),
        ("BU-15: compulsory photo without a scene", StaffDemand("x", "x", "photo", "b", 5, optional=False), "scene"),
        ("unknown kind", StaffDemand("x", "x", "ranking", "b", 5), "ranking"),
        ("no seconds", StaffDemand("x", "x", "form", "b", 0), "seconds"),
    ],
)  # fmt: skip
def test_an_unfounded_demand_is_refused(why: str, demand: StaffDemand, word: str) -> None:
    assert any(word in fault for fault in demand_faults([demand])), why


def test_a_photo_of_a_fire_round_and_an_optional_photo_pass() -> None:
    free = StaffDemand("x", "x", "photo", "the worker may add one", 5)

    assert list(demand_faults([ROUND, free])) == []


def test_a_staff_form_that_asks_for_a_photo_must_name_the_demand() -> None:
    STAFF_DEMANDS.add(ROUND)
    fields = {"photo": forms.FileField()}
    bare = type("Bare", (forms.Form,), {**fields, "for_staff": True})
    named = type("Named", (forms.Form,), {**fields, "for_staff": True, "demands": ("test.round",)})
    resident = type("Resident", (forms.Form,), fields)

    faults = list(form_faults([bare, named, resident]))
    STAFF_DEMANDS._items.pop("test.round")

    assert len(faults) == 1
    assert "Bare.photo" in faults[0]
