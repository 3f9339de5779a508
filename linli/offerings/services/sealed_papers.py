"""The applicant hears that a paper of hers bears its electronic seal."""

from __future__ import annotations

from datetime import datetime

from linli.cases.services.telling import tell_own
from linli.kernel.permits import Actor, open_to_all
from linli.offerings.queries.applications import application_of
from linli.offerings.queries.sealed_papers import sealed_of

SEALED = "offerings.paper_sealed"


@open_to_all("run by its job alone")
def tell_sealed(case_id: int, document_id: int, *, actor: Actor, now: datetime) -> bool:
    """Tell whoever applied; say if she was told. A paper that was withdrawn meanwhile is not told."""
    for one in sealed_of(case_id):
        if one.document_id == document_id:
            told = {"paper": one.document.number, "number": application_of(case_id).case.number}
            return tell_own(case_id, SEALED, told, actor=actor, now=now)
    return False
