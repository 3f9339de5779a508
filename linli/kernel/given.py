"""What a schema refused of a call, in our words: its library knows English alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

_TEXT, _NUMBER = _("Give a text here."), _("Give a number here.")
_WHOLE, _YES_NO = _("Give a whole number here."), _("Give true or false here.")
_DAY = _("Give a day that exists, such as 2026-11-24.")
_MOMENT = _("Give a moment that exists, such as 2026-11-24T09:30:00+08:00.")
_LIST, _OBJECT = _("Give a list here."), _("Give an object with named fields here.")
_CHOICE = _("Give one of these: %(expected)s.")
OTHER = _("This value cannot be used here.")
WORDS: dict[str, Any] = {
    "missing": _("This is needed and was not given."),
    "extra_forbidden": _("Nothing of this name is taken here."),
    "json_invalid": _("This is no JSON that can be read."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": _("Give at least %(min_length)s characters."),
    "string_too_long": _("Give at most %(max_length)s characters."),
    "string_pattern_mismatch": _("This is not written as it must be here."),
    "too_short": _("Give at least %(min_length)s entries."),
    "too_long": _("Give at most %(max_length)s entries."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "greater_than": _("Give a number greater than %(gt)s."),
    "greater_than_equal": _("Give a number of at least %(ge)s."),
    "less_than": _("Give a number less than %(lt)s."),
    "less_than_equal": _("Give a number of at most %(le)s."),
    "literal_error": _CHOICE,
    "enum": _CHOICE,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "timezone_aware": _MOMENT,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
}


def words_of(fault: Mapping[str, Any]) -> str:
    """Say one fault of a schema; one that our own check raised keeps its words."""
    details = dict(fault.get("ctx") or {})
    if isinstance(own := details.get("error"), Exception) and str(own):
        return str(own)
    if "expected" in details:
        # quoted and joined in English by the library
        details["expected"] = str(details["expected"]).replace("'", "").replace(" or ", ", ")
    words = WORDS.get(str(fault.get("type")), OTHER)
    try:
        return str(words) % details if details else str(words)
    except (KeyError, TypeError, ValueError):
        return str(OTHER)
