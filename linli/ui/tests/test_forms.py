"""Fields take what people here type, and errors lead to their field."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import engines
from django.utils import translation

from linli.kernel.money import Money
from linli.ui import plain_words
from linli.ui.forms import DateText, Form, IdNumber, MoneyText, Phone
from linli.ui.kept_words import _below
from linli.ui.shapes import shape_of


class Meeting(Form):
    title = forms.CharField(max_length=20)
    on = DateText(earliest=date(2026, 1, 1))
    cost = MoneyText(required=False)
    phone = Phone(required=False)
    number = IdNumber(required=False)
    whom = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    how = forms.ChoiceField(choices=[("x", "X")], widget=forms.RadioSelect, required=False)


@pytest.mark.parametrize("text", ["20261124", "2026-11-24", "2026年11月24日", "２０２６/11/24"])
def test_a_date_is_taken_as_people_write_it(text: str) -> None:
    assert DateText().clean(text) == date(2026, 11, 24)


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "11/12"])
def test_what_is_no_certain_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError):
        DateText().clean(text)


def test_a_date_outside_its_bounds_names_the_bound() -> None:
    form = Meeting({"title": "x", "on": "2025-12-31"})

    with translation.override("en"):
        assert form.errors["on"] == ["The date must not be before 1 January 2026 (Thu)."]


@pytest.mark.parametrize(
    ("text", "fen"), [("1,234.5", 123450), ("￥1234.50", 123450), ("1.2万", 1_200_000), ("0", 0)]
)
def test_money_is_exact(text: str, fen: int) -> None:
    assert MoneyText().clean(text) == Money(fen)


@pytest.mark.parametrize("text", ["1.234", "-5", "12a", "1e5", "NaN"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        MoneyText().clean(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("138 0000 1234", "+8613800001234"),
        ("0769-5550 0123", "+8676955500123"),
        ("+852 2345 6789", "+85223456789"),
        ("１３８００００１２３４", "+8613800001234"),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(text: str, kept: str) -> None:
    assert Phone().clean(text) == kept


@pytest.mark.parametrize("text", ["110", "1380", "12345", "１２３４５"])
def test_nobody_is_reached_under_a_short_number(text: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Phone().clean(text)

    assert str(len(text)) in refused.value.messages[0]


def test_a_mobile_number_that_lacks_a_digit_says_so() -> None:
    with translation.override("zh-hans"), pytest.raises(ValidationError) as refused:
        Phone().clean("1380000123")

    with translation.override("zh-hans"):
        assert refused.value.messages == ["手机号码是 11 位，现在是 10 位。"]


@pytest.mark.parametrize(
    "text", ["11010519491231002X", "11010519491231002x", " 110105 19491231 002X"]
)
def test_an_identity_number_with_the_right_last_character_is_taken(text: str) -> None:
    assert IdNumber().clean(text) == "11010519491231002X"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("110105194912310021", "check"),
        ("11010519491331002X", "birth"),
        ("11010519491231002", "length"),
        ("1101051949123100AX", "unreadable"),
    ],
)
def test_a_wrong_identity_number_says_what_is_wrong(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        IdNumber().clean(text)

    assert refused.value.code == code


def test_faults_stand_in_the_order_of_the_page_and_lead_to_their_field() -> None:
    form = Meeting({"phone": "1380000123"})
    form.add_error(None, "Together this does not work.")

    assert [field for field, _ in form.faults] == ["", "id_title", "id_on", "id_phone"]


def test_what_is_needed_after_some_answers_only_is_not_called_optional() -> None:
    class Called(Meeting):
        needed_when = {"phone": "(only for calls)"}

    drawn = engines["jinja2"].from_string(
        '{% import "ui/parts.html" as ui with context %}{{ ui.field(one) }}'
    )
    form = Called()

    with translation.override("en"):
        phone, cost = (drawn.render({"one": form[name]}) for name in ("phone", "cost"))

    assert "(only for calls)" in phone and "(optional)" not in phone and "required" not in phone
    assert "(only for calls)" not in cost and "(optional)" in cost


def test_messages_of_a_refusal_go_to_their_fields_and_the_rest_on_top() -> None:
    form = Meeting({"title": "x", "on": "2026-11-24"})

    form.take({"title": ["Taken."], "elsewhere": ["Not here."]})

    assert form.errors == {"title": ["Taken."], "__all__": ["Not here."]}


def test_a_missing_answer_is_asked_for_in_plain_words() -> None:
    with translation.override("zh-hans"):
        assert Meeting({}).errors["title"] == ["请填写这一项。"]


class Family(Form):
    """Fields made for the one who asks."""

    for_residents = keeps_nothing = True
    name = forms.CharField(max_length=5)

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.fields["born"] = forms.IntegerField(min_value=1900)
        self.fields["name"] = forms.CharField(max_length=3)
        self.fields["kin"] = forms.CharField()


def test_fields_that_a_form_made_for_itself_speak_our_words_too() -> None:
    with translation.override("zh-hans"):
        told = Family({"born": "12", "name": "欧阳小明"}).errors

    assert told["kin"] == ["请填写这一项。"]
    assert told["born"] == ["请写不小于 1900 的数。"]
    assert "确保" not in str(told)


def test_no_field_of_any_form_has_words_of_the_library_left() -> None:
    left = set()
    for kind in _below(Form):
        for name, field in kind.base_fields.items():
            plain_words.use(field)
            for code, words in field.error_messages.items():
                # a name without an end and a file both chosen and taken out: no page of ours sends them
                is_sent = code not in ("max_length", "contradiction") or not isinstance(field, forms.FileField)  # fmt: skip
                if is_sent and words == plain_words._usual(field, code):
                    left.add(f"{kind.__name__}.{name}: {code}")

    assert left == set()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("title", "text"), ("on", "date"), ("cost", "number"), ("phone", "tel"),
        ("number", "document"), ("whom", "checkboxes"), ("how", "radio"),
    ],
)  # fmt: skip
def test_each_field_is_drawn_by_what_it_is(name: str, kind: str) -> None:
    assert shape_of(Meeting()[name]).kind == kind


def test_a_date_field_echoes_the_weekday_of_what_was_typed() -> None:
    form = Meeting({"title": "x", "on": "20261124"})

    with translation.override("zh-hans"):
        assert shape_of(form["on"]).echo == "2026年11月24日 (周二)"
    assert shape_of(form["on"]).value == "20261124"


class Everything(Form):
    text = forms.CharField(max_length=5, min_length=3)
    whole = forms.IntegerField(min_value=1, max_value=9)
    share = forms.DecimalField(max_digits=4, decimal_places=1)
    figure = forms.FloatField()
    on = forms.DateField()
    at = forms.TimeField()
    address = forms.EmailField()
    file = forms.FileField()
    own = forms.IntegerField(error_messages={"invalid": "words of its own"})


@pytest.mark.parametrize(
    ("name", "typed", "zh", "en"),
    [
        ("text", "一二三四五六", "写了 6 个字，这里最多 5 个字。", "at most 5 fit here"),
        ("text", "一", "写了 1 个字，至少要 3 个字。", "at least 3 are needed"),
        ("text", "a\0bc", "看不见的符号", "invisible sign"),
        ("whole", "many", "请写整数，例如 12。", "Write a whole number"),
        ("whole", "0", "请写不小于 1 的数。", "at least 1."),
        ("whole", "10", "请写不大于 9 的数。", "at most 9."),
        ("share", "x", "请写数字，例如 12.5。", "Write a number in figures"),
        ("share", "1.25", "小数点后最多 1 位。", "at most 1 digits"),
        ("figure", "x", "请写数字，例如 12.5。", "Write a number in figures"),
        ("on", "x", "请填日期，例如 2026-11-24。", "Write a date"),
        ("at", "x", "请写时间，例如 14:30。", "Write a time"),
        ("address", "x", "请写邮箱地址，例如 name@example.cn。", "Write an e-mail address"),
        ("file", "", "请填写这一项。", "Please answer"),
        ("own", "x", "words of its own", "words of its own"),
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_wrong_answer_is_told_in_our_words(
    name: str, typed: str, zh: str, en: str, language: str
) -> None:
    with translation.override(language):
        (message,) = Everything({name: typed}).errors[name]

    assert (zh if language == "zh-hans" else en) in message
