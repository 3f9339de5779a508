"""One of more than fit a list: typed in part, asked once more where several are meant, without a script."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms

from linli.ui.choosing import LONG, OneOfMany, offer
from linli.ui.forms import Form
from linli.ui.picking import meant
from linli.ui.shapes import shape_of

POSTS = [(n, f"Office {n} · Clerk") for n in range(100, 100 + LONG + 5)]
POSTS += [
    (3, "Village of the Bridge · Secretary"),
    (4, "Village of the Hill · Secretary"),
    (5, "Twin"),
    (6, "Twin"),
]


class Choice(Form):
    keeps_nothing = True

    post = OneOfMany(label="Which post?", coerce=int)

    def __init__(self, *args: Any, posts: Any = POSTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = [("", "Choose"), *posts]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("Village of the Hill · Secretary", ["4"]),
        ("hill", ["4"]),
        ("secretary BRIDGE", ["3"]),
        ("secretary", ["3", "4"]),
        ("#4", ["4"]),
        ("4", []),
        ("#44", []),
        ("", []),
        ("  ", []),
    ],
)
def test_typed_words_mean_those_whose_names_hold_them_and_a_bare_number_no_key(
    typed: str, keys: list[str]
) -> None:
    named = [(str(key), words) for key, words in POSTS if key < 100]

    assert meant(named, typed) == keys


def test_a_long_list_is_typed_into_and_a_short_one_opens() -> None:
    assert shape_of(Choice()["post"]).kind == "find"
    assert shape_of(Choice(posts=POSTS[:LONG])["post"]).kind == "select"
    # a program or an old page sends the key, as a short list does
    short = Choice({"post": "101"}, posts=POSTS[:LONG])
    assert short.is_valid() and short.cleaned_data["post"] == 101


def test_what_was_chosen_before_is_shown_by_its_name_and_sent_back_means_the_same() -> None:
    shown = shape_of(Choice(initial={"post": 4})["post"]).value
    twin = shape_of(Choice(initial={"post": 6})["post"]).value

    for words, key in ((shown, 4), (twin, 6)):
        sent = Choice({"post": words})
        assert sent.is_valid() and sent.cleaned_data["post"] == key


def test_several_are_asked_once_more_and_the_ticked_one_counts_while_the_words_stand() -> None:
    first = Choice({"post": "secretary"})
    assert not first.is_valid()
    shape = shape_of(first["post"])
    assert shape.fits == [
        (key, words) for key, words in first.fields["post"].named if "Secretary" in words
    ]  # type: ignore[attr-defined]

    ticked = Choice({"post": "secretary", "post-typed": "secretary", "post-meant": "#4"})
    written = Choice({"post": "bridge", "post-typed": "secretary", "post-meant": "#4"})
    foreign = Choice({"post": "secretary", "post-typed": "secretary", "post-meant": "#999"})

    assert ticked.is_valid() and ticked.cleaned_data["post"] == 4
    assert written.is_valid() and written.cleaned_data["post"] == 3
    assert not foreign.is_valid()


@pytest.mark.parametrize("typed", ["nobody of this name", "office", "999", ""])
def test_what_means_none_or_too_many_is_refused_and_ticks_nothing(typed: str) -> None:
    form = Choice({"post": typed})

    assert not form.is_valid() and shape_of(form["post"]).fits == []
    assert shape_of(form["post"]).value == typed


def test_what_is_offered_can_be_chosen_and_nothing_else() -> None:
    class Choosing(forms.Form):
        one = forms.ChoiceField()
        more = forms.MultipleChoiceField()
        words = forms.CharField(required=False)

    def chosen(one: str, more: list[str]) -> bool:
        form = Choosing({"one": one, "more": more})
        offer(form, "one", (("a", "A"),))
        offer(form, "more", [("b", "B"), ("c", "C")])
        return form.is_valid()

    assert chosen("a", ["b", "c"])
    assert not chosen("b", ["b"]) and not chosen("a", ["a"])
    with pytest.raises(AssertionError):
        offer(Choosing(), "words", [])
