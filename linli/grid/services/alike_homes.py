"""A home that seems to be on the list of a storm already: whoever names it is asked first."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.grid.clients import envelopes
from linli.grid.clients.envelopes import HOMES
from linli.grid.models import Storm, StormHome, StormHomeVault
from linli.grid.states import HomeState
from linli.kernel import scope
from linli.kernel.errors import Invalid
from linli.kernel.permits import Actor, open_to_all, system_actor

if TYPE_CHECKING:
    from linli.grid.types.storms import HomeFacts

VAULT = system_actor("grid.storm")


@open_to_all("part of naming or correcting a home, whose service asked for the permit")
def refuse_alike(storm: Storm, path: str, facts: HomeFacts, *, but: int = 0, actor: Actor) -> None:
    """Refuse with Invalid a home with the address or telephone of one on the list, home `but` aside.

    The storm is held, so that of two who name it at once the second is asked. What lies sealed is only
    compared: told is what the list shows masked.
    """
    found = StormHome.objects.filter(storm=storm, path=path).exclude(state=HomeState.STRUCK)
    rows = {one.pk: one for one in found.select_related("helper")}
    with scope.acting(VAULT):
        known = {one.home_id: _kept(one) for one in StormHomeVault.objects.filter(home_id__in=rows)}
    said = (_plain(facts.address), _plain(facts.phone))
    # neither is changed: it was asked about when it was named
    if known.pop(but, None) == said:
        return
    for home_id in sorted(known):
        if any(mine and mine == theirs for mine, theirs in zip(said, known[home_id], strict=True)):
            raise Invalid({"is_another": [_question(rows[home_id])]})


def _kept(vault: StormHomeVault) -> tuple[str, str]:
    """Return address and telephone of a home, to be compared."""
    address = envelopes.opened(vault.address, HOMES, "address", vault.home_id)
    return _plain(address), _plain(envelopes.opened(vault.phone, HOMES, "phone", vault.home_id))


def _plain(words: str) -> str:
    """Return words without spaces, wide letters and capitals: an address is typed in many ways."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def _question(home: StormHome) -> str:
    people = ngettext("%(num)s person", "%(num)s people", home.people) % {"num": home.people}
    said = _(
        "A home with this address or telephone is on the list already: %(name)s, %(people)s, %(helper)s. "
        "Tick here only if this is another one."
    )
    return said % {"name": home.masked_name, "people": people, "helper": home.helper.title}
