"""What the publishing lint says about one field by itself."""

from __future__ import annotations

from collections.abc import Iterator

from linli.formkit.rules.amounts import day_of
from linli.formkit.types import NUMBERS, PERSONAL_KINDS, Audience, Field, Finding, Kind

# scenes in which staff may be asked for a photo or a position (kernel.burden, BU-13, BU-15)
SCENES = ("fire", "safety", "emergency", "acceptance_of_repair")
HEAVY = {Kind.PHOTOS: "photo", Kind.POINT: "location"}


def field_findings(
    path: str, one: Field, audience: Audience, known: frozenset[str]
) -> Iterator[Finding]:
    """Yield faults and warnings of one field or column."""
    yield from _words(path, one)
    yield from _choices(path, one)
    yield from _bounds(path, one)
    yield from _tables(path, one)
    if one.kind in PERSONAL_KINDS and not one.sealed:
        yield Finding("unsealed", path)
    if one.kind is Kind.PLACE and not one.root:
        yield Finding("no_root", path)
    if one.known_from and one.known_from not in known:
        yield Finding("asks_known", path, params={"source": one.known_from})
    if audience is Audience.STAFF:
        yield from _heavy(path, one)


def _words(path: str, one: Field) -> Iterator[Finding]:
    texts = [("label", one.label)]
    texts += [(name, text) for name, text in (("help", one.help), ("unit", one.unit)) if text]
    texts += [("option", option.words) for option in one.options]
    for what, words in texts:
        for language, text in (("zh", words.zh), ("en", words.en)):
            if not text.strip():
                yield Finding("no_words", path, params={"what": what, "language": language})


def _choices(path: str, one: Field) -> Iterator[Finding]:
    if one.kind not in (Kind.CHOICE, Kind.SEVERAL):
        return
    values = [option.value for option in one.options]
    if one.kind is Kind.CHOICE and len(values) < 2:
        yield Finding("one_option", path)
    if not values:
        yield Finding("no_options", path)
    if len(set(values)) != len(values) or "" in values:
        yield Finding("double_option", path)


def _bounds(path: str, one: Field) -> Iterator[Finding]:
    least, most = one.least, one.most
    if one.kind is Kind.DATE:
        if any(isinstance(b, str) and b != "today" and day_of(b) is None for b in (least, most)):
            yield Finding("bad_bound", path)
        elif _crossed(least, most):
            yield Finding("crossed_bounds", path)
    elif one.kind in NUMBERS and isinstance(least, int) and isinstance(most, int) and least > most:
        yield Finding("crossed_bounds", path)
    kind = one.result if one.kind is Kind.COMPUTED else one.kind
    if kind is Kind.DECIMAL and not one.decimals:
        yield Finding("no_decimals", path)


def _crossed(least: object, most: object) -> bool:
    """Say whether two fixed days stand the wrong way round; today moves and is left alone."""
    fixed = isinstance(least, str) and isinstance(most, str) and "today" not in (least, most)
    return fixed and str(least) > str(most)


def _tables(path: str, one: Field) -> Iterator[Finding]:
    if one.kind is not Kind.TABLE:
        return
    asked = [column for column in one.columns if column.kind is not Kind.COMPUTED]
    if not asked:
        yield Finding("no_columns", path)
    if one.min_rows > one.max_rows:
        yield Finding("crossed_bounds", path)
    if one.min_rows == 0 and not one.required:
        for column in asked:
            if column.required:
                yield Finding("required_in_empty", f"{path}.{column.key}", is_fault=False)


def _heavy(path: str, one: Field) -> Iterator[Finding]:
    asks = HEAVY.get(one.kind)
    if asks is None:
        return
    if not one.basis.strip():
        yield Finding("no_basis", path, params={"asks": asks})
    if one.required and one.scene not in SCENES:
        yield Finding("no_scene", path, params={"asks": asks, "scenes": ", ".join(SCENES)})
