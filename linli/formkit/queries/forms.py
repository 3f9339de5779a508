"""Forms and their versions, as far as somebody may see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Q, QuerySet

from linli.formkit import permits
from linli.formkit.models import Form, FormRevision, FormTest, FormVersion
from linli.formkit.rules.parsing import read_spec
from linli.formkit.states import VersionState
from linli.formkit.types import ASKED_AT, SOURCES, Audience, Spec
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import Actor

NEWEST = Keyset("newest", ("-changed_at", "-id"))
BY_FORM = Keyset("form", ("form_id", "id"))
MOST_REVISIONS = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What the list of forms shows: words, state of a version, who fills it in."""

    words: str = ""
    state: str = ""
    audience: str = ""


def visible_forms(actor: Actor) -> QuerySet[Form]:
    """Return the forms of places at which the actor designs."""
    if actor.is_system:
        return Form.objects.all()
    where = Q(pk__in=[])
    for path in actor.paths(permits.DESIGN):
        where |= Q(place__gte=path, place__lt=path + "~")
    return Form.objects.filter(where)


def get_form(actor: Actor, key: str) -> Form:
    """Return a form that the actor designs. Refuses with NotFound."""
    found = visible_forms(actor).filter(key=key).first()
    if found is None:
        raise NotFound()
    return found


def list_forms(
    actor: Actor, shown: Filter, *, cursor: str | None = None, limit: int = 25
) -> Page[Form]:
    """Return a page of the forms that the actor designs, the last changed first."""
    found = visible_forms(actor)
    if shown.words:
        words = Q(key__icontains=shown.words) | Q(title__icontains=shown.words)
        found = found.filter(words | Q(title_en__icontains=shown.words))
    if shown.state in set(VersionState):
        found = found.filter(versions__state=shown.state).distinct()
    if shown.audience in set(Audience):
        found = found.filter(audience=shown.audience)
    return page_of(found, NEWEST, cursor=cursor, limit=limit)


def versions_of(forms: list[Form]) -> dict[int, list[FormVersion]]:
    """Return the versions of many forms with one statement, newest first, without their specs."""
    found: dict[int, list[FormVersion]] = {form.pk: [] for form in forms}
    rows = (
        FormVersion.objects.filter(form_id__in=found).defer("spec").order_by("form_id", "-number")
    )
    for version in rows:
        found[version.form_id].append(version)
    return found


def published_forms(actor: Actor) -> QuerySet[FormVersion]:
    """Return the versions in use that the actor may read: those of staff are for staff."""
    found = FormVersion.objects.filter(state=VersionState.PUBLISHED).select_related("form")
    return (
        found
        if actor.is_staff or actor.is_system
        else found.filter(form__audience=Audience.RESIDENTS)
    )


def get_published(actor: Actor, key: str) -> FormVersion:
    """Return the version of a form that is in use. Refuses with NotFound."""
    found = published_forms(actor).filter(form__key=key).first()
    if found is None:
        raise NotFound()
    return found


def asked_at(key: str) -> str:
    """Return the page on which residents fill in a published form, or nothing where no app asks it."""
    return next((to for one in ASKED_AT if (to := one.address(key))), "")


def get_version(actor: Actor, key: str, number: int) -> FormVersion:
    """Return one version: any that was published for whoever may read it, drafts for designers."""
    found = FormVersion.objects.filter(form__key=key, number=number).select_related("form").first()
    if found is None:
        raise NotFound()
    if actor.may(permits.DESIGN, at=found.form.place):
        return found
    is_open = found.form.audience == Audience.RESIDENTS or actor.is_staff
    if found.state == VersionState.DRAFT or not is_open:
        raise NotFound()
    return found


def version_to_try(actor: Actor, key: str, number: int | None = None) -> FormVersion:
    """Return one version of a form that the actor designs: that of a number, else the draft, else the one
    in use. Refuses with NotFound."""
    form = get_form(actor, key)
    if number is not None:
        return get_version(actor, key, number)
    found = draft_of(form) or form.versions.filter(state="published").first()
    if found is None:
        found = form.versions.order_by("-number").first()
    assert found is not None, "a form begins with a version"
    return found


def draft_of(form: Form) -> FormVersion | None:
    """Return the version that is being worked on, if any."""
    return form.versions.filter(state=VersionState.DRAFT).first()


def get_draft_version(actor: Actor, key: str) -> FormVersion:
    """Return the version of a form that is being worked on. Refuses with NotFound."""
    found = draft_of(get_form(actor, key))
    if found is None:
        raise NotFound()
    return found


def revisions_of(version: FormVersion) -> list[FormRevision]:
    """Return the last saves of a draft, newest first, without their specs."""
    return list(version.revisions.defer("spec").order_by("-edition")[:MOST_REVISIONS])


def tests_of(form: Form) -> list[FormTest]:
    """Return the saved test cases of a form."""
    return list(form.tests.order_by("name"))


def spec_of(version: FormVersion) -> Spec:
    """Return the form of a version as values; what is in force is read once."""
    if version.checksum:
        return _published(version.checksum, _Held(version))
    return read_spec(version.spec)


class _Held:
    """Carries a version past the cache without being part of its key."""

    def __init__(self, version: FormVersion) -> None:
        self.version = version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=256)
def _published(checksum: str, held: _Held) -> Spec:
    """The checksum is of the whole spec: the same sum is the same form."""
    return read_spec(held.version.spec)


def sources() -> frozenset[str]:
    """Return the facts that some app fills in beforehand."""
    return frozenset(source.key for source in SOURCES)


def designs_anywhere(actor: Actor) -> bool:
    """Say whether the actor designs forms at all."""
    return actor.holds(permits.DESIGN)
