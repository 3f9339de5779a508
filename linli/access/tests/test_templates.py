"""The templates of rights: every permit against every template, and the separation of duties."""

from __future__ import annotations

import pytest

from linli.access import permits
from linli.access.queries.actors import _expanded
from linli.access.rules import KEPT_APART
from linli.access.templates_of_rights import (
    KIND_RIGHTS,
    TEMPLATES,
    applies_at,
    permits_of,
    unknown_names,
)
from linli.kernel.permits import PERMITS, VAULT, Actor
from linli.kernel.testing import CITY, TOWN, VILLAGE

PLACES = {"city": CITY, "town": TOWN, "village": VILLAGE}
NEIGHBOURS = {
    "city": "441800/",
    "town": "441900/441900006/",
    "village": "441900/441900005/441900005002/",
}


def holder(template: str, path: str) -> Actor:
    grants = _expanded(((template, "", path, TEMPLATES[template].ceiling, 1),))
    return Actor(account_id=1, person_id=1, label=template, grants=grants)


def test_every_permit_that_a_template_names_exists() -> None:
    assert unknown_names() == []


@pytest.mark.parametrize("template", sorted(TEMPLATES))
@pytest.mark.parametrize("level", sorted(PLACES))
def test_every_permit_and_template(template: str, level: str) -> None:
    """Each template opens what it names and reaches, where it applies, and no other permit."""
    actor, at = holder(template, PLACES[level]), PLACES[level]
    ceiling = TEMPLATES[template].ceiling
    applies = level in TEMPLATES[template].levels
    named = {n for n in permits_of(template) if applies and PERMITS[n].level <= ceiling}

    assert {name for name, permit in PERMITS.items() if actor.may(permit, at=at)} == named
    assert not [p for p in PERMITS.values() if actor.may(p, at=NEIGHBOURS[level])]


def test_no_template_names_a_permit_that_its_ceiling_does_not_reach() -> None:
    """It would look like a right and open nothing; those for Party work are given with level 6."""
    lame = [
        (key, name)
        for key, template in TEMPLATES.items()
        for name in template.permits
        if PERMITS[name].level > template.ceiling
    ]

    assert {key for key, _name in lame} == {"party_work", "party_decision"}


def test_the_hotline_of_the_city_takes_a_right_of_its_own() -> None:
    """Who called is personal: the usual posts of a city department see nobody."""
    desk = holder("hotline_desk", CITY)

    assert desk.paths(PERMITS["exchange.hotline"]) == (CITY,)
    assert desk.may(PERMITS["cases.see"], at=VILLAGE) and not desk.may(
        PERMITS["cases.contact"], at=VILLAGE
    )
    for template in ("city_department", "city_lead"):
        assert "exchange.hotline" not in permits_of(template)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_no_template_reaches_level_six(template: str) -> None:
    assert TEMPLATES[template].ceiling <= VAULT


def test_the_three_administrators_share_no_power() -> None:
    """GB/T 22239-2019: who runs the system, who gives rights and who checks are three."""
    operator, security, auditor = (set(permits_of(t)) for t in ("operator", "security", "auditor"))

    assert {"operator", "security", "auditor"} == KEPT_APART
    assert "trail.read" in auditor
    assert "trail.read" not in operator | security
    assert {permits.GRANT.name, permits.GRANT_SPECIAL.name} <= security
    assert not {permits.GRANT.name, permits.GRANT_SPECIAL.name} & (operator | auditor)
    assert permits.OPERATE.name in operator
    assert permits.OPERATE.name not in security | auditor
    assert permits.REVIEW.name not in operator | security


def test_a_full_session_neither_reads_the_trail_nor_gives_rights() -> None:
    full = set(permits_of("full"))

    assert not [name for name in full if name.startswith(("trail.", "access.grant", "orgs.party"))]
    assert permits.REVIEW.name not in full
    assert "people.view" in full


def test_a_grid_worker_never_sees_a_number_in_full() -> None:
    assert "people.reveal" not in permits_of("grid_worker")


def test_who_supervises_sees_no_personal_data() -> None:
    assert not [n for n in permits_of("supervision") if n.startswith(("people.", "rolls."))]


@pytest.mark.parametrize("kind", sorted(KIND_RIGHTS))
def test_every_kind_of_post_gets_known_templates(kind: str) -> None:
    assert set(KIND_RIGHTS[kind]) <= set(TEMPLATES)


def test_a_template_says_where_it_applies() -> None:
    assert applies_at("clerk", VILLAGE)
    assert not applies_at("clerk", TOWN)
    assert applies_at("clerk", VILLAGE + "01/")
    assert not applies_at("no_such", VILLAGE)


def test_who_leads_a_town_keeps_its_funding_lines_and_erases_by_order() -> None:
    held = set(TEMPLATES["town_lead"].permits)

    assert {"plan.fund", "people.erase"} <= held
    assert "plan.fund" in TEMPLATES["city_lead"].permits
    assert "people.erase" not in TEMPLATES["clerk"].permits


def test_only_heads_of_a_government_hand_tasks_down() -> None:
    """BU-22: a department delegates and pays; a committee gets tasks and hands none down."""
    giving = {key for key in TEMPLATES if "cases.direct" in permits_of(key)} - {"full"}

    assert giving == {"town_lead", "city_lead"}


def test_papers_are_registered_where_letters_reach_an_office() -> None:
    receiving = {key for key in TEMPLATES if "cases.papers" in permits_of(key)} - {"full"}

    assert receiving == {
        "clerk", "village_chair", "town_official", "town_lead", "city_department", "city_lead",
    }  # fmt: skip
