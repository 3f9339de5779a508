"""The register of papers and the seal book, as far as an actor may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from linli.documents import permits
from linli.documents.models import Document, SealUse
from linli.documents.rules import papers as rules
from linli.kernel.days import within
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset, Page, page_of
from linli.kernel.permits import PERSONAL, Actor, Permit
from linli.kernel.registries import FILE_VISIBILITY, FORMER_PATHS

M = TypeVar("M", bound=Model)
OWNER = "documents.document"
NEWEST = Keyset("newest", ("-id",))


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list shows: state, kind, words, days."""

    state: str = ""
    kind: str = ""
    words: str = ""
    since: date | None = None
    until: date | None = None


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Return papers at places whose register the actor may read, and those the actor issued."""
    return Document.objects.filter(_seen(actor, permits.READ)).filter(~_kept_from(actor))


def visible_seal_uses(actor: Actor) -> QuerySet[SealUse]:
    """Return seal uses at places where the actor approves, keeps or reads, and the actor's own."""
    may = (permits.READ, permits.APPROVE_SEAL, permits.KEEP_SEAL)
    paths = sorted({path for permit in may for path in actor.paths(permit, level=1)})
    held = [*paths, *FORMER_PATHS.call(paths)] if paths else []
    found = SealUse.objects.filter(_seen(actor, permits.READ, held)).select_related("document")
    return found.filter(_may_know(actor))


def _kept_from(actor: Actor) -> Q:
    """A paper about a thing that somebody may know nothing of, such as a case about her own post."""
    kept = Q(pk__in=[])
    for owner in FILE_VISIBILITY:
        if owner.kept_from is not None and not actor.is_system:
            things = owner.kept_from(actor).filter(pk=OuterRef("about_id"))
            kept |= Q(about_kind=owner.key) & Q(Exists(things))
    return kept


def _may_know(actor: Actor) -> Q:
    """Seal uses but for those of such papers."""
    kept = Document.objects.filter(_kept_from(actor), pk=OuterRef("document_id"))
    return ~Q(Exists(kept))


def _seen(actor: Actor, permit: Permit, held: list[str] | None = None) -> Q:
    """One equality for each grant, so that each list index begins with it.

    Papers of a place that ended stay with it; whoever looks after what followed it reads them.
    """
    if actor.is_system:
        return Q()
    own = own_id(actor)
    seen = Q(account_id=own) if own else Q(pk__in=[])
    for path in _held(actor, permit) if held is None else held:
        _city, town, village = rules.place_parts(path)
        if village and path.count("/") > 3:
            seen |= Q(village_code=village, place__startswith=path)
        elif village:
            seen |= Q(village_code=village)
        elif town:
            seen |= Q(town_code=town)
        else:
            seen |= Q(place__gte=path, place__lt=path + "~")
    return seen


def own_id(actor: Actor) -> int | None:
    """Return whose papers are one's own; what the keeper of a key issued is not the key's."""
    return None if actor.is_machine else actor.account_id


def _held(actor: Actor, permit: Permit, *, level: int = 1) -> list[str]:
    """Return where the actor holds a permit, with the ended places that those places follow."""
    paths = list(actor.paths(permit, level=level))
    return [*paths, *FORMER_PATHS.call(paths)] if paths else []


def get_document(actor: Actor, code: str) -> Document:
    """Return one paper. Refuses with NotFound, also if its level is above the actor's."""
    known = Document.objects.filter(~_kept_from(actor), code=code)
    document = known.select_related("file").first()
    if document is None or not _reaches(actor, document):
        raise NotFound()
    return document


def may_see(actor: Actor, document: Document) -> bool:
    """Say whether a paper is the actor's to see: by register, own issue, or the thing it belongs to."""
    known = Document.objects.filter(~_kept_from(actor), pk=document.pk)
    return known.exists() and _reaches(actor, document)


def _reaches(actor: Actor, document: Document) -> bool:
    own = own_id(actor)
    if own is not None and document.account_id == own:
        return True
    if actor.may(permits.READ, at=document.place, level=document.level):
        return True
    held = _held(actor, permits.READ, level=document.level)
    if any(document.place.startswith(path) for path in held):
        return True
    owner = FILE_VISIBILITY.get(document.about_kind)
    return (
        owner is not None
        and document.about_id is not None
        and owner.may_see(actor, document.about_id)
    )


