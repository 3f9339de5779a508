"""What rules of routing are refused with."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import WrongState


class NotADraft(WrongState):
    code = "not_a_draft"
    message = _("Only a draft is changed. Copy this set of rules and change the copy.")


class TestsFail(WrongState):
    """Test cases of a set do not go where they must."""

    __test__ = False
    code = "tests_fail"
    message = _(
        "Test cases that do not go where they must: %(count)s. Put the rules right, or the tests."
    )


class Untested(WrongState):
    code = "untested"
    message = _("Write at least one rule and one test case before the rules are put in force.")


class AlreadyBegun(WrongState):
    code = "already_begun"
    message = _("These rules were in force already; they stay on record. Begin a new set.")


class AnotherBegins(WrongState):
    code = "another_begins"
    message = _("Other rules begin on %(day)s already. Choose a later day, or take those back.")


class NothingNamesIt(WrongState):
    code = "nothing_names_it"
    message = _("No list and no rule that you keep names this post any more.")
