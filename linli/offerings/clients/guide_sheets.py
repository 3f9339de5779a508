"""The printed page of an item, made once for each wording, case and place."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.documents.services import draw_sheet
from linli.documents.types import Sheet
from linli.kernel.permits import NOBODY
from linli.offerings.queries.guides import Guide
from linli.ui.formats import clauses

SOURCE = "offerings/print/guide.typ"
REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Around:
    """What a printed page shows besides the guide: the live page, where one goes, of which day it is."""

    address: str
    where: tuple[str, ...]
    on: date
    is_invented: bool = False


def sheet_of(guide: Guide, around: Around) -> bytes:
    """Return the PDF of a guide in the reader's language."""
    return _drawn(guide, around, get_language() or "")


@lru_cache(maxsize=REMEMBERED)
def _drawn(guide: Guide, around: Around, language: str) -> bytes:
    sheet = Sheet(guide.name, guide.office, around.address, around.on, _words(), around.is_invented)
    return draw_sheet(SOURCE, _data(guide, around), sheet, actor=NOBODY)


def _data(guide: Guide, around: Around) -> dict[str, object]:
    answers = [(one.ask, dict(one.options)[one.chosen]) for one in guide.questions if one.chosen]
    return {
        "says": guide.says, "is_refused": guide.is_refused, "instead": guide.instead,
        "answers": answers, "bring": [asdict(one) for one in guide.bring],
        "looked_up": [asdict(one) for one in guide.looked_up],
        "conditions": [asdict(one) for one in guide.conditions],
        "facts": [] if guide.is_refused else _facts(guide), "where": list(around.where),
        "basis": [one.words + ("" if one.is_sure else _(" (to be confirmed)")) for one in guide.basis],
    }  # fmt: skip


def _facts(guide: Guide) -> list[tuple[str, str]]:
    rows = [
        (_("Ready within"), guide.promised or guide.statutory), (_("Cost"), guide.fee),
        (_("Times you come in"), guide.visits), (_("Ways"), clauses(guide.channels)),
        (_("What you get"), guide.result), (_("Deciding office"), guide.office),
        (_("Phone for questions"), guide.phone), (_("Item code"), guide.code),
    ]  # fmt: skip
    return [(label, value) for label, value in rows if value]


def _words() -> dict[str, str]:
    return {
        "as_of": _("As of"), "only": _("Only for:"), "source": _("From:"), "not_here": _("This is not issued here"),
        "why_not": _("Village and community committees may not issue this proof (民发〔2020〕20号). Nobody may ask you for one."),
        "instead": _("Where to go instead"), "case": _("Your case"), "bring": _("What to bring"),
        "nothing": _("Nothing has to be brought."), "looked_up": _("What the office looks up itself, not to be brought"),
        "conditions": _("Conditions"), "how": _("How it goes"), "where": _("Where"), "basis": _("Legal basis"),
        "scan_page": _("Scan the code for this page with the questions for your case."),
    }  # fmt: skip