def papers_about(actor: Actor, kind: str, thing_id: int) -> list[Document]:
    """Return the papers that belong to a thing and that the actor may see, newest first."""
    found = Document.objects.filter(~_kept_from(actor), about_kind=kind, about_id=thing_id)
    papers = found.order_by("-issued_at", "-pk")
    return [document for document in papers if _reaches(actor, document)]


def may_see_file(actor: Actor, document_id: int) -> bool:
    """Say the same for the PDF, by the id of its paper."""
    document = Document.objects.filter(pk=document_id).first()
    return document is not None and may_see(actor, document)


def list_documents(
    actor: Actor, shown: Filter, *, cursor: str | None = None, limit: int = 50
) -> Page[Document]:
    """Return a page of the register, newest first; what lies above the actor's level is left out."""
    return page_of(filtered_documents(actor, shown), NEWEST, cursor=cursor, limit=limit)


def filtered_documents(actor: Actor, shown: Filter) -> QuerySet[Document]:
    """Return the papers of the register that a filter shows."""
    held = _held(actor, permits.READ)
    seen = Document.objects.filter(_seen(actor, permits.READ, held)).filter(~_kept_from(actor))
    found = seen.filter(within("issued_at", shown.since, shown.until))
    if not actor.is_system:
        same = actor.paths(permits.READ, level=PERSONAL) == actor.paths(permits.READ)
        personal = held if same else _held(actor, permits.READ, level=PERSONAL)
        open_ones = Q(level__lt=PERSONAL) | Q(account_id=own_id(actor) or -1)
        for path in personal:
            open_ones |= Q(place__gte=path, place__lt=path + "~", level=PERSONAL)
        found = found.filter(open_ones)
    if shown.state:
        found = found.filter(state=shown.state)
    if shown.kind:
        found = found.filter(template=shown.kind)
    if shown.words:
        found = found.filter(Q(number__iexact=shown.words) | Q(title__icontains=shown.words))
    return found


def valid_papers_of(kind: str, thing_id: int) -> QuerySet[Document]:
    """Return the papers of a thing that are valid; for the app whose thing it is."""
    return Document.objects.filter(about_kind=kind, about_id=thing_id, state="issued").order_by(
        "id"
    )


def get_seal_use(actor: Actor, use_id: int) -> SealUse:
    """Return one seal use. Refuses with NotFound."""
    use = visible_seal_uses(actor).filter(pk=use_id).first()
    if use is None:
        raise NotFound()
    return use


def list_seal_uses(
    actor: Actor, shown: Filter, *, cursor: str | None = None, limit: int = 50
) -> Page[SealUse]:
    """Return a page of the seal book, newest first."""
    return page_of(filtered_seal_uses(actor, shown), NEWEST, cursor=cursor, limit=limit)


def filtered_seal_uses(actor: Actor, shown: Filter) -> QuerySet[SealUse]:
    """Return the seal uses that a filter shows."""
    found = visible_seal_uses(actor).filter(within("requested_at", shown.since, shown.until))
    if shown.state == "open":
        found = found.filter(state__in=["requested", "approved"])
    elif shown.state:
        found = found.filter(state=shown.state)
    if shown.kind:
        found = found.filter(seal=shown.kind)
    if shown.words:
        found = found.filter(Q(number__iexact=shown.words) | Q(matter__icontains=shown.words))
    return found


def seal_uses_to_decide(actor: Actor, limit: int) -> list[SealUse]:
    """Return applications at the actor's own places that wait for the decision, oldest first.

    A post above may decide as well, but it is not asked to: it finds them in the list.
    """
    return _waiting(actor, permits.APPROVE_SEAL, "requested", limit)


def seal_uses_to_stamp(actor: Actor, limit: int) -> list[SealUse]:
    """Return approved applications at the actor's own places that wait for the stamp, oldest first."""
    return _waiting(actor, permits.KEEP_SEAL, "approved", limit)


def _waiting(actor: Actor, permit: Permit, state: str, limit: int) -> list[SealUse]:
    where = Q(pk__in=[])
    for path in actor.own_paths(permit):
        # below a village stand its groups and buildings, which have no seals and posts of their own
        is_village = bool(rules.place_parts(path)[2])
        where |= Q(place__gte=path, place__lt=path + "~") if is_village else Q(place=path)
    found = SealUse.objects.filter(where, _may_know(actor), state=state)
    if permit is permits.APPROVE_SEAL:
        found = found.exclude(account_id=actor.account_id)
    return list(found.order_by("id")[:limit])
