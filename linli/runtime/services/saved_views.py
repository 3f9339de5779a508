"""Filters of lists under a name, for oneself or for a post."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.kernel import locks
from linli.kernel.errors import Invalid, NotAllowed, NotFound
from linli.kernel.permits import Actor, open_to_all
from linli.runtime import rules
from linli.runtime.errors import NameTaken, TooManyViews
from linli.runtime.models import SavedView

MOST = 30


@open_to_all("everybody signed in may name their own filters")
@transaction.atomic
def save_view(list_name: str, *, name: str, query: str, actor: Actor, now: datetime) -> SavedView:
    """Keep the filters of a list under a name.

    Refuses with NotAllowed, Invalid, NameTaken, TooManyViews.
    """
    if actor.account_id is None:
        raise NotAllowed()
    name = _clean(name)
    locks.hold("runtime.saved_views", actor.account_id)
    mine = SavedView.objects.filter(account_id=actor.account_id, list_name=list_name)
    names = list(mine.values_list("name", flat=True)[: MOST + 1])
    if name in names:
        raise NameTaken(name=name)
    if len(names) >= MOST:
        raise TooManyViews(most=MOST)
    return SavedView.objects.create(
        account_id=actor.account_id,
        list_name=list_name,
        name=name,
        query=rules.clean_query(query),
        created_at=now,
    )


@open_to_all("only the owner finds the view")
@transaction.atomic
def rename_view(view: SavedView, *, name: str, actor: Actor) -> SavedView:
    """Give a view of one's own another name. Refuses with NotFound, Invalid, NameTaken."""
    view = _own(view, actor)
    name = _clean(name)
    locks.hold("runtime.saved_views", view.account_id)
    mine = SavedView.objects.filter(account_id=view.account_id, list_name=view.list_name)
    if mine.filter(name=name).exclude(pk=view.pk).exists():
        raise NameTaken(name=name)
    view.name = name
    view.save(update_fields=["name"])
    return view


@open_to_all("only the owner finds the view, and only own posts may be given")
@transaction.atomic
def share_view(view: SavedView, *, post_id: int | None, actor: Actor) -> SavedView:
    """Show a view to everybody who holds the same post, or to oneself alone again.

    Refuses with NotFound, NotAllowed.
    """
    view = _own(view, actor)
    if post_id is not None and post_id not in actor.posts:
        raise NotAllowed()
    view.post_id = post_id
    view.save(update_fields=["post_id"])
    return view


@open_to_all("only the owner finds the view")
@transaction.atomic
def delete_view(view: SavedView, *, actor: Actor) -> None:
    """Delete a view of one's own. Refuses with NotFound."""
    _own(view, actor).delete()


def _clean(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= rules.LONGEST_NAME:
        raise Invalid({"name": [_("Give a name of at most 60 characters.")]})
    return name


def _own(view: SavedView, actor: Actor) -> SavedView:
    found = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    if found is None or actor.account_id is None or found.account_id != actor.account_id:
        raise NotFound()
    return found
