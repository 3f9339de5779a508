"""Fills the invented town's posts, gives sign-ins, and keeps what is printed about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from linli.access.models import Account, GivenRight
from linli.access.queries.actors import account_actor
from linli.access.services import demo, operators, rights, tokens
from linli.access.templates_of_rights import TEMPLATES
from linli.access.types import DemoSignIn, NewAccount, NewRight, NewToken
from linli.demo.cast import CAST, CITY_CAST, HOURS, OFFICES, RESIDENT_NAME, RESIDENT_PHONE, Part
from linli.kernel.paths import CITY_PATH
from linli.kernel.permits import Actor
from linli.orgs.models import Organisation, OrganisationVersion, Post, PostHolding
from linli.orgs.services import holdings, posts, register
from linli.orgs.types import Appointment, PostDetails
from linli.places.models import Place

SINCE = date(2026, 1, 15)


def fill_posts(*, actor: Actor, now: datetime) -> None:
    """Put the cast into their posts and describe the offices. A second run changes nothing."""
    operators.seed_kind_rights(CITY_PATH, actor=actor, now=now)
    for part in CAST:
        _make_post(part, actor=actor, now=now)
        post = _post(part)
        if PostHolding.objects.filter(post=post, holder_name=part.name).exists():
            continue
        appointment = Appointment(part.name, SINCE, part.came_by)
        holdings.appoint(post, appointment, actor=actor, now=now)
    for code in OFFICES:
        _describe_office(code, actor=actor, now=now)


def _post(part: Part) -> Post:
    return _posts(part)[0]


def _posts(part: Part) -> QuerySet[Post]:
    found = Post.objects.filter(
        organisation__place__code=part.place,
        organisation__kind_id=part.org,
        kind_id=part.post,
        closed_on__isnull=True,
    ).order_by("pk")
    return found.filter(title=part.title) if part.title else found


def _make_post(part: Part, *, actor: Actor, now: datetime) -> None:
    """Make a post that a place has beside the usual ones; the chair stands above it."""
    if not part.title or _posts(part).exists():
        return
    body = Organisation.objects.get(place__code=part.place, kind_id=part.org)
    chair = Post.objects.filter(organisation=body, kind_id="committee_chair").order_by("pk")[0]
    details = PostDetails(part.title, part.post, rank=180, above_id=chair.pk)
    posts.add_post(body, details, actor=actor, now=now)


def _describe_office(code: str, *, actor: Actor, now: datetime) -> None:
    kinds = ("villagers_committee", "residents_committee", "township_government")
    for organisation in Organisation.objects.filter(place__code=code, kind_id__in=kinds):
        version = OrganisationVersion.objects.filter(organisation=organisation, until=None).get()
        if version.phone:
            continue
        phone, address = OFFICES[code]
        details = _details(version, phone=phone, address=address, hours=HOURS)
        register.correct_organisation(
            organisation, details, edition=organisation.edition, actor=actor, now=now
        )


def _details(version: OrganisationVersion, **more: str) -> Any:
    from linli.orgs.types import Details

    names = Details.__dataclass_fields__
    return Details(**{**{name: getattr(version, name) for name in names}, **more})


def sign_ins(*, actor: Actor, now: datetime) -> list[dict[str, str]]:
    """Make the demo's accounts and return what is printed about each, the same every time."""
    shown = [_staff_sign_in(part, actor=actor, now=now) for part in CAST if part.username]
    shown += [_city_sign_in(part, actor=actor, now=now) for part in CITY_CAST]
    bodies = {part.username: _body(part) for part in CAST if part.username}
    rows = [{**asdict(entry), "body": bodies.get(entry.username, "")} for entry in shown]
    village = Place.objects.get(code=CAST[0].place)
    phone, code = demo.create_demo_resident(
        RESIDENT_PHONE, None, RESIDENT_NAME, village.path, actor=actor, now=now
    )
    rows.append(
        {"post": "居民", "place": _called(village), "username": phone, "password": code,
         "totp_secret": "", "phone": phone, "code": code}
    )  # fmt: skip
    token = _token("token", _new_token, now=now)
    rows.append(
        {"post": "API", "place": _called(village), "username": "", "password": "", "totp_secret": "",
         "token": token}
    )  # fmt: skip
    key = _token("open311", _open311_key, now=now)
    rows.append(
        {"post": "Open311", "place": "东莞市", "username": "", "password": "", "totp_secret": "",
         "open311_key": key}
    )  # fmt: skip
    return rows


def _staff_sign_in(part: Part, *, actor: Actor, now: datetime) -> DemoSignIn:
    place = Place.objects.get(code=part.place)
    post = _post(part)
    new = NewAccount(part.username, part.name, place.path, unit=place.name)
    entry = demo.create_demo_account(
        new, post=post.title, place=_called(place), actor=actor, now=now
    )
    account = Account.objects.get(username=part.username)
    for holding in PostHolding.objects.filter(holder_name=part.name, path=place.path, until=None):
        if holding.account_id != account.pk:
            holdings.link_account(holding, account.pk, actor=actor, now=now)
    return entry


def _body(part: Part) -> str:
    """The body of a post as people call it, without the place before it: 村委会, 监委会."""
    post = _post(part)
    place = Place.objects.get(code=part.place)
    version = OrganisationVersion.objects.filter(
        organisation=post.organisation_id, until=None
    ).get()
    called = version.short_name or version.name
    # the village's own sign stays: 示范一村委会 is the 村委会 of 示范一
    return called.removeprefix(place.short_name.removesuffix("村")).removeprefix(place.name)


def _called(place: Place) -> str:
    return place.short_name if place.level == "village" else place.name


def _city_sign_in(part: Any, *, actor: Actor, now: datetime) -> DemoSignIn:
    new = NewAccount(part.username, part.name, CITY_PATH, unit=part.post)
    entry = demo.create_demo_account(new, post=part.post, place="东莞市", actor=actor, now=now)
    account = Account.objects.get(username=part.username)
    if not GivenRight.objects.filter(account=account).exists():
        for template in part.templates:
            _give(account.pk, template, actor=actor, now=now)
    return entry


def _give(account_id: int, template: str, *, actor: Actor, now: datetime) -> None:
    new = NewRight(
        CITY_PATH,
        TEMPLATES[template].ceiling,
        template=template,
        account_id=account_id,
        starts_at=now,
    )
    rights.give_right(new, actor=actor, now=now)


def _token(name: str, make: Callable[[datetime], str], *, now: datetime) -> str:
    """A key is shown again on each start: its secret lies beside the demo's mark."""
    kept = settings.LINLI_HOME / "demo"
    words = kept.read_text().strip()
    known = json.loads(words) if words else {}
    if name not in known:
        known[name] = make(now)
        kept.write_text(json.dumps(known))
        kept.chmod(0o600)
    return str(known[name])


def _open311_key(now: datetime) -> str:
    account = Account.objects.get(username="city.plan")
    person = account_actor(account.pk, now=now)
    new = NewToken("Open311", ("exchange.report",), CITY_PATH, 1, now + timedelta(days=365))
    return tokens.make_token(new, actor=person, now=now).secret


def _new_token(now: datetime) -> str:
    account = Account.objects.get(username="ye.shaofen")
    place = Place.objects.get(code=CAST[0].place)
    person = account_actor(account.pk, now=now)
    post = PostHolding.objects.filter(account_id=account.pk, until=None).order_by("pk")[0]
    year = now + timedelta(days=365)
    new = NewToken("demo", ("people.view",), place.path, 4, year, post_id=post.post_id)
    return tokens.make_token(new, actor=person, now=now).secret
