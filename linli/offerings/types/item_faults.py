"""What can be wrong with an item, in the words of the reader, and where it stands."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.wholes import whole_number

# what can be wrong with an item: `ItemFault.code` → its words
ITEM_FAULTS: dict[str, Any] = {
    "missing": _("Nothing here."),
    "too_long": _("This is too long: %(word)s"),
    "too_many": _("These are too many: %(word)s"),
    "no_text": _("Text is expected here."),
    "no_number": _("This is no number that can be: %(word)s"),
    "no_list": _("A list is expected here."),
    "no_key": _("A key has small letters, digits and hyphens: %(word)s"),
    "no_when": _("It is not said for which answer this holds."),
    "unknown": _("This word is not known: %(word)s"),
    "unknown_field": _("No such field: %(word)s"),
    "code_signs": _("The code has signs that no code has."),
    "code_length": _("A code has 12, 31 or 33 signs."),
    "code_body": _("The first 18 signs are no credit code: its check digit is wrong."),
    "code_level": _("The sign of the level (the 19th) is from 1 to 6."),
    "code_other_level": _(
        "The sign of the level (the 19th) names another level than the one where it is decided."
    ),
    "code_other_body": _(
        "The code begins with another body than the office that answers for the item: %(word)s"
    ),
    "code_twice": _("Another item that is offered here has this code: %(word)s"),
    "no_phone": _("This is no telephone number: %(word)s"),
    "code_region": _("The basic code begins with 00 (national) or 44 (Guangdong)."),
    "proof_no_basis": _(
        "A proof needs a law, a regulation or the list of retained proofs as its basis; without one it may not be issued (民发〔2020〕20号)."
    ),
    "no_basis": _("An administrative item names the law that it rests on."),
    "limit_no_source": _("Name where the limit of the law stands."),
    "promised_longer": _("More days are promised than the law allows. Promise at most as many."),
    "promised_unit": _(
        "The law counts in other days. Promise in the same ones: working days, or calendar days."
    ),
    "fee_no_basis": _("Name the basis on which the fee is taken."),
    "twice": _("This key stands here twice: %(word)s"),
    "no_choice": _("A question needs at least two answers: %(word)s"),
    "when_question": _("It hangs on a question that is not asked: %(word)s"),
    "when_answer": _("It hangs on an answer that nobody can give: %(word)s"),
    "material_shared": _(
        "A register has this already, so the applicant may not be asked for it (国务院令第716号第七条): %(word)s"
    ),
    "material_held": _(
        "A register usually has this. Let the office look it up, or write why the applicant must bring it: %(word)s"
    ),
    "sharing_no_source": _("Name the register in which the office looks this up: %(word)s"),
    "refused_nowhere": _("Say where people go instead."),
    "refused_no_rule": _("Name the rule by which this proof may not be issued (CE-01 to CE-20)."),
    "refused_asks": _("What is not issued asks for nothing and promises nothing."),
    "not_refused": _("Only a proof that may not be issued says where to go instead."),
    "no_promise": _("No number of days is promised."),
    "asked_for_nothing": _("Nothing hangs on this question: leave it out. %(word)s"),
    "many_questions": _("More than five questions: people give up."),
    "hukou_first": _("The first question is about hukou. Ask it once it matters."),
    "no_english": _("The English is missing; readers of English see the Chinese."),
    "basis_check": _("A basis is to be confirmed; readers see that."),
    "lost": _("This row repeats a key of a row before: %(word)s"),
}
# where a fault stands: the part before the first full stop → its words
ITEM_PLACES: dict[str, Any] = {
    "key": _("Key"), "kind": _("Kind of item"), "name": _("Name of the item"), "says": _("In one sentence"),
    "events": _("Life events"), "subject": _("For whom"), "level": _("Where it is decided"),
    "office": _("Deciding office"), "code": _("Item code"), "basis": _("Legal basis"), "statutory": _("Limit of the law"),
    "promised": _("Promised limit"), "fee": _("Fee"), "visits": _("Visits needed"), "channels": _("Ways"),
    "questions": _("Questions"), "conditions": _("Conditions"), "materials": _("Materials"),
    "result": _("What you get"), "synonyms": _("Other names"), "refused": _("Where to go instead"),
    "certainty": _("Certainty"), "form": _("Form"), "phone": _("Phone for questions"),
}  # fmt: skip


def fault_words(code: str, word: str = "") -> str:
    """Return what is wrong with an item in the words of the reader."""
    return str(ITEM_FAULTS[code]) % {"word": word} if code in ITEM_FAULTS else code


def place_words(where: str) -> str:
    """Return where a fault stands in the words of the reader: 材料 2."""
    name, _dot, rest = where.partition(".")
    number = rest.partition(".")[0]
    words = str(ITEM_PLACES.get(name, name))
    return words if whole_number(number) is None else f"{words} {number}"
