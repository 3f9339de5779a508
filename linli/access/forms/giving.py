"""Forms by which rights are given or taken in an emergency: their choices, and the right they mean."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.access import permits
from linli.access.forms.special import GlassForm
from linli.access.forms.work import RightForm, with_choices
from linli.access.queries.accounts import get_account
from linli.access.queries.choices import place_choices
from linli.access.queries.posts import kind_names, post_for_rights, posts_at
from linli.access.templates_of_rights import LEVEL_WORDS, NEVER_BROKEN, choices
from linli.access.types import NewRight
from linli.kernel.permits import PERMITS, Actor
from linli.ui.jinja import named


def end_of(day: date) -> datetime:
    """Return the moment at which a last day is over in the city."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def places_to_give(actor: Actor) -> list[tuple[str, str]]:
    """Return (path, name) of every place where somebody gives rights, ordinary or special."""
    return place_choices(actor, permits.GRANT, permits.GRANT_SPECIAL)


def fill_right(form: RightForm, actor: Actor, path: str, account_id: int | None) -> None:
    """Offer the posts of a place, every kind of post, and one account. Refuses with NotFound."""
    posts = [
        (
            f"post:{row.id}",
            f"{row.office} {named(row)}" + (f" ({row.holders})" if row.holders else ""),
        )
        for row in posts_at(path, on=timezone.localdate())
    ]
    kinds = [
        (f"kind:{code}", _("Every post of the kind %(name)s") % {"name": names[0]})
        for code, names in kind_names().items()
    ]
    people = []
    if account_id is not None:
        one = get_account(actor, account_id)
        people = [(f"account:{one.pk}", one.display_name)]
    with_choices(
        form,
        subject=[*people, *posts, *kinds],
        template=[("", "—"), *[(one.key, one.title) for one in choices()]],
        permit=[("", "—"), *[(p.name, p.title) for p in PERMITS.values()]],
        place=places_to_give(actor),
        ceiling=[(level, words) for level, words in LEVEL_WORDS.items()],
    )


def fill_glass(form: GlassForm, actor: Actor) -> None:
    """Offer what an emergency may open, and the places where somebody may open it."""
    with_choices(
        form,
        permit=[(p.name, p.title) for p in PERMITS.values() if not p.name.startswith(NEVER_BROKEN)],
        place=place_choices(actor, permits.BREAK_GLASS),
        ceiling=[(level, LEVEL_WORDS[level]) for level in (4, 5, 6, 7)],
    )


def right_meant(form: RightForm, actor: Actor) -> NewRight:
    """Return the right that a filled form means. Refuses with NotFound for posts of others."""
    given = form.cleaned_data
    kind, _colon, key = given["subject"].partition(":")
    post = post_for_rights(actor, int(key)) if kind == "post" else None
    last = given["ends_on"]
    return NewRight(
        path=given["place"],
        ceiling=given["ceiling"],
        template=given["template"],
        permit=given["permit"],
        post_id=post.id if post else None,
        post_kind=key if kind == "kind" else "",
        account_id=int(key) if kind == "account" else None,
        ends_at=end_of(last) if last else None,
        purpose=given["purpose"],
    )
