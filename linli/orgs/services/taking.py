"""Taking rows of a list into the register: posts that are missing are made, holders are recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.timezone import localdate

from linli.kernel.events import publish
from linli.kernel.locks import hold
from linli.kernel.permits import PERSONAL, PUBLIC, Actor
from linli.kernel.seats import POST_SHAPED, PostShape
from linli.orgs import permits
from linli.orgs.events import HoldingBegan
from linli.orgs.models import Organisation, OrganisationVersion, Post, PostHolding, PostKind
from linli.orgs.models.rows import new_holding, new_post
from linli.orgs.rules.staff_rows import Fault, StaffRow
from linli.orgs.types import Appointment, PostDetails
from linli.places import queries as places
from linli.trail.services import record_many
from linli.trail.types import About, Act

OTHER = "other"
Key = tuple[int, str]


class Taker:
    """Takes rows in one transaction of its caller, who asked for the permit; keeps the counts."""

    def __init__(self, path: str, *, actor: Actor, now: datetime, is_dry: bool = False) -> None:
        self.path, self.actor, self.now, self.is_dry = path, actor, now, is_dry
        self.taken = self.known = 0
        self.kinds = _kinds()
        self.apart: dict[tuple[str, str], bool] = {}
        self.ranks = dict(PostKind.objects.values_list("code", "rank"))

    def take(self, rows: Sequence[StaffRow]) -> list[Fault]:
        """Take what can be taken and return what is wrong with the rest."""
        bodies = self._bodies({row.place for row in rows})
        faults: list[Fault] = []
        fitting: list[tuple[StaffRow, Organisation]] = []
        for row in rows:
            found = self._body(row, bodies)
            if isinstance(found, Fault):
                faults.append(found)
            elif row.kind and row.kind.lower() not in self.kinds:
                faults.append(Fault(row.line, "kind", "unknown", row.kind))
            else:
                fitting.append((row, found))
        faults += self._leave_closed(fitting)
        faults += self._leave_apart(fitting)
        posts = self._posts(fitting)
        return faults + self._holders(fitting, posts)

    def _bodies(self, codes: Iterable[str]) -> dict[str, dict[str, list[Organisation]]]:
        """Return the organisations of each place by every name that they may be written by."""
        known = {
            p.code: p.path for p in places.all_places(with_invented=True).filter(code__in=codes)
        }
        inside = {code: path for code, path in known.items() if path.startswith(self.path)}
        found: dict[str, dict[str, list[Organisation]]] = {
            code: {} for code in known if code not in inside
        }
        by_path = {path: code for code, path in inside.items()}
        organisations = Organisation.objects.filter(
            path__in=by_path, level=PUBLIC, closed_on__isnull=True
        ).select_related("kind")
        names = _names([o.pk for o in organisations])
        for organisation in organisations:
            words = {organisation.code, organisation.kind_id, organisation.kind.name}
            for word in words | names.get(organisation.pk, set()):
                shelf = found.setdefault(by_path[organisation.path], {})
                shelf.setdefault(word, []).append(organisation)
        return found

    def _body(
        self, row: StaffRow, bodies: dict[str, dict[str, list[Organisation]]]
    ) -> Organisation | Fault:
        shelf = bodies.get(row.place)
        if shelf is None:
            return Fault(row.line, "place", "unknown", row.place)
        if not shelf:
            return Fault(row.line, "place", "elsewhere", row.place)
        found = shelf.get(row.organisation, [])
        if len(found) != 1:
            code = "ambiguous" if found else "unknown"
            return Fault(row.line, "organisation", code, row.organisation)
        return found[0]

    def _leave_closed(self, fitting: list[tuple[StaffRow, Organisation]]) -> list[Fault]:
        """Wait for who closes a body or a post of it; take out the rows of what is closed by then."""
        wanted = sorted({organisation.pk for _row, organisation in fitting})
        for pk in [] if self.is_dry else wanted:
            hold("orgs.posts", pk)
        still = Organisation.objects.filter(pk__in=wanted, closed_on__isnull=True)
        is_open = set(still.values_list("pk", flat=True))
        closed = [row for row, organisation in fitting if organisation.pk not in is_open]
        fitting[:] = [(row, body) for row, body in fitting if body.pk in is_open]
        return [Fault(row.line, "organisation", "unknown", row.organisation) for row in closed]

    def _leave_apart(self, fitting: list[tuple[StaffRow, Organisation]]) -> list[Fault]:
        """Take out new posts of a kind that checks others, unless who takes the list gives rights."""
        wanted = {organisation.pk for _row, organisation in fitting}
        open_posts = Post.objects.filter(organisation_id__in=wanted, closed_on__isnull=True)
        there = set(open_posts.values_list("organisation_id", "title"))
        apart = {
            row.line
            for row, body in fitting
            if (body.pk, row.post) not in there and self._is_apart(row.kind.lower(), body.path)
        }
        left = [row for row, _body in fitting if row.line in apart]
        fitting[:] = [(row, body) for row, body in fitting if row.line not in apart]
        return [Fault(row.line, "kind", "rights", row.kind) for row in left]

    def _is_apart(self, kind: str, path: str) -> bool:
        key = (self.kinds.get(kind, OTHER), path)
        if key not in self.apart:
            shape = PostShape(path, key[0])
            gives = POST_SHAPED.call(None, shape, actor=self.actor, now=self.now)
            self.apart[key] = bool(gives) and not self.actor.may(permits.KINDS, at=path)
        return self.apart[key]

    def _posts(self, fitting: Sequence[tuple[StaffRow, Organisation]]) -> dict[Key, Post]:
        """Return the post of every row; those that are not there yet are made."""
        wanted = {organisation.pk for _row, organisation in fitting}
        there = Post.objects.filter(organisation_id__in=wanted, closed_on__isnull=True)
        posts = {(p.organisation_id, p.title): p for p in there.select_related("organisation")}
        made: dict[Key, Post] = {}
        for row, organisation in fitting:
            key = (organisation.pk, row.post)
            if key not in posts and key not in made:
                made[key] = new_post(organisation, self._details(row))
        Post.objects.bulk_create(made.values())
        return posts | made

    def _details(self, row: StaffRow) -> PostDetails:
        kind = self.kinds.get(row.kind.lower(), OTHER)
        return PostDetails(
            title=row.post, kind=kind, duties=row.duties, office_phone=row.phone,
            is_public=row.is_public, seats=None, rank=self.ranks.get(kind, 100),
        )  # fmt: skip

    def _holders(
        self, fitting: Sequence[tuple[StaffRow, Organisation]], posts: dict[Key, Post]
    ) -> list[Fault]:
        now_held = PostHolding.objects.filter(post_id__in=[p.pk for p in posts.values()]).filter(
            Q(until__isnull=True) | Q(until__gt=localdate(self.now))
        )
        held: dict[int, list[str]] = defaultdict(list)
        for post_id, name in now_held.values_list("post_id", "holder_name"):
            held[post_id].append(name)
        known = {(post_id, name) for post_id, names in held.items() for name in names}
        faults, new = [], []
        for row, organisation in fitting:
            post = posts[organisation.pk, row.post]
            if not row.name or row.since is None:
                continue
            if (post.pk, row.name) in known:
                self.known += 1
            elif post.seats is not None and len(held[post.pk]) >= post.seats:
                faults.append(Fault(row.line, "post", "taken", held[post.pk][0]))
            else:
                held[post.pk].append(row.name)
                known.add((post.pk, row.name))
                new.append(new_holding(post, _appointment(row)))
        self._keep(new)
        return faults

    def _keep(self, new: list[PostHolding]) -> None:
        PostHolding.objects.bulk_create(new)
        self.taken += len(new)
        if self.is_dry:
            return
        record_many(
            [
                Act("orgs.appointed", h, {"post": h.post_id}, About(place=h.path, level=PERSONAL))
                for h in new
            ],
            actor=self.actor,
            now=self.now,
        )
        for holding in new:
            publish(
                HoldingBegan(holding.pk, holding.post_id, holding.path, None, None, holding.since)
            )


def _kinds() -> dict[str, str]:
    """Return kinds of posts by code and by their names in both languages."""
    found: dict[str, str] = {}
    for kind in PostKind.objects.all():
        found |= {word.lower(): kind.code for word in (kind.code, kind.name, kind.name_en)}
    return found


def _names(organisation_ids: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    versions = OrganisationVersion.objects.filter(
        organisation_id__in=organisation_ids, until__isnull=True
    )
    rows: Any = versions.values_list("organisation_id", "name", "short_name", "name_en")
    for pk, *names in rows:
        found.setdefault(pk, set()).update(name for name in names if name)
    return found


def _appointment(row: StaffRow) -> Appointment:
    assert row.since is not None, "a holder has a first day"
    return Appointment(
        holder_name=row.name, since=row.since, came_by=row.came_by,
        expected_until=row.expected_until, is_full_time=row.is_full_time, document=row.document,
    )  # fmt: skip
