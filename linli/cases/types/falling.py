"""By which rule a part of a case goes to another post when the one that has it ends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Rule(StrEnum):
    """In the order in which they are asked."""

    SUCCESSOR = "successor"
    DEPUTY = "deputy"
    ABOVE = "above"
    BODY = "body"
    OFFICE = "office"
    OTHERS = "others"
    NOBODY = "nobody"


RULES = {
    Rule.SUCCESSOR: _("works in the body that takes over"),
    Rule.DEPUTY: _("deputy of the post"),
    Rule.ABOVE: _("the post above, or its deputy"),
    Rule.BODY: _("another post of the same body"),
    Rule.OFFICE: _("the office of the place, or of the place above"),
    Rule.OTHERS: _("also works on such cases there"),
    Rule.NOBODY: _("Nobody is found for them: they wait until somebody takes them."),
}


@dataclass(frozen=True, slots=True)
class Next:
    """Who is asked, and by which rule; nobody without a post."""

    rule: Rule
    org_id: int | None = None
    post_id: int | None = None
