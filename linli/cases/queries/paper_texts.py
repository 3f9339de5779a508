"""What the papers of cases say, from the steps of the case and the words that are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.papers import StepSaid, due_day, last_of
from linli.cases.queries.receivers import receivers
from linli.cases.rules.clocks import local_day
from linli.kernel.registries import PLACE_NAMES
from linli.ui import formats

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Matter:
    """A case with its steps, for those who write its papers."""

    case: Case
    steps: list[StepSaid]
    today: date

    def last(self, *moves: str) -> StepSaid | None:
        return last_of(self.steps, *moves)

    @property
    def first(self) -> StepSaid:
        return self.steps[0]


def day_words(day: date | None) -> str:
    """Return a day as papers write it; a line to fill in where there is none."""
    return formats.day_plain(day) if day else "____________"


def letter(matter: Matter, move: Sequence[str], opening: str, closing: str) -> Data:
    """A letter: what was asked, what was decided in the office's own words, what follows."""
    step = matter.last(*move)
    basis = str(step.public.get("basis", "")) if step else ""
    rule = [_("Basis: %(basis)s.") % {"basis": basis}] if basis else []
    said = step.text.splitlines() if step else []
    return {"addressee": None, "text": [opening, *said, *rule, closing], "copies": None}


def _received(matter: Matter) -> str:
    told = {
        "day": day_words(local_day(matter.first.at)),
        "number": matter.case.number,
    }
    return _("Your petition of %(day)s (number %(number)s) was received.") % told


def accepted(matter: Matter) -> Data:
    """受理告知书: by when the answer comes (AP-02, AP-04)."""
    told = {"day": day_words(due_day(matter.case, "handle"))}
    closing = _("It is accepted. You get an answer in writing by %(day)s.") % told
    return letter(matter, ["accept"], _received(matter), closing)


def not_accepted(matter: Matter) -> Data:
    """不予受理告知书."""
    closing = _("It is therefore not accepted by this office.")
    return letter(matter, ["not_accept"], _received(matter), closing)


def no_more(matter: Matter) -> Data:
    """不再受理告知书: after the last stage, same facts and reasons (AP-05)."""
    closing = _("The same facts and reasons were decided finally; it is no longer accepted.")
    return letter(matter, ["no_more"], _received(matter), closing)


def transfer(matter: Matter) -> Data:
    """转送函: to the competent office, which can object within its term (AP-03)."""
    step = matter.last("transfer")
    parts = step.facts.get("parts", ()) if step else ()
    post_id = parts[-1]["post"] if parts else 0
    found = receivers([post_id], matter.today).get(post_id)
    told = {"number": matter.case.number, "day": day_words(due_day(matter.case, "object"))}
    text = [
        _("We pass on petition %(number)s, which belongs to your duties.") % told,
        *matter.first.text.splitlines(),
        _("If you are not competent, object with reasons by %(day)s.") % told,
    ]
    return {"addressee": found.name if found else None, "text": text, "copies": None}


def reply(matter: Matter) -> Data:
    """处理意见书: the answer, and by when a review can be asked for (AP-05)."""
    day = due_day(matter.case, "review_request") or due_day(matter.case, "settle")
    closing = _("If you disagree, you may ask the office above for a review by %(day)s.")
    return letter(matter, ["reply", "finish"], _received(matter), closing % {"day": day_words(day)})


def review(matter: Matter) -> Data:
    """复查、复核意见书."""
    told = {"number": matter.case.number, "day": day_words(due_day(matter.case, "recheck_request"))}
    opening = _("Your request for a review (number %(number)s) was looked at.") % told
    closing = _("This decision is final: the same facts and reasons are not taken up again.")
    if matter.case.kind == "petition_review" and matter.case.state == "upheld":
        closing = _("If you disagree, you may ask for a re-examination by %(day)s.") % told
    if matter.case.state == "changed":
        closing = _("The office handles your petition again and answers you in writing.")
    return letter(matter, ["uphold", "change", "not_accept"], opening, closing)


def property_letter(matter: Matter) -> Data:
    """A letter to the property company: what an owner complains of, and by when to answer."""
    told = {"number": matter.case.number, "day": day_words(due_day(matter.case, "company"))}
    text = [
        _("We pass on the complaint of an owner, number %(number)s.") % told,
        *matter.first.text.splitlines(),
        _("Please deal with it and answer by %(day)s.") % told,
        _("After that day the committee coordinates, as the law and the city's plan ask."),
    ]
    company = str(matter.first.public.get("company", "")) or None
    return {"addressee": company, "text": text, "copies": None}


def _common(matter: Matter) -> list[tuple[str, str]]:
    case = matter.case
    kind = kind_of(case.kind, case.version)
    place = PLACE_NAMES.call([case.path]).get(case.path, "")
    return [
        (_("Number"), case.number),
        (_("Kind"), str(kind.title)),
        (_("Place"), place),
        (_("Received on"), day_words(local_day(matter.first.at))),
    ]


def petition_sheet(matter: Matter) -> Data:
    """信访登记表 and 来访登记表."""
    facts = [
        *_common(matter),
        (_("How many came"), str(matter.first.facts.get("visitors", 1))),
        (_("Name, telephone"), ""),
    ]
    return {
        "facts": facts,
        "blocks": [(_("What the petition asks for"), matter.first.text)],
        "rooms": [_("What the office proposes"), _("What the head decides")],
        "note": None,
        "signs": [_("Registered by"), _("Petitioner")],
    }


def directive_sheet(matter: Matter) -> Data:
    """交办单."""
    said = matter.first.public
    facts = [
        *_common(matter),
        (_("By which day"), day_words(due_day(matter.case, "finish"))),
        (_("Number of the paper"), str(said.get("paper_number", ""))),
        (_("Legal basis"), str(said.get("basis", ""))),
        (_("Who bears the cost"), str(said.get("cost", ""))),
    ]
    return {
        "facts": facts,
        "blocks": [(str(said.get("title", "")), matter.first.text)],
        "rooms": [_("What was done about it")],
        "note": None,
        "signs": [_("Handed down by"), _("Signed for by"), _("Struck off by")],
    }


def incoming_sheet(matter: Matter) -> Data:
    """来文处理笺."""
    said = matter.first.internal
    dated = str(said.get("dated_on", ""))
    facts = [
        *_common(matter),
        (_("From which office"), str(said.get("sender", ""))),
        (_("Number of the paper"), str(said.get("paper_number", ""))),
        (_("Date of the paper"), day_words(date.fromisoformat(dated)) if dated else ""),
        (_("By which day"), day_words(due_day(matter.case, "handle"))),
    ]
    shown = matter.last("circulate")
    readers = str(shown.internal.get("readers", "")) if shown else ""
    blocks = [(str(said.get("title", "")), str(said.get("text", "")))]
    return {
        "facts": facts,
        "blocks": [*blocks, *([(_("Shown to"), readers)] if readers else [])],
        "rooms": [
            _("What the office proposes"),
            _("What the head decides"),
            _("What was done about it"),
        ],
        "note": None,
        "signs": [_("Registered by")],
    }
