"""Papers of an application that bear an electronic seal, as the applicant gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linli.documents.queries import sealed_papers_of
from linli.kernel.errors import NotFound

if TYPE_CHECKING:
    from linli.documents.models import ElectronicSeal

OF_CASE, OURS = "cases.case", "offerings."


def sealed_of(case_id: int) -> list[ElectronicSeal]:
    """Return the seals on valid papers that were written to the applicant, the first one first."""
    found = sealed_papers_of(OF_CASE, case_id)
    return [one for one in found if one.document.template.startswith(OURS)]


def sealed_paper(case_id: int, code: str) -> ElectronicSeal:
    """Return the seal on one paper, with its file. Refuses with NotFound, also once the file is gone."""
    for one in sealed_of(case_id):
        if one.document.code == code and one.file is not None and one.file.state == "kept":
            return one
    raise NotFound()
