"""`linli access`: for the first day, and for when nobody can sign in."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from linli.access.models import Account
from linli.access.services import passwords
from linli.access.testing import make_account
from linli.cli.access import access
from linli.kernel.permits import NOBODY
from linli.places.testing import make_town


def run(*words: str):
    return CliRunner().invoke(access, words)


@pytest.mark.django_db
def test_the_first_operator_gets_a_link_that_works() -> None:
    make_town()

    told = json.loads(run("first-operator", "--json").output)

    from django.utils import timezone

    secret = told["link"].rstrip("/").rsplit("/", 1)[-1]
    account, _ = passwords.use_link(secret, "seven-tigers-9", actor=NOBODY, now=timezone.now())
    assert account.username == told["username"] == "operator"


@pytest.mark.django_db
def test_accounts_are_listed_and_closed() -> None:
    make_town()
    make_account("ye.shaofen", display_name="叶少芬")

    listed = json.loads(run("accounts", "--json").output)
    closed = run("disable", "ye.shaofen", "--reason", "left")

    assert [row["username"] for row in listed] == ["ye.shaofen"]
    assert closed.exit_code == 0
    assert Account.objects.get().state == "disabled"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", [("accounts", "--place", "999"), ("disable", "nobody", "--reason", "x"), ("link", "x")]
)
def test_what_is_not_there_is_told_with_the_way_out(words) -> None:
    make_town()

    result = run(*words)

    assert result.exit_code == 1
    assert "code" in result.output or "accounts" in result.output
