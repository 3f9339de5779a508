"""Addresses sorted by their first word, so that a request tries a dozen patterns and not hundreds.

Nothing else changes: names, namespaces, parameters and the order among those of one word stay. Where an
address led is remembered: the pages of twenty apps are tried in turn, each with an error that it is not hers.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.urls import ResolverMatch, URLPattern, URLResolver
from django.urls.resolvers import RoutePattern

Address = URLPattern | URLResolver
# longer ones are looked for each time: nobody fills the memory with what she makes up
LONGEST, MOST = 120, 2_000


def by_first_word(addresses: Iterable[Address]) -> list[Address]:
    """Return the addresses with those of one first word (`cases/…`) below a resolver of that word.

    An address that begins with a parameter, or is not a route, stays where it is, and whatever
    comes after it is left alone: it might have been meant to be tried later.
    """
    sorted_ones: list[Address] = []
    words: dict[str, list[Address]] = {}
    is_open = True
    for address in addresses:
        word = _first_word(address)
        is_open = is_open and word is not None
        if not is_open or not word:
            sorted_ones.append(address)
        elif word in words:
            words[word].append(_shortened(address, word))
        else:
            words[word] = [_shortened(address, word)]
            sorted_ones.append(URLResolver(RoutePattern(word), words[word]))
    return [OneWord(sorted_ones, frozenset(words))]


class Known(URLResolver):
    """Remembers where an address led: what is not there is looked for each time."""

    def __init__(self, addresses: list[Address]) -> None:
        super().__init__(RoutePattern(""), addresses)
        self._known = lru_cache(MOST)(self._look_for)

    def resolve(self, path: str) -> ResolverMatch:
        """Return what an address leads to. Raises Resolver404, which names what was tried."""
        path = str(path)
        return self._known(path) if len(path) <= LONGEST else self._look_for(path)

    def _look_for(self, path: str) -> ResolverMatch:
        found = super().resolve(path)
        # hundreds of patterns that were tried before, which nobody asks for where one fits
        found.tried = None
        return found


class OnDemand(URLResolver):
    """Loads the addresses of a module when one of them is asked for: who makes a link to another never waits.

    Django looks through all modules at the first link. The addresses have a namespace of their own,
    so that nothing of them is needed where another name is looked up.
    """

    def _populate(self) -> None:
        if "urlconf_module" in self.__dict__:
            super()._populate()

    def _load(self) -> None:
        self.urlconf_module  # noqa: B018  loads it

    @property
    def reverse_dict(self) -> Any:
        """As Django's, of what is loaded for it."""
        self._load()
        return super().reverse_dict

    @property
    def namespace_dict(self) -> Any:
        """As Django's, of what is loaded for it."""
        self._load()
        return super().namespace_dict

    @property
    def app_dict(self) -> Any:
        """As Django's, of what is loaded for it."""
        self._load()
        return super().app_dict


class OneWord(URLResolver):
    """Looks among the addresses of the first word of a path, and those of no word, not through all words."""

    def __init__(self, addresses: list[Address], words: frozenset[str]) -> None:
        super().__init__(RoutePattern(""), addresses)
        # what was included by whoever made the addresses may stand for any word
        owns = [word if (word := str(one.pattern)) in words else None for one in addresses]
        self._lanes = {
            word: _lane(a for a, own in zip(addresses, owns, strict=True) if own in (word, None))
            for word in (*words, None)
        }

    def resolve(self, path: str) -> ResolverMatch:
        """Return what an address leads to. Raises Resolver404, which names what was tried."""
        word, slash, _rest = str(path).partition("/")
        return self._lanes.get(word + slash, self._lanes[None]).resolve(path)


def _lane(addresses: Iterable[Address]) -> URLResolver:
    return URLResolver(RoutePattern(""), list(addresses))


def _first_word(address: Address) -> str | None:
    """Return `cases/` of `cases/<number>/`, "" for an address of one word, None for no plain word."""
    if not isinstance(address, URLPattern) or not isinstance(address.pattern, RoutePattern):
        return None
    word, slash, _rest = str(address.pattern).partition("/")
    if "<" in word or not word:
        return None
    return word + slash if slash else ""


def _shortened(address: Address, word: str) -> Address:
    assert isinstance(address, URLPattern), "only endpoints are put below a word"
    rest = str(address.pattern).removeprefix(word)
    pattern = RoutePattern(rest, name=address.name, is_endpoint=True)
    return URLPattern(pattern, address.callback, address.default_args, address.name)
