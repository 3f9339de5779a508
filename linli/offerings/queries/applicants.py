"""What is known of whoever applies: shown, so that nobody asks it again (collect once, use often)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from linli.access import permits as access
from linli.kernel.errors import NotFound
from linli.kernel.paths import code_of
from linli.kernel.permits import Actor
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


def known_of(actor: Actor) -> Known | None:
    """Return what is known of the actor, or of the one for whom she acts; None where nothing is."""
    person_id = actor.acting_for or actor.person_id
    if person_id is None:
        return None
    return known_person(actor, person_id)


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
    )


def own_place(actor: Actor) -> str:
    """Return the code of the village in which a resident lives, or nothing."""
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
