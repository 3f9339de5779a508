"""Category and place suggested from words, over the API."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from ninja import Router, Schema

from linli.cases.queries.suggesting import suggest
from linli.cases.types.suggesting import Suggested
from linli.kernel.paths import path_of
from linli.kernel.web import Request
from linli.runtime.types import Rate, account_or_address, limited

router = Router()
SUGGESTIONS = Rate(120, timedelta(minutes=10))


class SuggestIn(Schema):
    text: str
    place: str = ""


class CategoryHintOut(Schema):
    code: str
    share: float
    words: list[str]


class PlaceHintOut(Schema):
    place: str
    level: str
    score: float
    words: list[str]


class SuggestOut(Schema):
    """Suggestions with the words that spoke for them; a person decides."""

    categories: list[CategoryHintOut]
    places: list[PlaceHintOut]


@router.post("/routing/suggest/", response=SuggestOut)
@limited("cases.suggest", SUGGESTIONS, account_or_address)
def suggest_from(request: Request, given: SuggestIn) -> dict[str, Any]:
    """Suggest category and place from words. Nothing is kept."""
    return hints_out(suggest(given.text, path_of(given.place)))


def hints_out(found: Suggested) -> dict[str, Any]:
    """Return suggestions as the API shows them."""
    return {
        "categories": [
            {"code": one.code, "share": one.share, "words": list(one.words)}
            for one in found.categories
        ],
        "places": [
            {"place": one.code, "level": one.level, "score": one.score, "words": list(one.words)}
            for one in found.places
        ],
    }
