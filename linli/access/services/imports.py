"""Staff and their posts brought in from a file: every row or the reason why not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.access import permits, rules
from linli.access.models import Account, StaffImport
from linli.access.queries.accounts import account_named, taken_usernames
from linli.access.queries.imports import may_seat
from linli.access.services.accounts import invite_account, issue_link
from linli.access.states import AccountState
from linli.access.types import Issued, LinkUse, NewAccount
from linli.kernel import dates
from linli.kernel.errors import Invalid, NotFound, Refusal
from linli.kernel.permits import Actor, require
from linli.orgs import permits as org_permits
from linli.orgs import queries as orgs
from linli.orgs import services as org_services
from linli.orgs.types import Appointment, Arrival, PostDetails
from linli.places.queries.tree import get_place
from linli.trail.services import record

STEP = 250
Rows = Sequence[tuple[int, dict[str, str]]]
Progress = Callable[[int], None]
# rows of one name, office and place that were taken in this pass
Seen = Counter[tuple[str, str, str]]
ARRIVALS = {
    "选举": Arrival.ELECTED, "公开招聘": Arrival.RECRUITED, "选派": Arrival.ASSIGNED,
    "挂职": Arrival.SECONDED, "任命": Arrival.APPOINTED,
}  # fmt: skip


@transaction.atomic
def start_import(
    name: str, path: str, *, is_dry_run: bool, actor: Actor, now: datetime
) -> StaffImport:
    """Note that a file is being brought in. Refuses with NotAllowed."""
    require(actor, permits.IMPORT, at=path)
    return StaffImport.objects.create(
        name=name[:120],
        path=path,
        is_dry_run=is_dry_run,
        started_at=now,
        started_by_id=actor.account_id,
    )


def bring_in(
    run: StaffImport, rows: Rows, tell: Progress, *, actor: Actor, now: datetime
) -> StaffImport:
    """Bring in the rows of a file, a step at a time; a second call goes on where one broke off.

    A dry run does everything and undoes it, so that it finds what the real one would.
    Refuses with NotAllowed.
    """
    require(actor, permits.IMPORT, at=run.path)
    run.rows_count, run.made_count, run.known_count, run.rejected = len(rows), 0, 0, []
    with transaction.atomic() if run.is_dry_run else nullcontext():
        _all(run, rows, tell, actor, now)
        if run.is_dry_run:
            transaction.set_rollback(True)
    run.done_at = now
    run.save()
    record(
        "access.staff_imported",
        on=run,
        actor=actor,
        now=now,
        place=run.path,
        made=run.made_count,
        rejected=len(run.rejected),
        dry=run.is_dry_run,
    )
    return run


def _all(run: StaffImport, rows: Rows, tell: Progress, actor: Actor, now: datetime) -> None:
    seen: Seen = Counter()
    for start in range(0, len(rows), STEP):
        with transaction.atomic():
            for line, fields in rows[start : start + STEP]:
                _one(run, line, fields, seen, actor, now)
        tell(min(start + STEP, len(rows)))


def _one(
    run: StaffImport, line: int, fields: dict[str, str], seen: Seen, actor: Actor, now: datetime
) -> None:
    try:
        with transaction.atomic():
            made = _take(run, fields, seen, actor, now)
    except Refusal as refusal:
        faults = [text for texts in getattr(refusal, "fields", {}).values() for text in texts]
        why = " ".join(map(str, faults)) or str(refusal)
        run.rejected.append({"line": line, "name": fields.get("name", ""), "why": why})
        return
    run.made_count += made
    run.known_count += not made


def _take(
    run: StaffImport, fields: dict[str, str], seen: Seen, actor: Actor, now: datetime
) -> bool:
    place = _place(fields.get("place", ""))
    if not place.startswith(run.path):
        raise Invalid({"place": [_("This place lies outside the one that was chosen.")]})
    name = fields.get("name", "").strip()
    if not name:
        raise Invalid({"name": [_("The name is missing.")]})
    phone = rules.normal_phone(fields.get("phone", "")) if fields.get("phone") else ""
    if phone is None:
        raise Invalid({"phone": [_("This is no mobile number.")]})
    username = fields.get("username", "").lower()
    known = account_named(username or phone or "") if username or phone else None
    key = (name, fields.get("organisation", ""), place)
    if not username and not phone:
        known = _made_before(run, key, seen[key])
    if known is not None and known.display_name != name:
        words = _("The account of this sign-in name or number is somebody else's.")
        raise Invalid({"name": [words]})
    since = _day(fields.get("since", ""), localdate(now))
    account = known or _invite(run, fields, username, phone, place, actor, now)
    if fields.get("post") and may_seat(actor, place):
        _seat(account, fields, place, since, actor, now)
    seen[key] += not username and not phone
    return known is None


def _place(code: str) -> str:
    try:
        return get_place(code).path
    except NotFound as unknown:
        words = _("There is no place with the code “%(code)s”.") % {"code": code}
        raise Invalid({"place": [words]}) from unknown


def _made_before(run: StaffImport, key: tuple[str, str, str], nth: int) -> Account | None:
    """Return the account that this very file made of such a row before it broke off.

    Rows without sign-in name and number are told apart by their order: namesakes of one office are
    as many accounts as rows.
    """
    name, unit, path = key
    made = Account.objects.filter(
        brought_in_by=run, display_name=name, unit=unit, path=path, phone_index__isnull=True
    )
    return made.order_by("pk")[nth : nth + 1].first()


def _invite(
    run: StaffImport,
    fields: dict[str, str],
    username: str,
    phone: str,
    path: str,
    actor: Actor,
    now: datetime,
) -> Account:
    from pypinyin import lazy_pinyin  # its dictionary takes a tenth of every start

    wanted = username or "".join(lazy_pinyin(fields["name"])).lower()
    taken = set() if username else taken_usernames({wanted[:30]})
    new = NewAccount(
        username=username or rules.free_username(wanted, taken),
        display_name=fields["name"].strip(),
        path=path,
        unit=fields.get("organisation", ""),
        phone=phone,
    )
    account, _link = invite_account(new, actor=actor, now=now)
    account.brought_in_by = run
    account.save(update_fields=["brought_in_by"])
    return account


def _seat(
    account: Account, fields: dict[str, str], path: str, since: date, actor: Actor, now: datetime
) -> None:
    today = localdate(now)
    organisation = orgs.organisation_named(fields.get("organisation", ""), path=path, on=today)
    if organisation is None:
        raise Invalid({"organisation": [_("There is no office of this name at the place.")]})
    title = fields["post"]
    seen = orgs.visible_posts(actor).filter(organisation=organisation, closed_on__isnull=True)
    post = seen.filter(title=title).first()
    if post is None and not actor.may(org_permits.EDIT, at=path):
        words = _("The office has no post “%(title)s”, and you may not make one.")
        raise Invalid({"post": [words % {"title": title}]})
    if post is None:
        details = PostDetails(title=title, kind=_kind(fields.get("kind", "")), seats=None)
        post = org_services.add_post(organisation, details, actor=actor, now=now)
    held = orgs.holdings_of_account(account.pk, today)
    if any(one.post_id == post.pk for one in held):
        return
    came_by = ARRIVALS.get(fields.get("came_by", ""), Arrival.APPOINTED)
    appointment = Appointment(holder_name=account.display_name, since=since, came_by=came_by)
    org_services.appoint(post, appointment, account_id=account.pk, actor=actor, now=now)


def _kind(text: str) -> str:
    for kind in orgs.post_kinds():
        if text in (kind.code, kind.name, kind.name_en):
            return str(kind.code)
    if text:
        raise Invalid({"kind": [_("There is no kind of post called “%(text)s”.") % {"text": text}]})
    return "other"


def _day(text: str, today: date) -> date:
    if not text:
        return today
    try:
        return dates.parse(text, today=today, lean=dates.Lean.PAST)
    except dates.NotADate as error:
        raise Invalid({"since": [f"“{text}”: {error}"]}) from error


def first_links(run: StaffImport, *, actor: Actor, now: datetime) -> list[tuple[Account, Issued]]:
    """Make the first links of all accounts that a file brought in and that are not used yet.

    Called again, it makes new ones and the older die. Refuses with NotAllowed.
    """
    require(actor, permits.IMPORT, at=run.path)
    waiting = Account.objects.filter(brought_in_by=run, state=AccountState.INVITED)
    made: list[tuple[Account, Issued]] = []
    with transaction.atomic():
        for account in waiting.order_by("path", "unit", "display_name", "pk"):
            made.append((account, issue_link(account, LinkUse.INVITE, actor=actor, now=now)))
        record("access.links_made", on=run, actor=actor, now=now, place=run.path, count=len(made))
    return made
