"""Where a report belongs, what was reported by whom, and the spots whose codes are printed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.access.queries.choices import place_choices
from linli.cases import permits
from linli.cases.models import CaseFile, Reporter, ReportSpot
from linli.cases.models.contacts import contact_of
from linli.cases.queries.handling import works_on
from linli.cases.rules.reaching import corrected
from linli.cases.types.filing import UNSENT, Correction, Naming
from linli.cases.types.sections import CaseHead
from linli.files.queries import files_by_codes
from linli.files.types import Owner, Policy
from linli.kernel import sql
from linli.kernel.errors import NotFound
from linli.kernel.paging import Keyset
from linli.kernel.paths import VILLAGE_DEPTH
from linli.kernel.permits import VAULT, Actor, Permit
from linli.kernel.reach import in_reach
from linli.places import queries as places
from linli.places.types import PlaceRow

if TYPE_CHECKING:
    from linli.files.models import StoredFile

MILLION = 1_000_000
SPOTS_BY_TITLE = Keyset("title", ("path", "title", "id"))
# the reporter herself, or whoever follows the case as the same as hers
REACHED = """
SELECT EXISTS (SELECT 1 FROM cases_reporter WHERE case_id = %s
                  AND (by_sms OR account_id IS NOT NULL OR person_id IS NOT NULL))
    OR EXISTS (WITH RECURSIVE down(id) AS (
                    SELECT id FROM cases_case WHERE merged_into_id = %s
                    UNION ALL
                    SELECT c.id FROM down JOIN cases_case c ON c.merged_into_id = down.id)
               SELECT 1 FROM down JOIN cases_reporter r ON r.case_id = down.id
                WHERE (r.by_sms OR r.account_id IS NOT NULL OR r.person_id IS NOT NULL))
