"""What a printed code leads to, and what anybody may know of a paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from linli.documents.models import Document, ShortCode
from linli.documents.queries.electronic import judged_seal, seal_of_paper
from linli.documents.queries.words import title_of_template
from linli.documents.rules import papers as rules
from linli.documents.types import CODE_KINDS, Judged
from linli.kernel.errors import NotFound
from linli.kernel.permits import PERSONAL, PUBLIC


def address_of_code(code: str) -> str:
    """Return where a printed code leads, in the reader's language. Refuses with NotFound."""
    known = _known(code)
    kind = CODE_KINDS.get(known.kind) if known else None
    if known is None or kind is None:
        raise NotFound()
    return kind.address(known.target_id, known.code)


def printed_address(code: str) -> str:
    """Return the address that is printed for a code: it knows no language, and stays."""
    return f"{settings.LINLI_PUBLIC_URL}/q/{code.upper()}"


def target_of(kind: str, code: str) -> int:
    """Return the thing of a kind that a printed code leads to. Refuses with NotFound."""
    found = _known(code)
    if found is None or found.kind != kind:
        raise NotFound()
    return found.target_id


def _known(code: str) -> ShortCode | None:
    typed = code.upper()
    return ShortCode.objects.filter(code=typed).first() if rules.is_code(typed) else None


def codes_of(kind: str, target_ids: Iterable[int]) -> dict[int, str]:
    """Return the printed codes of things of one kind that have one; one query."""
    found = ShortCode.objects.filter(kind=kind, target_id__in=list(target_ids))
    return dict(found.values_list("target_id", "code"))


@dataclass(frozen=True, slots=True)
class CheckedSeal:
    """What anybody may know of the electronic seal that a paper bears; never a picture of it."""

    seal: str
    certificate: str
    sealed_at: datetime
    sha256: str
    judged: Judged


@dataclass(frozen=True, slots=True)
class Check:
    """What anybody may know of a paper: nothing about whom it concerns."""

    number: str
    code: str
    what: Any
    office: str
    issued_at: datetime
    is_valid: bool
    withdrawn_at: datetime | None
    withdrawn_reason: str
    sha256: str
    is_demo: bool
    log_index: int | None
    # where the thing itself is read by everybody, if it is such a thing
    about_url: str = ""
    electronic: CheckedSeal | None = None


def check_document(code: str) -> Check:
    """Return what the check page tells of a code. Refuses with NotFound.

    The title stays away from level 4 on, where it may name a person; the reason with it.
    """
    document = (
        Document.objects.filter(code=code.upper()).first() if rules.is_code(code.upper()) else None
    )
    if document is None:
        raise NotFound()
    is_personal = document.level >= PERSONAL
    about_url = _address_of_thing(document)
    # of what has a page of its own and was withdrawn the title may have had to go
    is_untitled = is_personal or bool(about_url and document.state != "issued")
    return Check(
        number=document.number,
        code=document.code,
        what=title_of_template(document.template) if is_untitled else document.title,
        office=document.office,
        issued_at=document.issued_at,
        is_valid=document.state == "issued",
        withdrawn_at=document.withdrawn_at,
        withdrawn_reason="" if is_personal else document.withdrawn_reason,
        sha256=document.sha256,
        is_demo=document.is_demo,
        log_index=document.log_index,
        about_url=about_url,
        electronic=_seal_on(document),
    )


def _seal_on(document: Document) -> CheckedSeal | None:
    seal = seal_of_paper(document)
    if seal is None or seal.sealed_at is None:
        return None
    return CheckedSeal(
        seal.seal, seal.certificate, seal.sealed_at, seal.sealed_sha256, judged_seal(seal)
    )


def _address_of_thing(document: Document) -> str:
    kind = CODE_KINDS.get(document.about_kind) if document.level <= PUBLIC else None
    if kind is None or document.about_id is None:
        return ""
    return kind.address(document.about_id, document.code)
