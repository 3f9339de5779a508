"""The words for what is wrong with an answer or with a form, for kinds, states and audiences."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.formkit.rules.typing_back import decimal_text
from linli.formkit.types import Audience, Fault, Field, Kind
from linli.kernel import dates
from linli.ui import formats
from linli.ui.forms import IdNumber, MoneyText, Phone
from linli.ui.plain_words import CHOOSE, REQUIRED

KIND_WORDS: dict[Kind, Any] = {
    Kind.TEXT: _("Short text"),
    Kind.LONG: _("Long text"),
    Kind.WHOLE: _("Whole number"),
    Kind.DECIMAL: _("Number with decimals"),
    Kind.MONEY: _("Amount of money"),
    Kind.DATE: _("Day"),
    Kind.TIME: _("Time of day"),
    Kind.YES_NO: _("Yes or no"),
    Kind.CHOICE: _("One of several answers"),
    Kind.SEVERAL: _("Several answers at once"),
    Kind.IDENTITY: _("Number of the identity card"),
    Kind.PHONE: _("Telephone number"),
    Kind.PLACE: _("Village or community"),
    Kind.POINT: _("Point on the map"),
    Kind.PHOTOS: _("Photos"),
    Kind.FILES: _("Files"),
    Kind.SIGNATURE: _("Signature"),
    Kind.TABLE: _("Table with rows"),
    Kind.COMPUTED: _("Computed by the form"),
    Kind.NOTE: _("Explanation, asks nothing"),
}
STATE_WORDS = {
    "draft": pgettext_lazy("version of a form", "Draft"),
    "published": pgettext_lazy("version of a form", "In use"),
    "retired": pgettext_lazy("version of a form", "Replaced"),
}
AUDIENCE_WORDS = {
    Audience.RESIDENTS.value: _("Residents fill it in"),
    Audience.STAFF.value: _("Staff fill it in"),
}
FAULT_WORDS: dict[str, Any] = {
    "required": REQUIRED,
    "not_given": CHOOSE,
    "too_long": _("At most %(most)s characters; this has %(count)s."),
    "not_whole": _("Write a whole number in digits, like 12."),
    "not_decimal": _("Write a number in digits, like 12.5."),
    "too_fine": _("At most %(decimals)s digits after the point."),
    "too_small": _("The least possible is %(least)s."),
    "too_large": _("The most possible is %(most)s."),
    "early": _("The date must not be before %(day)s."),
    "late": _("The date must not be after %(day)s."),
    "not_a_time": _("Write the time of day like 14:30."),
    "not_a_place": _("Choose a place from the list."),
    "not_a_point": _("Write longitude and latitude like 113.751 and 23.041, or leave both empty."),
    "sign": _("Sign here, send a photo of the signature, or choose to sign on paper."),
    "too_many_files": _("At most %(most)s files at once. Leave some out."),
    "too_few_rows": _("At least %(least)s rows are needed; %(count)s are filled in."),
    "too_many_rows": _("At most %(most)s rows; these are %(count)s. Take some out."),
    "double_row": _("This row is the same as row %(row)s. Take one of them out."),
    "money_empty": MoneyText.default_error_messages["unclear"],
    **{f"money_{code}": words for code, words in MoneyText.default_error_messages.items()},
    **{f"date_{code}": words for code, words in dates.MESSAGES.items()},
    **{f"identity_{code}": words for code, words in IdNumber.default_error_messages.items()},
    **{f"phone_{code}": words for code, words in Phone.default_error_messages.items()},
}
# what a validator of JSON Schema finds, told in plain words
SCHEMA_WORDS: dict[str, Any] = {
    "required": REQUIRED,
    "enum": CHOOSE,
    "unknown": _("The form has no such question."),
    "not_asked": _("This is not asked with the other answers."),
    "type": _("This is an answer of another kind."),
}


def told_fault(fault: Fault, one: Field | None = None) -> str:
    """Return what is wrong with an answer in the reader's words, bounds in the field's unit."""
    params = dict(fault.params)
    for name in ("least", "most"):
        if one is not None and fault.code in ("too_small", "too_large") and name in params:
            params[name] = amount_words(one, params[name])
    if "day" in params:
        params["day"] = formats.day(date.fromisoformat(params["day"]))
    return str(FAULT_WORDS.get(fault.code, REQUIRED)) % params


def amount_words(one: Field, size: int) -> str:
    """Return a kept number as people write it: ¥1,234.50, 12.5, 3."""
    kind = one.result if one.kind is Kind.COMPUTED else one.kind
    if kind is Kind.MONEY:
        return str(formats.money(size))
    if kind is Kind.DECIMAL:
        return decimal_text(size, one.decimals)
    return f"{size:,}" if abs(size) >= 10_000 else str(size)


def told_schema(keyword: str) -> str:
    """Return what a schema says against an answer."""
    return str(SCHEMA_WORDS.get(keyword, _("This does not fit what the form asks here.")))