"""


def code_of(path: str) -> str:
    """Return the code of the place at the end of a path."""
    return path.rstrip("/").rpartition("/")[2]


def open_spot(code: str) -> ReportSpot:
    """Return a spot by its printed code. Refuses with NotFound, also for one that was taken down."""
    found = ReportSpot.objects.filter(code=code.upper(), ended_at__isnull=True).first()
    if found is None:
        raise NotFound()
    return found


def spot_by_id(spot_id: int) -> ReportSpot | None:
    """Return a spot that still stands, for its printed code."""
    return ReportSpot.objects.filter(pk=spot_id, ended_at__isnull=True).first()


def spots_at(path: str) -> list[tuple[str, int | None, int | None]]:
    """Return (path, lon, lat) of the spots that stand at a place and below; names of nobody."""
    found = ReportSpot.objects.filter(path__startswith=path, ended_at__isnull=True)
    return list(found.values_list("path", "lon", "lat"))


def visible_spots(actor: Actor) -> QuerySet[ReportSpot]:
    """Spots at places where the actor keeps them."""
    return ReportSpot.objects.filter(in_reach(actor, permits.SPOTS), ended_at__isnull=True)


def get_spot(actor: Actor, code: str) -> ReportSpot:
    """Return a spot that the actor keeps. Refuses with NotFound."""
    found = visible_spots(actor).filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def village_around(point: tuple[float, float]) -> tuple[PlaceRow, ...] | None:
    """Return the chain of the village around a point (lon, lat), or None outside the city."""
    lon, lat = point
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    code = places.locate(lon, lat)
    return tuple(places.chain_of(code)) if code else None


def chain_or_none(code: str) -> tuple[PlaceRow, ...] | None:
    """Return the chain of a place of today, or None if there is none of this code."""
    return begin_chain(code)()


def begin_chain(code: str) -> Callable[[], tuple[PlaceRow, ...] | None]:
    """Begin to read what `chain_or_none` returns, and go on; what is returned waits for that alone."""
    read = places.begin_chain(code, is_hurried=True)

    def chain() -> tuple[PlaceRow, ...] | None:
        try:
            found = tuple(read())
        except NotFound:
            return None
        return None if found[-1].valid_to is not None else found

    return chain


def villages_named(words: str, limit: int = 12) -> Sequence[Any]:
    """Return villages and communities by a part of their name; twelve names occur twice."""
    typed = words.strip()
    if not typed:
        return []
    return list(
        places.filtered(level="village", word=typed).order_by("is_invented", "code")[:limit]
    )


def is_reached(case_id: int) -> bool:
    """Say whether the reporter of a case, or a follower, wants to be told; one prepared read."""
    found = sql.tuples("cases.reached", REACHED, [case_id, case_id])
    return bool(found and found[0][0])


def reporter_of(case_id: int) -> Reporter | None:
    """Return who asked, for who may see the case."""
    return Reporter.objects.filter(pk=case_id).first()


def files_of_case(case_id: int, *, upto: int | None = None) -> list[CaseFile]:
    """Return the photos and papers of a case that are still kept, oldest first, to a step if one is given."""
    found = CaseFile.objects.filter(case_id=case_id, file__state="kept")
    if upto is not None:
        found = found.filter(event__seq__lte=upto)
    return list(found.select_related("file").order_by("id"))


def unsent_photos(codes: Sequence[str]) -> list[StoredFile]:
    """Return the photos of these codes that wait for their report, in the order given."""
    if not codes:
        return []
    found = {file.code: file for file in files_by_codes(Owner(UNSENT, 0), codes)}
    return [found[code] for code in codes if code in found]


def unsent_files(codes: Sequence[str], policy: Policy) -> list[StoredFile]:
    """Return those files of these codes that wait for their report and are kept as the policy says."""
    found = unsent_photos(codes)
    return [one for one in found if one.level == policy.level and one.kind in policy.kinds]


def gone_words() -> str:
    """Say that a file of these codes does not wait any more."""
    return _("A file was not sent in time and is gone. Choose it again.")


def cases_of_person(person_id: int) -> list[int]:
    """Return the cases that a person reported, for an erasure; by the order in which they are locked."""
    found = Reporter.objects.filter(person_id=person_id).order_by("pk")
    return list(found.values_list("pk", flat=True))


def cases_of_account(account_id: int, person_ids: Collection[int]) -> list[int]:
    """Return the cases that somebody reported by her account for herself, in the order of locking.

    `person_ids` are her entries in the register; what stands for somebody else is not hers.
    """
    hers = Q(person_id__isnull=True) | Q(person_id__in=person_ids)
    found = Reporter.objects.filter(hers, account_id=account_id).order_by("pk")
    return list(found.values_list("pk", flat=True))


def count_of_person(person_id: int) -> int:
    """Return how many cases a person reported, for the preview of joining entries."""
    return Reporter.objects.filter(person_id=person_id).count()


def places_held(actor: Actor, permit: Permit) -> list[tuple[str, str]]:
    """Return the villages, towns and the city where the actor holds a permit, as (path, name)."""
    found = place_choices(actor, permit)
    return [(path, name) for path, name in found if path.count("/") <= VILLAGE_DEPTH]


def choices_of_places(actor: Actor, permit: Permit) -> list[tuple[str, str]]:
    """Return the same places as options by code."""
    return [(code_of(path), name) for path, name in places_held(actor, permit)]


def would_correct(given: Mapping[int, Correction]) -> frozenset[int]:
    """Return the cases of which a correction says something new; what is kept of them stays here."""
    found = Reporter.objects.filter(pk__in=list(given), forgotten_at=None)
    return frozenset(one.pk for one in found if says_new(one, given[one.pk]))


def says_new(reporter: Reporter, given: Correction) -> bool:
    """Say whether a correction changes what is kept of a reporter."""
    kept, naming = contact_of(reporter), Naming(reporter.naming)
    return corrected(kept, naming, given) != (kept, naming)


def kept_sealed(reporter: Reporter | None) -> list[str]:
    """Return what lies under seal of a reporter: how she is reached, what she answered."""
    names = ("contact", "answers")
    return [one for one in names if reporter is not None and getattr(reporter, one) is not None]


def may_open_contact(actor: Actor, case: CaseHead, reporter: Reporter) -> bool:
    """Say whether an actor may open what lies under seal.

    Of one who wished not to be known to those who handle it: a supervisor who does not handle it.
    """
    level = max(case.level, VAULT)
    if not kept_sealed(reporter) or not actor.may(permits.CONTACT, at=case.path, level=level):
        return False
    if reporter.naming != Naming.WITHHELD:
        return True
    supervises = actor.may(permits.SUPERVISE, at=case.path, level=level)
    return supervises and not works_on(actor, reporter.pk)
