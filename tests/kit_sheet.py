"""The part of the kit's sheet that our pages use; `make docs` writes it, a test says when it is behind.

The whole sheet has some 3,800 classes, of which pages use seventy: over a slow network it was more than
half of a first visit. A rule stays if a page could ever meet it: each class and each data attribute that
it takes is a word of some template or script of ours, or begins like one that a template goes on from
(`btn-{{ … }}`). Of its own values those stay that something left, or a sheet or script of ours, reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tinycss2

UI = Path(__file__).parents[1] / "linli" / "ui"
WHOLE, PART = UI / "vendor" / "tabler.min.css", UI / "static" / "ui" / "kit.css"
WORD, BEGUN = re.compile(r"[\w-]+"), re.compile(r"([A-Za-z][\w-]*-)(?:\{\{|\{%|\$\{|[\"'] ?[~+])")
CLASSES = re.compile(r"class(?:Name)? ?= ?([\"`])((?:\{\{.*?\}\}|\{%.*?%\}|(?!\1).)*)\1")
READ = re.compile(r"--tblr-[\w-]+")
# a part of a rule stands inside these
GROUPS = ("media", "supports")


@dataclass(frozen=True)
class Spoken:
    """The words of all templates and scripts, and the beginnings of those that are put together."""

    words: frozenset[str]
    begun: tuple[str, ...]

    def may_say(self, name: str) -> bool:
        return name in self.words or name.startswith(self.begun)


def spoken(texts: Iterable[str]) -> Spoken:
    """Return what pages may say."""
    whole = "\n".join(texts)
    classes = " ".join(found[1] for found in CLASSES.findall(whole))
    return Spoken(frozenset(WORD.findall(whole)), tuple(sorted(set(BEGUN.findall(classes)))))


def of_pages() -> list[str]:
    """Return the texts that make pages: templates and our own scripts."""
    package = UI.parent
    files = [*package.glob("*/jinja2/**/*.html"), *package.glob("*/static/**/*.js")]
    return [file.read_text("utf-8") for file in sorted(files) if not file.name.endswith(".min.js")]


def sheet() -> str:
    """Return the part of the kit that pages use, with its notice of rights."""
    own = [(UI / "static" / "ui" / name).read_text("utf-8") for name in ("tokens.css", "linli.css")]
    return part(WHOLE.read_text("utf-8"), of_pages(), own)


def part(whole: str, pages: list[str], own: list[str]) -> str:
    """Return the rules of a sheet that pages may meet, and of its values those that are read."""
    rules = tinycss2.parse_stylesheet(whole, skip_whitespace=True)
    notice = next(f"/*{rule.value}*/\n" for rule in rules if rule.type == "comment")
    met = _met(rules, spoken(pages))
    read = set(READ.findall("".join([*own, *pages])))
    while more := _read(met, read) - read:
        read |= more
    text = _written(_moving(met), read)
    return f'@charset "UTF-8";{notice}{text}\n'


def _met(rules: list[Any], said: Spoken) -> list[Any]:
    """Return rules without what no page says; selectors of one rule are looked at one by one."""
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            prelude = [one for one in _selectors(rule.prelude) if _may_be(one, said)]
            if prelude:
                selector = ",".join(tinycss2.serialize(one).strip() for one in prelude)
                kept.append((selector, tinycss2.parse_blocks_contents(rule.content)))
        elif rule.type == "at-rule" and rule.at_keyword in GROUPS:
            inner = _met(tinycss2.parse_rule_list(rule.content, skip_whitespace=True), said)
            if inner:
                kept.append((f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}", inner))
        elif rule.type == "at-rule" and rule.at_keyword != "charset":
            kept.append(rule)
    return kept


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    found: list[list[Any]] = [[]]
    for token in prelude:
        if token == ",":
            found.append([])
        else:
            found[-1].append(token)
    return found


def _may_be(selector: list[Any], said: Spoken) -> bool:
    """Say whether a page may have what a selector takes; what stands in :not() and :is() is left open."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "ident" and before == "." and not said.may_say(token.value):
            return False
        if token.type == "[] block":
            name = next(one.value for one in token.content if one.type == "ident")
            if name.startswith("data-") and not said.may_say(name):
                return False
    return True


def _declared(block: list[Any]) -> list[Any]:
    return [one for one in block if one.type == "declaration"]


def _read(met: list[Any], read: set[str]) -> set[str]:
    """Return the values that the rules read, and those by which a value is made that is read."""
    found = set[str]()
    for rule in met:
        if not isinstance(rule, tuple):
            found |= set(READ.findall(rule.serialize()))
        elif rule[0].startswith("@"):
            found |= _read(rule[1], read)
        else:
            for one in _declared(rule[1]):
                if not one.name.startswith("--") or one.name in read:
                    found |= set(READ.findall(tinycss2.serialize(one.value)))
    return found


def _moving(met: list[Any]) -> list[Any]:
    """Return the rules without movements that none of them begins."""
    begun = set(WORD.findall(_written([rule for rule in met if isinstance(rule, tuple)], None)))
    return [
        rule
        for rule in met
        if isinstance(rule, tuple)
        or rule.at_keyword != "keyframes"
        or tinycss2.serialize(rule.prelude).strip() in begun
    ]


def _written(rules: list[Any], read: set[str] | None) -> str:
    """Return rules as text, without values of the kit's own that are not among those that are read."""
    text = []
    for rule in rules:
        if not isinstance(rule, tuple):
            text.append(rule.serialize())
            continue
        selector, block = rule
        if selector.startswith("@"):
            inside = _written(block, read)
        else:
            inside = ";".join(
                f"{one.name}:{tinycss2.serialize(one.value).strip()}{'!important' * one.important}"
                for one in _declared(block)
                if read is None or not one.name.startswith("--tblr-") or one.name in read
            )
        if inside:
            text.append(f"{selector}{{{inside}}}")
    return "".join(text)
