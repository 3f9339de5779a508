"""Makers of actors and clients for tests, and a clock that stands still."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.test import Client

from linli.kernel.permits import PERSONAL, Actor, Grant, Permit

if TYPE_CHECKING:
    from pytest import MonkeyPatch

CITY = "441900/"
TOWN = "441900/441900005/"
OTHER_TOWN = "441900/441900006/"
VILLAGE = "441900/441900005/441900005001/"


def make_actor(
    label: str,
    *permits: Permit,
    at: str = VILLAGE,
    ceiling: int = PERSONAL,
    person_id: int | None = None,
    account_id: int | None = 1,
    acting_for: int | None = None,
) -> Actor:
    """Return somebody who holds these permits at a place and below."""
    grants = tuple(Grant(permit.name, at, ceiling) for permit in permits)
    return Actor(account_id, person_id, label, grants, acting_for=acting_for)


def client_of(actor: Actor) -> Client:
    """Return a test client that acts as this actor."""
    extra: dict[str, Any] = {"test.actor": actor}
    return Client(**extra)


def post_json(client: Client, address: str, body: object = None, *, key: str = "") -> Any:
    """Call an address of the API that does something, with a key of its own unless one is given."""
    return client.post(
        address, body or {}, content_type="application/json",
        headers={"Idempotency-Key": key or str(uuid4())},
    )  # fmt: skip


def stop_clock(monkeypatch: MonkeyPatch, moment: datetime) -> None:
    """Let pages and programs be asked at this moment, whatever day it is: that of what a test made.

    Always by monkeypatch: two ways to patch one clock, undone in the wrong order, leave it standing.
    """
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
