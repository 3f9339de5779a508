"""Who applies, checked and tidied: what the register knows of her is not asked again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from linli.kernel.errors import Invalid
from linli.kernel.identity import NotAPhone, read_phone, tidy_id, told_of_id
from linli.offerings.types.applications import Applicant, Applying, Delivery


def checked_applicant(applying: Applying, *, is_window: bool) -> Applicant:
    """Who applies, tidy. What is known of a person of the register is not asked again."""
    one, faults = applying.applicant, dict[str, list[str]]()
    number = tidy_id(one.id_number) if one.id_number.strip() else ""
    if number and (fault := told_of_id(number)):
        faults["id_number"] = [fault]
    if not one.name.strip() and applying.person_id is None:
        faults["name"] = [_("Write the name as it stands on the identity card.")]
    try:
        phone = read_phone(one.phone) if one.phone.strip() else ""
    except NotAPhone as wrong:
        faults["phone"], phone = [str(wrong)], ""
    if not phone and not is_window and not applying.is_mine and "phone" not in faults:
        faults["phone"] = [_("Write a number at which you can be reached.")]
    if applying.delivery == Delivery.BY_MAIL and not one.address.strip():
        faults["address"] = [_("Write where the post brings it.")]
    if faults:
        raise Invalid(faults)
    return Applicant(
        one.name.strip(), number, phone, one.agent_name.strip(), one.agent_id.strip(),
        one.agent_phone.strip(), one.address.strip(),
    )  # fmt: skip
