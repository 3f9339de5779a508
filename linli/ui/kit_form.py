"""Sample form of the style page: every kind of question once, two of them answered wrongly."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.timezone import localdate

from linli.ui.forms import DateText, Form, IdNumber, MoneyText, Phone
from linli.ui.kit_rows import said


class SampleForm(Form):
    """Every kind of question once."""

    keeps_nothing = True

    where = forms.CharField(max_length=60)
    when = DateText()
    birth = IdNumber(required=False)
    mobile = Phone(widget=forms.TextInput(attrs={"autocomplete": "tel-national"}))
    amount = MoneyText(required=False)
    heads = forms.IntegerField(min_value=0, required=False)
    chair = forms.ChoiceField()
    how = forms.ChoiceField(widget=forms.RadioSelect)
    whom = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    photo = forms.FileField(required=False)
    agree = forms.BooleanField()


def sample_form() -> SampleForm:
    """Return the sample form, filled in with two mistakes."""
    typed = {
        "where": said("村委会二楼会议室", "Meeting room, first floor of the village office"),
        "when": (localdate() + timedelta(days=6)).isoformat(), "mobile": "1380000123",
        "amount": "486,000", "heads": "38", "chair": "a", "how": "secret", "whom": ["b"],
        "words": said("讨论环卫合同续签。", "Renewal of the cleaning contract."), "agree": "on",
        "birth": "441900199001011234",
    }  # fmt: skip
    form = SampleForm(typed)
    asked = {
        "where": ("开会地点在哪里？", "Where is the meeting?"),
        "when": ("哪一天开会？", "On which day?"),
        "birth": ("主持人身份证号", "Identity number of the chair"),
        "mobile": ("联系手机", "Mobile number"),
        "amount": ("涉及多少钱？", "How much money is concerned?"),
        "heads": ("请了多少人？", "How many are invited?"),
        "chair": ("由谁主持？", "Who takes the chair?"),
        "how": ("怎么表决？", "How is the vote taken?"),
        "whom": ("通知谁？", "Who is told?"),
        "words": ("还有什么要说明？", "Anything else?"),
        "photo": ("附一张照片", "Add a photo"),
        "agree": ("已核对以上内容", "I have checked all of this"),
    }
    for name, (zh, en) in asked.items():
        form.fields[name].label = said(zh, en)
    form.fields["where"].help_text = said("写到房间。", "Down to the room.")
    form.fields["when"].help_text = said(
        "可以写 20261124、11.24 或 2026年11月24日。", "Write 20261124, 11.24 or 24 November 2026."
    )
    form.fields["heads"].widget.attrs["unit"] = said("人", "people")
    _choices(form)
    return form


def _choices(form: SampleForm) -> None:
    pairs = {
        "chair": [("a", "何伟明，村委会主任", "He Weiming, chair"), ("b", "叶少芬，村委会副主任", "Ye Shaofen, deputy chair")],
        "how": [("secret", "无记名投票", "Secret ballot"), ("hands", "举手", "Show of hands")],
        "whom": [("a", "村民代表，38 人", "Village representatives, 38"), ("b", "村务监督委员会，3 人", "Supervision committee, 3")],
    }  # fmt: skip
    for name, rows in pairs.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField), "only choices have choices"
        field.choices = [(value, said(zh, en)) for value, zh, en in rows]
    form.fields["how"].helps = {  # type: ignore[attr-defined]
        "secret": said("选人、涉及个人利益", "People, personal interests"),
        "hands": said("一般事项", "Ordinary matters"),
    }
