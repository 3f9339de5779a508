"""What routing is told in: matters, channels, weekdays, what sent a case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from linli.cases.models import RoutingRule
from linli.cases.queries.categories import category_names
from linli.cases.queries.posts import post_names
from linli.cases.queries.questions import PLACE_CODE
from linli.cases.queries.telling import channel_words, matter_choices
from linli.cases.types.routing import By, Duty, SetState
from linli.cases.types.words import Channel
from linli.places import queries as places
from linli.places.queries.tree import names_of_paths
from linli.ui.formats import WEEKDAYS_EN, WEEKDAYS_ZH, is_chinese, listed
from linli.ui.jinja import named

STATE_WORDS = {
    SetState.DRAFT: _("being written"),
    SetState.SHADOW: _("watched only"),
    SetState.IN_FORCE: _("in force"),
}
DUTY_WORDS = {
    Duty.RESPONSIBLE: _("is in charge"),
    Duty.INFORMED: _("is to know"),
}
BY_WORDS = {
    By.RULE: _("by a rule"),
    By.LIST: _("by the list of responsibilities"),
    By.OFFICE: _("the office of the place"),
}


def channel_choices() -> list[tuple[str, str]]:
    """Return (channel, words) of how cases come in."""
    return [(str(one), str(channel_words(one))) for one in Channel]


def weekday_choices() -> list[tuple[int, str]]:
    """Return (0 to 6 from Monday, name) in the reader's language."""
    return list(enumerate(WEEKDAYS_ZH if is_chinese() else WEEKDAYS_EN))


def layer_choices() -> list[tuple[str, str]]:
    """Return (key, name) of the layers whose cells posts look after."""
    return [(layer.key, named(layer)) for layer in places.layers()]


def cell_words(layer: str) -> str:
    """Return what the post of a cell of a layer is called as the one that gets cases."""
    return gettext("the grid worker of the cell (%(layer)s)") % {"layer": layer}


def _codes_in(rules: Iterable[RoutingRule]) -> set[str]:
    """Return the answers of rules that look like codes of places."""
    values = (v for rule in rules for several in rule.answers.values() for v in several)
    return {value for value in values if PLACE_CODE.fullmatch(value)}


class Teller:
    """Names read once for the conditions of many rules."""

    def __init__(self, rules: list[RoutingRule]) -> None:
        self.categories = category_names()
        self.matters = dict(matter_choices())
        self.channels = dict(channel_choices())
        self.weekdays = dict(weekday_choices())
        self.layers = dict(layer_choices()) if any(rule.layer for rule in rules) else {}
        self.posts = post_names(rule.post_id for rule in rules)
        self.paths = places.paths_of(_codes_in(rules))
        self.places = names_of_paths({*self.paths.values(), *(r.path for r in rules if r.path)})

    def goes_to(self, rule: RoutingRule) -> str:
        """Return where a rule sends cases, in words; nothing if its post is closed."""
        if rule.layer:
            return cell_words(self.layers.get(rule.layer, rule.layer))
        return self.posts.get(rule.post_id, "")

    @staticmethod
    def _joined(words: Iterable[str]) -> str:
        return listed(words)

    def _value(self, value: str) -> str:
        """Return an answer, of a place its name beside its code."""
        path = self.paths.get(value)
        return f"{self.places[path]} ({value})" if path in self.places else value

    def conditions(self, rule: RoutingRule) -> list[tuple[Any, str]]:
        """Return (what is looked at, which values fit) of a rule; empty fits everything."""
        told: list[tuple[Any, str]] = []
        looked: tuple[tuple[Any, list[Any], dict[Any, str]], ...] = (
            (_("Category"), rule.categories, self.categories),
            (_("Matter"), rule.matters, self.matters),
            (_("Came in"), rule.channels, self.channels),
            (_("Weekday"), rule.weekdays, self.weekdays),
        )
        for words, values, names in looked:
            if values:
                told.append((words, self._joined(str(names.get(v, v)) for v in values)))
        if rule.path:
            told.append((_("Place"), self.places.get(rule.path, rule.path)))
        if rule.polygon is not None:
            told.append((_("Ground"), str(_("inside the outline drawn"))))
        if rule.hours_from and rule.hours_to:
            told.append((_("Time of day"), f"{rule.hours_from:%H:%M}–{rule.hours_to:%H:%M}"))
        told += [
            (_("Answer"), f"{key} = {self._joined(self._value(v) for v in values)}")
            for key, values in sorted(rule.answers.items())
        ]
        return told
