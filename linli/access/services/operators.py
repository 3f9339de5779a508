"""The first operator of an installation, and the rights that kinds of posts begin with."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from linli.access import rules
from linli.access.errors import OperatorExists
from linli.access.models import Account, GivenRight
from linli.access.queries.rights import live
from linli.access.services.accounts import issue_link
from linli.access.states import AccountKind, AccountState
from linli.access.templates_of_rights import KIND_RIGHTS, TEMPLATES
from linli.access.types import Issued, LinkUse, RightKind
from linli.kernel import locks
from linli.kernel.errors import NotAllowed
from linli.kernel.permits import Actor, open_to_all
from linli.trail.services import record

FIRST = "operator"
COMMANDS = "only a command on the machine itself calls this, as a job and never for a request"


@open_to_all(COMMANDS)
@transaction.atomic
def first_operator(path: str, *, actor: Actor, now: datetime) -> tuple[Account, Issued]:
    """Make the first operator and the one link by which she sets her password, for a day.

    Asked again before it was used, it gives a new link and the old one dies. The first operator
    also gives rights, until somebody else has been made to do so: then she ends that right.
    Refuses with NotAllowed, OperatorExists.
    """
    if not actor.is_system:
        raise NotAllowed()
    locks.hold("access.operators")
    known = (
        Account.objects.filter(
            pk__in=GivenRight.objects.filter(
                live(now), template="operator", account__isnull=False
            ).values("account_id")
        )
        .exclude(state=AccountState.DISABLED)
        .first()
    )
    if known is not None and known.state == AccountState.ACTIVE:
        raise OperatorExists(name=known.username, move="make", state="made")
    account = known or _new_operator(path, actor, now)
    link = issue_link(
        account, LinkUse.FIRST_OPERATOR, actor=actor, now=now, life=rules.FIRST_OPERATOR_LIFE
    )
    record("access.first_operator", on=account, actor=actor, now=now, place=path)
    return account, link


def _new_operator(path: str, actor: Actor, now: datetime) -> Account:
    account = Account(
        username=rules.free_username(FIRST, _taken()),
        kind=AccountKind.STAFF,
        display_name=_("System operator"),
        path=path,
        created_at=now,
    )
    account.set_unusable_password()
    account.save()
    for template in ("operator", "starter"):
        GivenRight.objects.create(
            kind=RightKind.ORDINARY,
            account=account,
            template=template,
            path=path,
            ceiling=TEMPLATES[template].ceiling,
            starts_at=now,
            given_at=now,
        )
    return account


def _taken() -> set[str]:
    return set(
        Account.objects.filter(username__startswith=FIRST).values_list("username", flat=True)
    )


@open_to_all(COMMANDS)
@transaction.atomic
def seed_kind_rights(path: str, *, actor: Actor, now: datetime) -> int:
    """Give each kind of post the template that is usual for it; what was changed stays changed.

    A kind that ever had a right is left alone, also if that right was ended since.
    Refuses with NotAllowed.
    """
    if not actor.is_system:
        raise NotAllowed()
    locks.hold("access.kinds")
    known = set(
        GivenRight.objects.exclude(post_kind="").values_list("post_kind", "template").distinct()
    )
    made = [
        GivenRight(
            kind=RightKind.ORDINARY,
            post_kind=kind,
            template=template,
            path=path,
            ceiling=TEMPLATES[template].ceiling,
            starts_at=now,
            given_at=now,
        )
        for kind, templates in KIND_RIGHTS.items()
        for template in templates
        if (kind, template) not in known
    ]
    for right in GivenRight.objects.bulk_create(made):
        record("access.right_given", on=right, actor=actor, now=now, place=path)
    return len(made)
