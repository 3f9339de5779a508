"""A list keeps its filters in the address."""

from __future__ import annotations

from django.test import RequestFactory

from linli.ui.addresses import Address, address_of


def test_sorting_keeps_filters_and_leaves_the_page() -> None:
    here = address_of(RequestFactory().get("/en/cases/?kind=report&kind=petition&cursor=abc"))

    assert here.to(sort="-due", cursor=None) == "/en/cases/?kind=report&kind=petition&sort=-due"


def test_a_filter_form_carries_what_it_does_not_ask() -> None:
    here = Address("/en/cases/", (("kind", "report"), ("sort", "due"), ("cursor", "abc")))

    assert here.hidden("kind") == [("sort", "due")]


def test_taking_everything_out_leaves_the_bare_path() -> None:
    here = Address("/en/cases/", (("kind", "report"),))

    assert here.to(kind=None) == "/en/cases/"


def test_words_are_escaped_for_addresses() -> None:
    assert Address("/").to(q="示范 & <b>") == "/?q=%E7%A4%BA%E8%8C%83+%26+%3Cb%3E"
