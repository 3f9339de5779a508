"""The columns of a version that repeat what lists and the search read of an item."""

from __future__ import annotations

from typing import Any

from linli.offerings.rules.item_data import write_item
from linli.offerings.rules.wordings import plain
from linli.offerings.types.items import ItemFacts


def columns_of(facts: ItemFacts) -> dict[str, Any]:
    """Return the columns of a version that say what the facts say."""
    return {
        "kind": facts.kind, "subject": facts.subject, "level": facts.level,
        "name": facts.name.zh, "name_en": facts.name.en, "says": facts.says.zh, "says_en": facts.says.en,
        "office": facts.office.zh, "office_en": facts.office.en, "code": facts.code[:33],
        "events": list(facts.events), "phrases": "\n".join(phrases_of(facts)), "content": write_item(facts),
    }  # fmt: skip


def phrases_of(facts: ItemFacts) -> list[str]:
    """Return the names of an item as the search compares them, its own first."""
    said = (facts.name.zh, facts.name.en, *facts.synonyms)
    return list(dict.fromkeys(text for one in said if (text := plain(one))))
