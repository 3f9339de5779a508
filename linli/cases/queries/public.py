"""What everybody may see of cases, decided here once for page, map, feed, API and suggestions.

Only cases of level 1, never tips, parts, withdrawn ones or those about a post; of these the category, the state, a rough
place and the day; words and photos only once a post released them. Asking by place never goes
below the village and never by the exact point, so that no filter tells more than the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.models import Case, CaseFile, Category, PublicWords
from linli.cases.queries.in_charge import in_charge
from linli.cases.queries.kinds import all_kinds, state_of
from linli.cases.queries.wholes import wholes_of
from linli.cases.rules.shown import CELL, rough
from linli.cases.types.kinds import Stage
from linli.cases.types.public import PublicCase, PublicWanted, PublicWord
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import DEFAULT_LIMIT, Keyset, Page, in_steps, page_of
from linli.kernel.paths import code_of
from linli.kernel.permits import PUBLIC
from linli.kernel.registries import PLACE_NAMES
from linli.places import queries as places
from linli.places.types import PlaceRow
from linli.ui.formats import is_chinese

LEVELS = ("city", "town", "village")
AT_ONCE = 500
# what may name somebody by its mere existence
NEVER_SHOWN = ("tip",)
TAKEN_BACK = "withdrawn"
# what `shown` reads of a case
WITH = ("category__parent",)
NEWEST = Keyset("new", ("-opened_at", "-pk"))
# steps that change what everybody sees, besides the moves of the kind
SHOWN_STEPS = ("open", "release", "withhold", "release_photo", "withhold_photo")
UPDATED = """
SELECT case_id, max(at) FROM cases_caseevent WHERE case_id = ANY(%s) AND move = ANY(%s)
 GROUP BY case_id
"""


def public_place(code: str) -> PlaceRow:
    """Return a city, town or village by its code. Refuses with NotFound, also for what is below."""
    place = places.chain_of(code)[-1]
    if place.level not in LEVELS:
        raise NotFound(code=code)
    return place


def public_cases(place: PlaceRow | None = None) -> QuerySet[Case]:
    """Cases that everybody may see, at a place and below."""
    kinds = sorted({kind.key for kind in all_kinds() if kind.may_be_released})
    found = Case.objects.filter(
        kind__in=kinds, level=PUBLIC, parent__isnull=True, about_post_id__isnull=True
    )
    found = found.exclude(matter__in=NEVER_SHOWN).exclude(state=TAKEN_BACK)
    return found if place is None else found.filter(**{f"{place.level}_id": place.id})


def list_public(
    place: PlaceRow,
    wanted: PublicWanted = PublicWanted(),
    *,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> Page[PublicCase]:
    """Return a page of public cases, newest first, each matter once. Refuses with Invalid."""
    found = listed_public(place, wanted).select_related(*WITH)
    page = page_of(found, NEWEST, cursor=cursor, limit=limit)
    return Page(shown(page.items), page.next, page.previous, page.count, page.has_more_than_count)


def all_public(place: PlaceRow, wanted: PublicWanted) -> Iterator[PublicCase]:
    """Yield public cases as the list has them, some hundred at a time."""
    found = listed_public(place, wanted).select_related(*WITH)
    for rows in in_steps(found, NEWEST, AT_ONCE):
        yield from shown(rows)


def listed_public(place: PlaceRow, wanted: PublicWanted) -> QuerySet[Case]:
    """Public cases of a place that are asked for, each matter once."""
    found = public_cases(place).filter(merged_into__isnull=True)
    if wanted.category:
        found = found.filter(category__code=wanted.category)
    if wanted.stage:
        found = found.filter(stage=wanted.stage)
    if wanted.cell is not None:
        west, south = (part // CELL * CELL for part in wanted.cell)
        found = found.filter(
            lon__range=(west, west + CELL - 1), lat__range=(south, south + CELL - 1)
        )
    return found


def get_public(number: str, place: PlaceRow | None = None) -> PublicCase:
    """Return one case as everybody sees it. Refuses with NotFound."""
    found = public_cases(place).filter(number=number).select_related(*WITH)
    case = found.first()
    if case is None:
        raise NotFound()
    return shown([case])[0]


def may_be_followed(number: str, path: str) -> bool:
    """Say whether somebody at a place may follow a matter: public, open, of her village."""
    try:
        place = public_place(code_of(_village_of(path)))
    except NotFound:
        return False
    found = public_cases(place).filter(number=number, is_open=True, merged_into__isnull=True)
    return found.exists()


def released_at_place(place: PlaceRow, limit: int) -> list[PublicCase]:
    """Return the newest public cases of a place, for feeds."""
    found = public_cases(place).filter(merged_into__isnull=True).select_related(*WITH)
    return shown(list(found.order_by("-opened_at", "-pk")[:limit]))


def shown(cases: Sequence[Case]) -> list[PublicCase]:
    """Return cases as everybody sees them; the caller has chosen them from `public_cases`."""
    ids = [case.pk for case in cases]
    words, photos, updated = _words_of(ids), photos_of(ids), _updated(ids)
    wholes = _wholes_of(cases)
    villages = {case.pk: _village_of(case.path) for case in (*cases, *wholes.values())}
    names, charged = PLACE_NAMES.call(villages.values()), in_charge(list(wholes.values()))
    return [
        PublicCase(
            id=case.pk,
            number=case.number,
            kind=case.kind,
            category=category_name(case.category),
            category_code=case.category.code if case.category else "",
            place=names.get(villages[case.pk], ""),
            place_code=code_of(villages[case.pk]),
            opened_on=localdate(case.opened_at),
            updated_on=updated.get(case.pk) or localdate(case.opened_at),
            point=rough(case.lon, case.lat),
            words=words.get(case.pk, ()),
            photos=photos.get(case.pk, ()),
            **_standing(case, wholes[case.pk], villages),
            **asdict(charged[wholes[case.pk].pk]),
        )
        for case in cases
    ]


def _standing(case: Case, whole: Case, villages: Mapping[int, str]) -> dict[str, Any]:
    """Where a case stands; one that is the same as another stands where that one does."""
    found = {
        "state": state_of(whole).title,
        "stage": str(Stage(whole.stage)),
    }
    if whole is not case:
        found |= {"same_as": whole.number, "same_as_place": code_of(villages[whole.pk])}
    return found


def category_name(category: Category | None) -> str:
    """Return what a category is called in the reader's language; without one it is something else."""
    if category is None:
        return _("Other matters")
    return category.title if is_chinese() or not category.title_en else category.title_en


