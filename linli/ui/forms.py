"""Forms that draw themselves with our parts, and fields that take what people here type."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from linli.kernel import dates
from linli.kernel.errors import Invalid
from linli.kernel.identity import (
    ID_FAULTS,
    PHONE_FAULTS,
    NotAPhone,
    fault_of_id,
    read_phone,
    tidy_id,
)
from linli.kernel.money import Money, NotMoney
from linli.kernel.money import parse as parse_money
from linli.ui import formats, plain_words


class Form(forms.Form):
    """A form whose `faults` feed the summary on top; fields are drawn by ui/parts.html.

    Who fills it in and what it asks is said as kernel/form_checks.py wants it.
    """

    is_base = True
    demands: tuple[str, ...] = ()
    # what stands beside a question that is needed only after some answers, in place of "(optional)"
    needed_when: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        _with_our_words(type(self))
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        """Judge what was typed; fields that this form made for itself speak our words, too."""
        for field in self.fields.values() if self.is_bound else ():
            plain_words.use(field)
        super().full_clean()

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Every error with the id of its field, in the order of the page; what is missing by its question."""
        found = [("", str(message)) for message in self.non_field_errors()]
        for bound in self:
            found += [(bound.auto_id or "", _told(bound, str(message))) for message in bound.errors]
        return found

    def take(self, fields: dict[str, list[str]]) -> None:
        """Put the messages of a kernel Invalid on their fields; the rest go on top."""
        for name, messages in fields.items():
            self.add_error(name if name in self.fields else None, [str(m) for m in messages])

    def as_typed(self) -> None:
        """Show again what was typed, without judging it yet."""
        typed = {
            name: self[name].data for name in self.fields if self.add_prefix(name) in self.data
        }
        self.initial, self.is_bound = {**self.initial, **typed}, False

    def accepted(self) -> dict[str, Any]:
        """Return what was sent, cleaned: for the API, which shows no form. Refuses with Invalid."""
        if not self.is_valid():
            raise Invalid({name: [str(m) for m in faults] for name, faults in self.errors.items()})
        return self.cleaned_data

    def renew(self, name: str, edition: int) -> None:
        """Take along what is on record now, so that sending again is a decision; the rest stays."""
        assert isinstance(self.data, QueryDict), "a form that was sent"
        data = self.data.copy()
        data[name] = str(edition)
        self.data = data

    def as_saved(self, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return values under the labels of this form: what somebody else saved meanwhile."""
        shown = [bound for bound in self if bound.name in values and not bound.is_hidden]
        return [(str(bound.label), _as_shown(bound.field, values[bound.name])) for bound in shown]


def _told(bound: forms.BoundField, message: str) -> str:
    bare = (str(plain_words.REQUIRED), str(plain_words.NEEDED))
    is_bare = message in bare and not bound.is_hidden and bound.label
    return f"{bound.label} {message}" if is_bare else message


@cache
def _with_our_words(kind: type[Form]) -> None:
    """Give the fields of a kind of form our words, once: each form copies them."""
    for one in kind.base_fields.values():
        plain_words.use(one)


def _as_shown(field: forms.Field, value: Any) -> str:
    choices = {str(key): words for key, words in getattr(field, "choices", ())}
    if isinstance(value, date):
        return formats.day_plain(value)
    return str(choices.get(str(value), "" if value is None else value))


class DateText(forms.CharField):
    """A date as people write it; the page echoes how it was understood, with its weekday."""

    default_error_messages = {
        "early": _("The date must not be before %(day)s."),
        "late": _("The date must not be after %(day)s."),
    }

    def __init__(
        self,
        *,
        earliest: date | None = None,
        latest: date | None = None,
        lean: dates.Lean = dates.Lean.NEAREST,
        **options: Any,
    ) -> None:
        super().__init__(max_length=40, **options)
        self.earliest, self.latest, self.lean = earliest, latest, lean

    def to_python(self, value: Any) -> Any:
        text = value if isinstance(value, date) else super().to_python(value)
        if not text or isinstance(text, date):
            return text or None
        try:
            return dates.parse(text, today=localdate(), lean=self.lean)
        except dates.NotADate as error:
            raise ValidationError(error.message, code=error.code) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        for bound, code in ((self.earliest, "early"), (self.latest, "late")):
            if value and bound and (value < bound if code == "early" else value > bound):
                raise ValidationError(
                    self.error_messages[code], code=code, params={"day": formats.day(bound)}
                )

    def run_validators(self, value: Any) -> None:
        """Length was checked on the text; a date has none."""

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class MoneyText(forms.CharField):
    """An amount in yuan as people write it, cleaned to Money: 1,234.5, ￥1234.50, 1.2万."""

    default_error_messages = {
        "unclear": _("Write the amount in yuan, with at most two decimals, like 1,234.50."),
        "smaller_than_fen": _("An amount has at most two decimals."),
        "too_large": _("This amount is too large. Check the number of zeros."),
        "negative": _("The amount must not be negative."),
    }

    def __init__(self, *, may_be_negative: bool = False, **options: Any) -> None:
        super().__init__(max_length=40, **options)
        self.may_be_negative = may_be_negative

    def to_python(self, value: Any) -> Any:
        text = value if isinstance(value, Money) else super().to_python(value)
        if not text or isinstance(text, Money):
            return text if isinstance(text, Money) else None
        try:
            return parse_money(text)
        except NotMoney as error:
            code = error.code if error.code in self.error_messages else "unclear"
            raise ValidationError(self.error_messages[code], code=code) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and value.fen < 0 and not self.may_be_negative:
            raise ValidationError(self.error_messages["negative"], code="negative")

    def run_validators(self, value: Any) -> None:
        """Length was checked on the text; an amount has none."""

    def prepare_value(self, value: Any) -> Any:
        return value.grouped if isinstance(value, Money) else value


class Phone(forms.CharField):
    """A telephone number of the mainland, Hong Kong, Macao or abroad, kept as +8613800001234."""

    default_error_messages = PHONE_FAULTS

    def __init__(self, *, region: str = "CN", **options: Any) -> None:
        super().__init__(max_length=24, **options)
        self.region = region

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        try:
            return read_phone(text, self.region)
        except NotAPhone as error:
            raise ValidationError(
                self.error_messages[error.code], code=error.code, params={"count": error.count}
            ) from error


class IdNumber(forms.CharField):
    """An 18-digit number of an identity card, or of a residence permit that begins with 81 to 83."""

    default_error_messages = ID_FAULTS

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, **options)

    def to_python(self, value: Any) -> Any:
        text = tidy_id(str(super().to_python(value) or ""))
        if text and (fault := fault_of_id(text)):
            code, params = fault, {"count": len(text)}
            raise ValidationError(self.error_messages[code], code=code, params=params)
        return text


class TwoDays(Form):
    """A day, and a later one to whose borders figures of the first are restated."""

    is_base = True
    keeps_nothing = True

    on = DateText(label=_("On the day"), required=False, lean=dates.Lean.PAST)
    to = DateText(label=_("Restated to"), required=False, lean=dates.Lean.PAST)

    def clean(self) -> dict[str, Any]:
        """Refuse a day that has not come, and a second day before the first."""
        said = super().clean() or self.cleaned_data
        today = localdate()
        for name in ("on", "to"):
            if said.get(name) and said[name] > today:
                self.add_error(
                    name, _("Choose a day up to today: later borders are not known yet.")
                )
        on, to = said.get("on") or today, said.get("to") or today
        if not self.errors and to < on:
            self.add_error("to", _("Figures are restated to a later day, not to an earlier one."))
        return said
