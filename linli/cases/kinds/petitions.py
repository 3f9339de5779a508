"""What a petition, its review and its re-examination have in common."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from django.utils.translation import gettext_lazy as _

from linli.cases import permits
from linli.cases.errors import Missing
from linli.cases.kinds.matters import PETITION_MATTERS
from linli.cases.types.kinds import FOR_GOOD, CaseKind, Stage, StateDef
from linli.cases.types.moves import Wish
from linli.kernel.permits import PERSONAL

NOT_ACCEPTED = StateDef(
    _("not accepted"), _("We may not accept this; the rule is named."),
    _("We told you which way is open to you."), Stage.REFUSED,
)  # fmt: skip
# a village decides no petition (AP-01)
petition_kind = partial(
    CaseKind,
    version=1,
    sees=permits.PETITIONS,
    opens=permits.PETITION_WORK,
    opens_at=frozenset({"town", "city"}),
    floor=PERSONAL,
    matters=PETITION_MATTERS,
    keep=FOR_GOOD,
)


def told_why(wish: Wish) -> Wish:
    """Return a note that she withdraws with its reason, which she reads herself."""
    reason = str((wish.given.internal or {}).get("reason", "")).strip()
    if not reason or wish.given.public is not None:
        return wish
    return replace(wish, given=replace(wish.given, public={"text": reason}))


def must_come_with_review(wish: Wish) -> None:
    """Refuse a request for a review that did not open the case of the review. Refuses with Missing."""
    if not wish.given.facts.get("review"):
        raise Missing({"review": [str(_("A review is asked for on its own form."))]})
