"""Who may see which case, by plain loops over grants: what the tests of sight judge by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from linli.access.templates_of_rights import TEMPLATES, permits_of
from linli.cases.testing import NOON
from linli.kernel.permits import NOBODY, Actor, Grant, Permit
from linli.kernel.registries import CASE_KINDS
from linli.orgs.models import Post
from linli.orgs.testing import make_holding, make_post
from linli.people.models import Person

HERE, NEXT_DOOR, ELSEWHERE = "441900005001", "441900005002", "441900006001"
TOWNS = ("441900005", "441900006")
PATHS = {"city": "441900/", "town": "441900/441900005/", "village": f"441900/441900005/{HERE}/"}
ACCUSED, CLERK = 77, 31
# one human being by two entries of the register; the accused post was hers by the one that went
KEPT, GONE = 901, 902


@dataclass(frozen=True)
class Fact:
    """A case as a test made it: what the oracle judges by, read off nothing else."""

    id: int
    number: str
    kind: str
    path: str
    level: int
    is_open: bool
    about: int | None
    file: str = ""
    lead: int | None = None


def sees(actor: Actor, fact: Fact) -> bool:
    """The oracle: a grant of the kind's permit, at the place or above, that reaches the level."""
    needed = next(entry.kind.sees for entry in CASE_KINDS if entry.kind.key == fact.kind)
    return does(actor, needed, fact)


def does(actor: Actor, permit: Permit, fact: Fact, *, least: int = 0) -> bool:
    """The same of another permit; `least` is the level that it takes at least. Never of who it is about."""
    if fact.about is not None and (fact.about in actor.posts or actor.human_id in (KEPT, GONE)):
        return False
    need = max(permit.level, fact.level, least)
    for grant in actor.grants:
        is_permit = grant.permit == permit.name and grant.ceiling >= need
        if is_permit and fact.path[: len(grant.path)] == grant.path:
            return True
    return False


def actors() -> Iterator[Actor]:
    """Each template at the widest and the narrowest place it is meant for, and the accused's own."""
    for key, template in sorted(TEMPLATES.items()):
        for level in {template.levels[0], template.levels[-1]}:
            yield actor_of(f"{key} {level}", key, PATHS[level], template.ceiling)
    yield actor_of("high clerk", "clerk", PATHS["village"], 7)
    yield actor_of("accused chair", "village_chair", PATHS["village"], 5, ACCUSED)
    yield actor_of("accused lead", "town_lead", PATHS["town"], 5, ACCUSED)
    yield NOBODY


def holders() -> Iterator[Actor]:
    """Who held the accused post by an entry joined to hers since: by another post, by a key, in a job."""
    for label, template, place in (
        ("chair", "village_chair", "village"),
        ("lead", "town_lead", "town"),
    ):
        other = actor_of(f"joined {label}", template, PATHS[place], 5)
        yield replace(other, person_id=KEPT)
        yield replace(other, label=f"key of {label}", is_machine=True, holder_person_id=KEPT)
        yield replace(other, label=f"job of {label}", person_id=GONE)


def appoint_holder() -> None:
    """Give the accused post to one entry, left it, and join this entry to another."""
    kept, gone = (
        Person.objects.create(pk=pk, name="何伟明", changed_at=NOON) for pk in (KEPT, GONE)
    )
    post = make_post()
    Post.objects.filter(pk=post.pk).update(id=ACCUSED)
    left = date(2026, 7, 1)
    make_holding(Post.objects.get(pk=ACCUSED), account_id=None, person_id=gone.pk, until=left)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)


def actor_of(label: str, template: str, path: str, ceiling: int, post: int = CLERK) -> Actor:
    """Return somebody in a post with a template's rights at a place."""
    grants = tuple(Grant(name, path, ceiling, post) for name in permits_of(template))
    return Actor(1, None, label, grants, posts=frozenset({post}))
