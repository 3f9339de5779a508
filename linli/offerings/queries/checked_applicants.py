"""Who applies and who helps her, checked and tidied: what the register knows is not asked again."""

from __future__ import annotations

from collections import defaultdict

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.identity import NotAPhone, read_phone, tidy_id, told_of_id
from linli.offerings.types.applications import Applicant, Applying, Delivery
from linli.offerings.types.helping import Relation

Faults = defaultdict[str, list[str]]


def checked_applicant(
    applying: Applying, *, is_window: bool, needs_helper: bool = False
) -> Applicant:
    """Return who applies and who helps her, tidy. Refuses with Invalid, each fault at its field.

    `needs_helper`: it was answered that it is for somebody else, so whoever sends it says who she is.
    """
    one, faults = applying.applicant, Faults(list)
    number = _number(one.id_number, "id_number", faults)
    if not one.name.strip() and applying.person_id is None:
        faults["name"].append(_("Write the name as it stands on the identity card."))
    phone = _phone(one.phone, "phone", faults)
    is_helped = needs_helper or bool(one.agent_name.strip())
    if not is_helped and not phone and not is_window and not applying.is_mine:
        faults["phone"] = faults["phone"] or [_("Write a number at which you can be reached.")]
    if applying.delivery == Delivery.BY_MAIL and not one.address.strip():
        faults["address"].append(_("Write where the post brings it."))
    agent = _agent(applying, faults, is_window=is_window) if is_helped else ("", "", "")
    if found := {name: told for name, told in faults.items() if told}:
        raise Invalid(found)
    return Applicant(one.name.strip(), number, phone, *agent, one.address.strip())


def _agent(applying: Applying, faults: Faults, *, is_window: bool) -> tuple[str, str, str]:
    """Return name, number and telephone of who helps, with what is wrong with them."""
    one, relation = applying.applicant, applying.agent_relation
    if not one.agent_name.strip():
        faults["agent_name"].append(_("Write who helps: it is for somebody else."))
    if relation not in ("", *Relation) or not (relation or is_window):
        faults["agent_relation"].append(_("Say how the helper is related to the applicant."))
    number = _number(one.agent_id, "agent_id", faults)
    phone = _phone(one.agent_phone, "agent_phone", faults)
    if not phone and not is_window and not applying.is_mine:
        told = [_("Write a number at which the helper can be reached.")]
        faults["agent_phone"] = faults["agent_phone"] or told
    return one.agent_name.strip(), number, phone


def _number(text: str, field: str, faults: Faults) -> str:
    number = tidy_id(text) if text.strip() else ""
    if number and (fault := told_of_id(number)):
        faults[field].append(fault)
    return number


def _phone(text: str, field: str, faults: Faults) -> str:
    try:
        return read_phone(text) if text.strip() else ""
    except NotAPhone as wrong:
        faults[field].append(str(wrong))
        return ""
