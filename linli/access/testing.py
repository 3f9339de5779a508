"""Makers of accounts, posts and rights for tests, and clients that really sign in."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from django.apps import apps
from django.test import Client
from django.utils import timezone
from fido2.utils import websafe_decode, websafe_encode

from linli.access import rules
from linli.access.models import Account, GivenRight
from linli.access.queries.actors import account_actor
from linli.access.secrets import put_phone
from linli.access.services.factors import keep_totp
from linli.access.services.operators import seed_kind_rights
from linli.access.templates_of_rights import KIND_RIGHTS, TEMPLATES
from linli.access.types import RightKind
from linli.kernel.permits import Actor, system_actor
from linli.kernel.testing import CITY, VILLAGE

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
PASSWORD = "correct-horse-42"  # noqa: S105 - of accounts that tests make
TESTER = system_actor("test")
_numbers = count(1)


def make_account(
    name: str = "",
    *,
    path: str = VILLAGE,
    kind: str = "staff",
    state: str = "active",
    password: str = PASSWORD,
    phone: str = "",
    with_totp: bool = True,
    **fields: Any,
) -> Account:
    """Make somebody who can sign in; with an authenticator app unless it is a resident."""
    username = name or f"staff{next(_numbers)}"
    account = Account(
        username=username,
        kind=kind,
        state=state,
        display_name=fields.pop("display_name", username),
        path=path,
        created_at=NOON,
        disabled_at=NOON if state == "disabled" else None,
        **fields,
    )
    account.set_password(password)
    account.save()
    if phone:
        put_phone(account, phone)
        account.save()
    if with_totp and kind == "staff":
        keep_totp(account, totp_secret(account), counter=0, actor=TESTER, now=NOON)
    return account


def totp_secret(account: Account) -> str:
    """Return the authenticator secret that make_account gave."""
    digest = hashlib.sha256(f"test {account.username}".encode()).digest()
    return base64.b32encode(digest[:20]).decode()


def totp_code(account: Account, now: datetime | None = None) -> str:
    """Return the code that the authenticator app shows at a moment."""
    return rules.totp(totp_secret(account), int((now or timezone.now()).timestamp()) // 30)


def make_post(kind: str = "clerk", *, path: str = VILLAGE, title: str = "", **fields: Any) -> Any:
    """Make a post in an organisation of its own at a place; return the post of orgs."""
    from linli.places.testing import make_town, make_village

    code = path.rstrip("/").rsplit("/", 1)[-1]
    place = make_village(code) if path.count("/") == 3 else make_town(code[:9], villages=0)
    number = next(_numbers)
    org_kind, _ = apps.get_model("orgs", "OrgKind").objects.get_or_create(
        code="test_office",
        defaults={
            "name": "办公室", "name_en": "Office", "family": "office", "rank": 1,
            "hierarchy": "government", "basis": "test", "certainty": "sure",
        },
    )  # fmt: skip
    post_kind = _post_kind(kind)
    register: Any = apps.get_model("orgs", "Organisation")
    organisation = register.objects.create(
        code=f"T{number:05}", kind=org_kind, rank=1, place=place, path=place.path,
        city_id=place.city_id, town_id=place.town_id, village_id=place.village_id,
    )  # fmt: skip
    post: Any = apps.get_model("orgs", "Post")
    return post.objects.create(
        organisation=organisation,
        path=place.path,
        kind=post_kind,
        title=title or f"post {number}",
        **fields,
    )


def _post_kind(code: str) -> Any:
    kinds: Any = apps.get_model("orgs", "PostKind").objects
    return kinds.get_or_create(code=code, defaults={"name": code, "name_en": code, "rank": 100})[0]


def make_holding(
    post: Any, account: Account, *, since: date = LONG_AGO, until: date | None = None
) -> Any:
    """Let an account hold a post."""
    organisation = post.organisation
    return apps.get_model("orgs", "PostHolding").objects.create(
        post=post, rank=post.rank, holder_name=account.display_name, account_id=account.pk,
        since=since, until=until, end_reason="resigned" if until else "", came_by="recruited",
        path=post.path, city_id=organisation.city_id, town_id=organisation.town_id,
        village_id=organisation.village_id,
    )  # fmt: skip


def make_right(
    template: str = "", *, permit: str = "", path: str = VILLAGE, **fields: Any
) -> GivenRight:
    """Give a template or a permit, from long ago and without end unless said otherwise."""
    ceiling = fields.pop("ceiling", TEMPLATES[template].ceiling if template else 5)
    return GivenRight.objects.create(
        kind=fields.pop("kind", RightKind.ORDINARY),
        template=template,
        permit=permit,
        path=path,
        ceiling=ceiling,
        starts_at=fields.pop("starts_at", NOON - timedelta(days=2000)),
        given_at=NOON,
        **fields,
    )


def make_staff(template: str = "clerk", *, path: str = VILLAGE, **fields: Any) -> Account:
    """Make a member of staff who holds a post with a template at a place."""
    account = make_account(path=path, **fields)
    post = make_post("clerk", path=path)
    make_holding(post, account)
    make_right(template, path=path, post_id=post.pk)
    return account


def kind_rights() -> None:
    """Give kinds of posts the rights that they have in every city."""
    for kind in KIND_RIGHTS:
        _post_kind(kind)
    seed_kind_rights(CITY, actor=TESTER, now=NOON)


def actor_for(account: Account, now: datetime | None = None) -> Actor:
    """Return the actor that an account is now."""
    return account_actor(account.pk, now=now or timezone.now())


def signed_in(account: Account, *, password: str = PASSWORD, **client: Any) -> Client:
    """Return a client that signed in with password and authenticator code, over the pages."""
    browser = Client(**client)
    answer = browser.post(
        "/en/access/sign-in/", {"username": account.username, "password": password}
    )
    assert answer.status_code == 303, answer.content.decode()
    answer = browser.post("/en/access/sign-in/factor/", {"code": totp_code(account)})
    assert answer.status_code == 303, answer.content.decode()
    return browser


class Authenticator:
    """A passkey device in software: makes one key and proves it, rightly or with a fault."""

    def __init__(self, origin: str = "https://testserver", host: str = "testserver") -> None:
        from cryptography.hazmat.primitives.asymmetric import ec

        self.origin, self.host = origin, host
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.handle, self.count = b"credential-1", b"", 0

    def make(self, options: dict[str, Any]) -> str:
        """Return what a browser answers when a passkey is made."""
        from fido2.cose import ES256
        from fido2.webauthn import (
            Aaguid,
            AttestationObject,
            AttestedCredentialData,
            AuthenticatorData,
        )

        self.handle = websafe_decode(options["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        data = AuthenticatorData.create(
            self._host_hash(),
            AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
            0,
            AttestedCredentialData.create(Aaguid.NONE, self.id, public),
        )
        made = AttestationObject.create("none", data, {})
        client = self._client("webauthn.create", options["challenge"], "")
        response = {"clientDataJSON": client, "attestationObject": websafe_encode(made)}
        return self._answer(response)

    def prove(self, options: dict[str, Any], fault: str = "") -> str:
        """Return what a browser answers when a passkey is proved."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec
        from fido2.webauthn import AuthenticatorData

        flags = AuthenticatorData.FLAG.UP
        if fault != "unverified":
            flags |= AuthenticatorData.FLAG.UV
        self.count += 1
        data = AuthenticatorData.create(self._host_hash(), flags, self.count)
        client = self._client("webauthn.get", options["challenge"], fault)
        digest = hashlib.sha256(websafe_decode(client)).digest()
        key = ec.generate_private_key(ec.SECP256R1()) if fault == "key" else self.key
        signature = key.sign(bytes(data) + digest, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": client,
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(self.handle),
            }
        )

    def _host_hash(self) -> bytes:
        return hashlib.sha256(self.host.encode()).digest()

    def _client(self, kind: str, challenge: str, fault: str) -> str:
        origin = "https://evil.example" if fault == "origin" else self.origin
        given = websafe_encode(b"another challenge") if fault == "challenge" else challenge
        told = {"type": kind, "challenge": given, "origin": origin, "crossOrigin": False}
        return websafe_encode(json.dumps(told).encode())

    def _answer(self, response: dict[str, str]) -> str:
        code = websafe_encode(self.id)
        return json.dumps({"id": code, "rawId": code, "type": "public-key", "response": response})
