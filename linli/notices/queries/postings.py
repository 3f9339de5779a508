"""Which notices somebody may see: the public ones of a place, and those that she works on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.paths import chain_of_path
from linli.kernel.permits import Actor
from linli.kernel.words import every_word
from linli.notices import permits
from linli.notices.models import Posting, PostingPlace, PostingVersion
from linli.notices.rules.periods import Phase
from linli.notices.states import PostingState, VersionState
from linli.notices.types import Category

NEWEST = Keyset("newest", ("-first_day", "-id"))
CHANGED = Keyset("changed", ("-changed_at", "-id"))
PUBLIC_PHASES = (Phase.SHOWN, Phase.ENDED, Phase.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows. `phase` "" is all that the list has; `is_wide` takes the places below along."""

    category: str = ""
    phase: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None
    is_wide: bool = False


def public_postings(on: date) -> QuerySet[Posting]:
    """Return what everybody may read on a day: displayed, over, or withdrawn after it had been shown."""
    was_shown = Q(state=PostingState.PUBLISHED) | Q(
        state=PostingState.WITHDRAWN, withdrawn_on__gte=F("first_day")
    )
    return Posting.objects.filter(was_shown, first_day__lte=on)


def staff_postings(actor: Actor) -> QuerySet[Posting]:
    """Return the notices, drafts too, of places at which the actor writes or publishes."""
    if actor.is_system:
        return Posting.objects.all()
    where = Q(pk__in=[])
    for permit in (permits.WRITE, permits.PUBLISH):
        for path in actor.paths(permit):
            where |= Q(place__gte=path, place__lt=path + "~")
    return Posting.objects.filter(where)


def postings_at(path: str, on: date, *, is_wide: bool = False) -> QuerySet[Posting]:
    """Return what everybody may read at a place: its own, what is shown there from above, and, if
    wide, what the places below posted."""
    here = PostingPlace.objects.filter(posting=OuterRef("pk"))
    there = Q(path__in=chain_of_path(path))
    if is_wide:
        there |= Q(path__gte=path, path__lt=path + "~")
    return public_postings(on).filter(Exists(here.filter(there)))


def list_public(
    path: str, shown: Filter, *, on: date, cursor: str | None = None, limit: int = 20
) -> Page[Posting]:
    """Return a page of the public notices of a place, newest first."""
    found = filtered(postings_at(path, on, is_wide=shown.is_wide), shown, on)
    return page_of(found.select_related("current"), NEWEST, cursor=cursor, limit=limit)


def list_staff(
    actor: Actor, shown: Filter, *, on: date, cursor: str | None = None, limit: int = 50
) -> Page[Posting]:
    """Return a page of the notices that the actor works on, last changed first."""
    return page_of(filtered_staff(actor, shown, on=on), CHANGED, cursor=cursor, limit=limit)


def filtered_staff(actor: Actor, shown: Filter, *, on: date) -> QuerySet[Posting]:
    """Return the notices that the actor works on and a filter shows."""
    found = filtered(staff_postings(actor), shown, on, with_drafts=True)
    return found.select_related("current", "open")


def filtered(
    found: QuerySet[Posting], shown: Filter, on: date, *, with_drafts: bool = False
) -> QuerySet[Posting]:
    """Return what a filter shows of some notices; drafts answer to those alone who work on them."""
    if shown.category in set(Category):
        found = found.filter(category=shown.category)
    if shown.phase in set(Phase if with_drafts else PUBLIC_PHASES):
        found = found.filter(_in_phase(Phase(shown.phase), on))
    if shown.words:
        words = every_word(shown.words, "current__title__icontains", "current__body__icontains")
        words &= Q(is_hidden=False)
        if with_drafts:
            words |= every_word(shown.words, "open__title__icontains", "open__body__icontains")
        found = found.filter(words | Q(number__iexact=shown.words))
    if shown.since:
        found = found.filter(first_day__gte=shown.since)
    if shown.until:
        found = found.filter(first_day__lte=shown.until)
    return found


def _in_phase(phase: Phase, on: date) -> Q:
    is_out = Q(state=PostingState.PUBLISHED)
    return {
        Phase.DRAFT: Q(state=PostingState.PREPARED, open__state=VersionState.DRAFT),
        Phase.WAITING: Q(open__state=VersionState.WAITING),
        Phase.PLANNED: is_out & Q(first_day__gt=on),
        Phase.SHOWN: is_out & Q(first_day__lte=on, last_day__gte=on),
        Phase.ENDED: is_out & Q(last_day__lt=on),
        Phase.WITHDRAWN: Q(state=PostingState.WITHDRAWN),
        Phase.DROPPED: Q(state=PostingState.DROPPED),
    }[phase]


def works_anywhere(actor: Actor) -> bool:
    """Say whether the actor has to do with notices at all."""
    return actor.is_system or any(
        actor.paths(permit) for permit in (permits.WRITE, permits.PUBLISH)
    )


def may_work(actor: Actor, posting: Posting) -> bool:
    """Say whether a notice is one that the actor works on."""
    return actor.may(permits.WRITE, at=posting.place) or actor.may(
        permits.PUBLISH, at=posting.place
    )


def get_public(code: str, *, on: date) -> Posting:
    """Return a notice that everybody may read. Refuses with NotFound."""
    found = public_postings(on).filter(code=code.upper()).select_related("current").first()
    if found is None:
        raise NotFound()
    return found


def code_of_posting(posting_id: int) -> str:
    """Return the code of a notice, which leads to its page. Refuses with NotFound."""
    found = Posting.objects.filter(pk=posting_id).values_list("code", flat=True).first()
    if found is None:
        raise NotFound()
    return found


def get_for_staff(actor: Actor, code: str) -> Posting:
    """Return a notice that the actor works on. Refuses with NotFound."""
    found = (
        staff_postings(actor).filter(code=code.upper()).select_related("current", "open").first()
    )
    if found is None:
        raise NotFound()
    return found


def published_versions(posting: Posting) -> list[PostingVersion]:
    """Return what the public has read of a notice, newest first; nothing where its text had to go."""
    if posting.is_hidden:
        return []
    found = posting.versions.filter(state=VersionState.PUBLISHED)
    return list(found.order_by("-number"))


def all_versions(posting: Posting) -> list[PostingVersion]:
    """Return every version of a notice, newest first, for whoever works on it."""
    return list(posting.versions.order_by("-number"))


def get_version(posting: Posting, number: int) -> PostingVersion:
    """Return a version that was published. Refuses with NotFound."""
    for version in published_versions(posting):
        if version.number == number:
            return version
    raise NotFound()


def found(actor: Actor, words: str, on: date, limit: int) -> list[tuple[Posting, str, str, bool]]:
    """Return notices for the words of a search: title, office and day, and whether they are public."""
    asked = Filter(words=words)
    public = filtered(public_postings(on), asked, on).select_related("current")
    rows = [
        (one, one.current.title, f"{one.number} · {one.office}", True)
        for one in public.order_by("-first_day", "-id")[:limit]
        if one.current is not None
    ]
    known = {row[0].pk for row in rows}
    drafts = filtered_staff(actor, asked, on=on).filter(open__isnull=False).exclude(pk__in=known)
    if len(rows) < limit and works_anywhere(actor):
        rows += [
            (one, one.open.title, one.office, False)
            for one in drafts.order_by("-changed_at", "-id")[: limit - len(rows)]
            if one.open is not None
        ]
    return rows
