"""Names: what may be one, where the family name ends, and the terms by which it is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from linli.people.rules.readings import COMPOUND, family_syllables, readings_of, syllables
from linli.people.rules.romanise import families_written

LONGEST = 60
TERM_LONGEST = 48
LETTERS_AND_MARKS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc"})
JOINERS = frozenset(" ·-'.,()")
_DOTS = str.maketrans({**dict.fromkeys("•・‧∙⋅．。｡", "·"), **dict.fromkeys("’‘＇`´", "'")})
_SPACES = re.compile(r"\s+")
_HAN_SIGNS = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{_HAN_SIGNS}]+")
_WORD = re.compile(rf"[{_HAN_SIGNS}]+|[^\W\d_{_HAN_SIGNS}]+|\d+")


def clean_name(text: str) -> str:
    """Return a name as the register writes it: one form per sign, no spare spaces."""
    if text.isalpha() and not text.isascii() and _HAN.fullmatch(text) and len(text) <= LONGEST:
        return text
    name = unicodedata.normalize("NFKC", text.translate(_DOTS))
    name = _SPACES.sub(" ", name).strip(" ·-.,")
    # 买买提 · 艾力 and 张 三 are written without the space
    return re.sub(r"(?<=[^\x00-\x7f]) ?(·?) ?(?=[^\x00-\x7f])", r"\1", name)


@lru_cache(maxsize=65536)
def name_fault(name: str) -> str | None:
    """Return why this cannot be a name: name_missing, name_too_long or name_signs."""
    if not name:
        return "name_missing"
    if len(name) > LONGEST:
        return "name_too_long"
    if not any(unicodedata.category(sign) in LETTERS_AND_MARKS for sign in name):
        return "name_signs"
    if any(_is_foreign(sign) for sign in name):
        return "name_signs"
    return None


def _is_foreign(sign: str) -> bool:
    return sign not in JOINERS and unicodedata.category(sign) not in LETTERS_AND_MARKS


def is_han(text: str) -> bool:
    """Say whether a text is written in Chinese characters alone."""
    return bool(_HAN.fullmatch(text))


@lru_cache(maxsize=65536)
def split_name(name: str) -> tuple[str, str]:
    """Return family name and given name; a name of another shape has no family name."""
    if not is_han(name) or len(name) > 6:
        return "", name
    size = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    return (name[:size], name[size:]) if len(name) > size else ("", name)


def same_name(one: str, other: str) -> bool:
    """Say whether two spellings are one name: case, spaces and dots do not matter."""
    return _bare(clean_name(one)) == _bare(clean_name(other))


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign not in JOINERS)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Return what lists are ordered by: the reading, then the characters."""
    family, given = split_name(name)
    if family:
        readings = [family_syllables(family)[:1], *(syllables(sign)[:1] for sign in given)]
        spoken = " ".join(reading for options in readings for reading in options)
        return f"{spoken} {name}"[:120]
    return _reading(name) + (" " + name if not name.isascii() else "")


def _reading(name: str) -> str:
    words = []
    for part in _WORD.findall(name.casefold()):
        words += [r for sign in part for r in syllables(sign)[:1]] if is_han(part) else [part]
    return " ".join(words)[:110]


@lru_cache(maxsize=131072)
def name_terms(name: str, other: str = "") -> tuple[str, ...]:
    """Return the beginnings by which a name is found.

    A search asks for terms that begin with what was typed, so every part of 陈晓明 is reached by
    陈晓明, 晓明 and 明, every part of its reading by chenxiaoming, xiaoming and cxm.
    """
    found = sorted({*_terms(name), *(_terms(other) if other else ())} - {""})
    followers = [*found[1:], ""]
    # what another term begins with is reached by that term
    return tuple(t for t, after in zip(found, followers, strict=True) if not after.startswith(t))


def _terms(name: str) -> Iterator[str]:
    family, given = split_name(name)
    if family:
        yield from _suffixes(name)
        yield from _spoken(family, given)
    elif is_han(name):
        yield from _suffixes(name)
        yield from _spoken("", name)
    else:
        yield from _worded(name)


def _suffixes(text: str) -> Iterator[str]:
    text = text[:TERM_LONGEST]
    for start in range(len(text)):
        yield text[start:]


def _spoken(family: str, given: str) -> Iterator[str]:
    given_readings = readings_of(given, 2)
    for given_reading in given_readings:
        yield given_reading[:TERM_LONGEST]
    initials = "".join(reading[0][0] for sign in given if (reading := syllables(sign)))
    for spoken in family_syllables(family) if family else ():
        for given_reading in given_readings or ("",):
            yield (spoken + given_reading)[:TERM_LONGEST]
        head = "".join(reading[0][0] for sign in family if (reading := syllables(sign)))
        # 单 is shan: its initial comes from the reading of the family, not of the character
        yield (spoken[0] + head[1:] + initials)[:TERM_LONGEST]


def _worded(name: str) -> Iterator[str]:
    parts = _WORD.findall(name.casefold())
    if any(is_han(part) for part in parts):
        joined = "".join(parts)
        yield joined[:TERM_LONGEST]
        for part in parts:
            if is_han(part):
                yield from _suffixes(part)
                yield from readings_of(part, 2)
            else:
                yield part[:TERM_LONGEST]
        return
    for start in range(min(len(parts), 8)):
        yield "".join(parts[start:])[:TERM_LONGEST]
    yield "".join(part[0] for part in parts)[:TERM_LONGEST]


def search_terms(text: str) -> tuple[str, ...]:
    """Return the beginnings to look for when somebody types a part of a name.

    CHAN is looked for as itself, as a reading, and as the family names that are written so.
    """
    words = _WORD.findall(unicodedata.normalize("NFKC", clean_name(text)).casefold())
    if not words:
        return ()
    joined = "".join(words)[:TERM_LONGEST]
    found = [joined]
    if joined.isascii():
        found += families_written(joined)
        if len(words) > 1:
            # the family name may stand first or last
            found.append("".join([*words[1:], words[0]])[:TERM_LONGEST])
            found.append("".join([words[-1], *words[:-1]])[:TERM_LONGEST])
    return tuple(dict.fromkeys(found))[:6]
