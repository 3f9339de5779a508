"""Files of one form that is sent more than once: what came in stays, whatever else was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linli.files import queries
from linli.files.services.intake import take_drafts
from linli.files.types import DRAFT, Owner, Upload
from linli.kernel.permits import Actor, open_to_all
from linli.kernel.wholes import whole_number

if TYPE_CHECKING:
    from linli.files.models import StoredFile


@dataclass(frozen=True, slots=True)
class Named:
    """What a form says of its files: codes of those that are here, parted by commas, and which of
    them, counted from one, is taken back."""

    codes: str = ""
    drop: str = ""


@dataclass(frozen=True, slots=True)
class FormDrafts:
    """The files of a form that are here, and in words why others were not taken.

    `is_fresh` if some came in now: an answer that refuses the form would throw them away.
    """

    files: tuple[StoredFile, ...] = ()
    refused: tuple[str, ...] = ()
    is_fresh: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(file.code for file in self.files)


@open_to_all("drafts are for the sender alone, who has to be signed in")
def keep_form_drafts(
    named: Named, uploads: Sequence[Upload], *, actor: Actor, now: datetime
) -> FormDrafts:
    """Take in what was chosen, leave out what was taken back. Refuses as `take_drafts`."""
    here = _own(named.codes, actor)
    drop = whole_number(named.drop, least=1, most=len(here) or 1)
    if drop and here:
        del here[drop - 1]
    fresh, refused = take_drafts(uploads, actor=actor, now=now) if uploads else ([], [])
    words = tuple(str(refusal) for _name, refusal in refused)
    return FormDrafts((*here, *fresh), words, is_fresh=bool(fresh))


def _own(named: str, actor: Actor) -> list[StoredFile]:
    """Return the drafts of the actor that a form still names, in its order."""
    codes = [code for code in named.split(",") if code]
    if not codes or actor.account_id is None:
        return []
    found = queries.files_by_codes(Owner(DRAFT, actor.account_id), codes)
    own = {file.code: file for file in found}
    return [own[code] for code in dict.fromkeys(codes) if code in own]
