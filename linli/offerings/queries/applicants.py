"""What is known of whoever applies: shown, so that nobody asks it again (collect once, use often)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from linli.access import permits as access
from linli.access.queries.rights import live_mandate
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
from linli.offerings.errors import NoMandate
from linli.people.queries import persons
from linli.people.queries.vault import vault_of

# city, town, village
VILLAGE_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the register: her name, and numbers as they are masked. `is_other`: an agent acts."""

    person_id: int
    name: str
    documents: Sequence[str]
    phones: Sequence[str]
    is_other: bool = False
    died_on: date | None = None


def known_of(actor: Actor, *, now: datetime) -> Known | None:
    """Return what is known of the actor, or of whoever lets her act for her; None where nothing is.

    Refuses with NoMandate whoever acts for somebody without a mandate that holds: nothing is filed
    as a stranger's while the page says for whom she acts.
    """
    if actor.acting_for is None:
        return None if actor.person_id is None else known_person(actor, actor.person_id)
    giver = _giver(actor, now)
    if giver is None:
        raise NoMandate({"person": [str(NoMandate.message)]})
    found = known_person(giver, actor.acting_for)
    return None if found is None else replace(found, is_other=True)


def _giver(actor: Actor, now: datetime) -> Actor | None:
    """Return who lets the actor act for her today: her name and masked numbers show as to herself."""
    person_id = actor.acting_for or 0
    mandate = live_mandate(actor.account_id or 0, person_id, now=now)
    return None if mandate is None else Actor(None, person_id, "")


def known_person(actor: Actor, person_id: int) -> Known | None:
    """Return what the actor may see of somebody, numbers masked; None of whom she may not see."""
    try:
        person = persons.get_person(actor, person_id)
    except NotFound:
        return None
    vault = vault_of(actor, person)
    return Known(
        person.pk,
        person.name,
        [one.masked for one in vault.documents if one.until is None],
        [one.masked for one in vault.contacts if one.until is None and one.kind == "phone"],
        is_other=person.pk != actor.person_id,
        died_on=person.died_on,
    )


def own_place(actor: Actor, *, now: datetime) -> str:
    """Return the code of the village in which a resident lives, or whoever lets her act; or nothing."""
    giver = None if actor.acting_for is None else _giver(actor, now)
    if giver is not None:
        known = known_person(giver, giver.person_id or 0)
        return village_of(giver, known) if known else ""
    paths = sorted(actor.paths(access.RESIDE))
    return code_of(paths[0]) if paths and actor.person_id is not None else ""


def village_of(actor: Actor, known: Known) -> str:
    """Return the code of the village in which somebody lives, as far as the actor sees it."""
    person = persons.get_person(actor, known.person_id)
    home = persons.entry_of(actor, person).home
    return "" if home is None else governed_code(home.path)


def governed_code(path: str) -> str:
    """Return the village of a path: groups and buildings belong to theirs."""
    return "/".join(path.split("/")[:VILLAGE_DEPTH]).rpartition("/")[2]
