"""Filters of lists under a name."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from linli.kernel.errors import NotAllowed, NotFound
from linli.kernel.permits import NOBODY
from linli.kernel.testing import make_actor
from linli.runtime import queries
from linli.runtime.errors import NameTaken, TooManyViews
from linli.runtime.models import SavedView
from linli.runtime.services import saved_views

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
CLERK = replace(make_actor("clerk", account_id=1), posts=frozenset({4}))
COLLEAGUE = replace(make_actor("colleague", account_id=2), posts=frozenset({4}))
OTHER = replace(make_actor("other", account_id=3), posts=frozenset({5}))


def save(name: str = "late", query: str = "?state=late&cursor=x") -> SavedView:
    return saved_views.save_view("cases.list", name=name, query=query, actor=CLERK, now=NOON)


@pytest.mark.django_db
def test_a_view_is_ones_own_until_it_is_shared_with_a_post() -> None:
    view = save()
    assert view.query == "state=late"
    assert queries.views_of_list(COLLEAGUE, "cases.list") == []

    saved_views.share_view(view, post_id=4, actor=CLERK)

    assert queries.views_of_list(COLLEAGUE, "cases.list") == [view]
    assert queries.views_of_list(OTHER, "cases.list") == []
    assert queries.views_of_list(CLERK, "people.list") == []


@pytest.mark.django_db
def test_only_a_post_of_ones_own_can_be_given_a_view() -> None:
    view = save()
    with pytest.raises(NotAllowed):
        saved_views.share_view(view, post_id=5, actor=CLERK)
    view.refresh_from_db()
    assert view.post_id is None


@pytest.mark.django_db
def test_nobody_changes_a_view_of_somebody_else() -> None:
    view = saved_views.share_view(save(), post_id=4, actor=CLERK)
    for actor in (COLLEAGUE, OTHER, NOBODY):
        with pytest.raises(NotFound):
            saved_views.delete_view(view, actor=actor)
        with pytest.raises(NotFound):
            queries.get_view(actor, view.pk)
    assert queries.get_view(CLERK, view.pk) == view

    saved_views.delete_view(view, actor=CLERK)
    assert SavedView.objects.count() == 0


@pytest.mark.django_db
def test_names_are_not_given_twice_and_views_do_not_pile_up() -> None:
    for n in range(saved_views.MOST):
        save(f"view {n}")
    with pytest.raises(NameTaken):
        save("view 1")
    with pytest.raises(TooManyViews):
        save("one more")


@pytest.mark.django_db
def test_nobody_keeps_no_view() -> None:
    with pytest.raises(NotAllowed):
        saved_views.save_view("cases.list", name="n", query="", actor=NOBODY, now=NOON)
