"""Addresses below their first word are found, named and told apart as before."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver, include, path, resolve, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from linli.config import grouping, urls
from linli.config.grouping import Known, OnDemand, by_first_word


def answer(request: HttpRequest, **given: object) -> HttpResponse:
    return HttpResponse("")


FLAT = [
    path("cases/", answer, name="cases"),
    path("cases/<int:number>/", answer, name="case"),
    path("places/<str:code>/", answer, name="place"),
    path("cases/<int:number>/move", answer, {"step": 1}, name="move"),
    path("search", answer, name="search"),
    path("<str:anything>/late/", answer, name="any"),
    path("places/late/", answer, name="late"),
]
ASKED = [
    "cases/", "cases/7/", "cases/7/move", "places/4419/", "search", "x/late/", "places/late/",
    "cases", "cases/x/", "places/", "", "search/",
]  # fmt: skip


def resolver_of(addresses: list[object]) -> URLResolver:
    return URLResolver(RegexPattern(r"^"), addresses)


def found(resolver: URLResolver, asked: str) -> object:
    try:
        match = resolver.resolve(asked)
    except Resolver404:
        return None
    return match.func, match.url_name, match.kwargs, match.route


def routes(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from (f"{entry.pattern}{route}" for route in routes(entry))
        else:
            yield str(entry.pattern)


@pytest.mark.parametrize("asked", ASKED)
def test_every_address_leads_where_it_led_before(asked: str) -> None:
    flat, grouped = resolver_of(FLAT), resolver_of(by_first_word(FLAT))

    assert found(grouped, asked) == found(flat, asked)


@pytest.mark.parametrize("asked", ["old/7/", "cases/7/", "cases/x/", "4/code/", "new/"])
def test_what_is_included_without_a_word_or_behind_a_parameter_is_found_too(asked: str) -> None:
    more = [
        *FLAT,
        path(
            "", include([path("old/<int:number>/", answer, name="old"), path("cases/x/", answer)])
        ),
        path("<int:number>/", include([path("code/", answer, name="code")])),
    ]
    flat, grouped = resolver_of(more), resolver_of(by_first_word(more))

    assert found(grouped, asked) == found(flat, asked)


def test_names_lead_back_to_the_same_addresses() -> None:
    flat, grouped = resolver_of(FLAT), resolver_of(by_first_word(FLAT))

    assert grouped.reverse("move", number=7) == flat.reverse("move", number=7) == "cases/7/move"
    assert grouped.reverse("any", anything="x") == "x/late/"


def test_words_are_tried_once_and_what_comes_after_a_parameter_stays_in_its_order() -> None:
    grouped = resolver_of(by_first_word(FLAT))

    (words,) = grouped.url_patterns
    assert [str(entry.pattern) for entry in words.url_patterns] == [
        "cases/", "places/", "search", "<str:anything>/late/", "places/late/",
    ]  # fmt: skip
    with pytest.raises(Resolver404) as missed:
        grouped.resolve("places/")
    tried = [str(patterns[-1].pattern) for patterns in missed.value.args[0]["tried"]]
    assert "<str:code>/" in tried and "cases/" not in tried
    assert sorted(routes(grouped)) == sorted(routes(resolver_of(FLAT)))


def test_where_an_address_led_is_remembered_and_what_is_not_there_is_looked_for_again() -> None:
    known = Known([URLResolver(RegexPattern(r"^"), FLAT)])
    for _ in range(2):
        assert found(resolver_of([known]), "cases/7/move") == (
            answer, "move", {"number": 7, "step": 1}, "^cases/<int:number>/move",
        )  # fmt: skip
        with pytest.raises(Resolver404):
            known.resolve("nothing/there/")
    held = known._known.cache_info()
    assert (held.hits, held.currsize) == (1, 1)


def test_what_a_view_does_to_what_led_to_it_is_not_remembered() -> None:
    resolver = resolver_of([Known(FLAT)])
    resolver.resolve("cases/7/move").kwargs["number"] = 8

    assert resolver.resolve("cases/7/move").kwargs == {"number": 7, "step": 1}


def test_nobody_fills_the_memory_with_long_addresses() -> None:
    known = Known(FLAT)
    for _ in range(2):
        assert known.resolve(f"places/{'9' * grouping.LONGEST}/").url_name == "place"

    assert known._known.cache_info().currsize == 0


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of modules whose addresses were loaded on demand."""
    loaded: list[str] = []

    def load(name: str) -> SimpleNamespace:
        loaded.append(name)
        below = include(([path("deep/", answer, name="deep")], "below"))
        return SimpleNamespace(urlpatterns=[*FLAT, path("more/", below)])

    monkeypatch.setattr("django.urls.resolvers.import_module", load)
    return loaded


def on_demand() -> URLResolver:
    calls = OnDemand(RoutePattern("api/"), "the.calls", app_name="calls", namespace="calls")
    return resolver_of([calls, path("page/", answer, name="page")])


def test_who_asks_for_another_address_loads_nothing_on_demand(loads: list[str]) -> None:
    known = on_demand()

    assert known.reverse("page") == "page/"
    assert found(known, "page/") == (answer, "page", {}, "page/")
    assert found(known, "nowhere/") is None
    assert loads == []


def test_what_is_loaded_on_demand_is_found_named_and_told_apart_as_ever(loads: list[str]) -> None:
    known = on_demand()
    _prefix, calls = known.namespace_dict["calls"]
    assert (known.app_dict["calls"], loads) == (["calls"], [])

    assert calls.reverse("move", number=7) == "cases/7/move"
    assert loads == ["the.calls"]
    assert calls.namespace_dict["below"][0] == "more/"
    assert calls.app_dict == {"below": ["below"]}
    assert found(on_demand(), "api/cases/7/")[1:3] == ("case", {"number": 7})


def test_the_calls_of_programs_are_what_is_loaded_on_demand() -> None:
    (calls,) = (one for one in urls.urlpatterns if str(one.pattern) == "api/v1/")

    assert isinstance(calls, OnDemand) and calls.urlconf_name == "linli.config.api_urls"
    assert reverse("api:openapi-json") == "/api/v1/openapi.json"
    assert resolve("/api/v1/openapi.json").namespaces == ["api"]
