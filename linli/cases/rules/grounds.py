"""What a refusal can stand on: a ground of the rulebook, or a rule that is named so that it can be found."""

from __future__ import annotations

import re

# a title in its marks, the number of a document, or an article with the name of what it is of
TITLE = re.compile(r"《[^《》]{2,}》")
NUMBER = re.compile(r"[〔\[（(]\s*\d{4}\s*[〕\]）)]\s*\d+\s*号|GB(?:/T)?\s*\d{3,}")
ARTICLE = re.compile(
    r"第\s*[零〇一二三四五六七八九十百千\d]+\s*条|\b(?:art(?:icle)?s?\.?|§)\s*\d+", re.IGNORECASE
)
LEAST_NAME = 2


def names_a_rule(text: str) -> bool:
    """Say whether words name a rule that somebody else can look up: a document, or document and article."""
    if TITLE.search(text) or NUMBER.search(text):
        return True
    name = ARTICLE.sub("", text)
    return name != text and sum(sign.isalpha() for sign in name) >= LEAST_NAME


def is_ground(key: str, grounds: tuple[str, ...]) -> bool:
    """Say whether an entry of the rulebook is among the grounds of a move, by their beginnings."""
    return bool(key) and key.startswith(grounds)