def photos_of(case_ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the codes of released photos by case, in the order in which they came."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = CaseFile.objects.filter(case_id__in=list(case_ids), shown__state="kept")
    for case_id, code in rows.order_by("case_id", "pk").values_list("case_id", "shown__code"):
        found[case_id].append(code)
    return found


def everybody_sees(case_id: int) -> bool:
    """Say whether everybody may see a case; what is shown of it is then for everybody too."""
    return public_cases().filter(pk=case_id).exists()


def _words_of(ids: Sequence[int]) -> dict[int, list[PublicWord]]:
    found: dict[int, list[PublicWord]] = defaultdict(list)
    rows = (
        PublicWords.objects.filter(case_id__in=ids, released_at__isnull=False, shown__isnull=False)
        .order_by("case_id", "event__seq")
        .values_list("case_id", "event__seq", "event__at", "shown", "is_by_reporter")
    )
    for case_id, seq, at, text, is_by_reporter in rows:
        found[case_id].append(PublicWord(seq, localdate(at), text or "", is_by_reporter))
    return found


def _updated(ids: Sequence[int]) -> dict[int, date]:
    moves = {move for kind in all_kinds() for move in kind.machine.moves}
    rows = sql.tuples("cases.public_updated", UPDATED, [list(ids), sorted({*moves, *SHOWN_STEPS})])
    return {row[0]: localdate(row[1]) for row in rows}


def _village_of(path: str) -> str:
    """Never more exact than the village: a group or a building may be one household."""
    return "/".join(path.rstrip("/").split("/")[: len(LEVELS)]) + "/"


def _wholes_of(cases: Sequence[Case]) -> dict[int, Case]:
    """A case that is the same as another shares its state, where that one is for everybody too."""
    stands = wholes_of(cases)
    found: dict[int, Case] = {}
    if stands:
        found = public_cases().select_related(*WITH).in_bulk(set(stands.values()))
    return {case.pk: found.get(stands.get(case.pk, 0), case) for case in cases}


def category_choices(place: PlaceRow) -> list[tuple[str, str]]:
    """Return the categories that public cases of a place have, by code."""
    rows = (
        public_cases(place)
        .filter(category__isnull=False)
        .values_list("category__code", "category__title", "category__title_en")
        .order_by(F("category__order"), "category__code")
        .distinct()
    )
    chinese = is_chinese()
    return [(code, title if chinese or not english else english) for code, title, english in rows]


def category_titles() -> dict[str, str]:
    """Return what every category is called, by code, in the order of the tree; other matters last."""
    chinese = is_chinese()
    rows = Category.objects.order_by("order", "code").values_list("code", "title", "title_en")
    found = {code: title if chinese or not english else english for code, title, english in rows}
    return {**found, "": category_name(None)}
