"""Refusals that only access has. None of them tells whether an account or a number exists."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import NotAllowed, Refusal, WrongState

# what the trail calls a try that did not prove who it was
FAILED = "access.sign_in_failed"


class SignInRefused(Refusal):
    recorded = True
    verb = FAILED
    code = "sign_in_refused"
    status = HTTPStatus.FORBIDDEN
    message = _("The name and the password do not fit together. Look at both, then try again.")


class LockedOut(Refusal):
    recorded = True
    verb = FAILED
    code = "locked_out"
    status = HTTPStatus.TOO_MANY_REQUESTS
    message = _(
        "Too many wrong attempts. Signing in is closed for %(minutes)s minutes. "
        "If you forgot the password, ask for a reset."
    )


class FactorMissing(Refusal):
    code = "factor_missing"
    status = HTTPStatus.FORBIDDEN
    message = _(
        "You have no second factor yet. Sign in on a counter computer of your office and set one "
        "up there, or ask two colleagues for a reset."
    )


class CodeRefused(Refusal):
    recorded = True
    verb = FAILED
    code = "code_refused"
    status = HTTPStatus.FORBIDDEN
    message = _("The code does not fit or has run out. Look at it again, or ask for a new one.")


class FactorRefused(Refusal):
    recorded = True
    verb = FAILED
    code = "factor_refused"
    status = HTTPStatus.FORBIDDEN
    message = _("That code is not right. Wait for the next one on your phone and type it in.")


class PinRefused(Refusal):
    recorded = True
    verb = FAILED
    code = "pin_refused"
    status = HTTPStatus.FORBIDDEN
    message = _("That PIN or badge is not right. After %(left)s more, sign in with the password.")


class PinSpent(PinRefused):
    code = "pin_spent"
    message = _("That PIN is not right, and it was the last try. Sign in with the password now.")


class PinClosed(Refusal):
    code = "pin_closed"
    status = HTTPStatus.FORBIDDEN
    message = _("Sign in with your password first. After that the PIN works here until tonight.")


class LinkDead(Refusal):
    code = "link_dead"
    status = HTTPStatus.GONE
    message = _("This link was used or has run out. Ask the person who sent it for a new one.")


class SignInNeeded(Refusal):
    code = "sign_in_needed"
    status = HTTPStatus.UNAUTHORIZED
    message = _("Please sign in first.")


class FreshSignInNeeded(Refusal):
    code = "fresh_sign_in_needed"
    status = HTTPStatus.FORBIDDEN
    message = _("For this, type your password once more.")


class TokenRefused(Refusal):
    recorded = True
    code = "token_refused"
    status = HTTPStatus.UNAUTHORIZED
    message = _("This key is not known, has run out, or its post has ended. Ask for a new one.")


class NotForYourself(NotAllowed):
    code = "not_for_yourself"
    message = _("You cannot give yourself rights or approve your own matter. Ask a colleague.")


class JoinGivesPost(NotAllowed):
    code = "join_gives_post"
    message = _(
        "Joined, %(name)s would sign in with the rights of “%(post)s”, which the other entry holds. "
        "Whoever records the holders of that post has to join the two, or to enter the account with "
        "the post first."
    )


class TwoStaffAccounts(WrongState):
    code = "two_staff_accounts"
    message = _(
        "Both entries sign in as staff: %(one)s and %(other)s. One person has one account: let one "
        "of them be closed first."
    )


class TwoResidentAccounts(WrongState):
    code = "two_resident_accounts"
    message = _(
        "Both entries sign in: one with %(one)s, the other with %(other)s. One person has one account. When they come by with their document, let one account go on with the other's number, or close one, under “Residents' accounts”; then join the two."
    )


class AnotherIsOpen(WrongState):
    code = "another_is_open"
    message = _(
        "%(name)s signs in as %(other)s meanwhile. One person has one account: close that one first."
    )


class SecondPersonNeeded(NotAllowed):
    code = "second_person_needed"
    message = _("The second approval must come from another person than the first.")


class TwoPeopleNeeded(NotAllowed):
    code = "two_people_needed"
    message = _(
        "%(name)s runs the system, gives rights or checks. Closing this account, changing its telephone number, sending a new link or taking that right back takes two people: ask for it on the page of the account, and somebody else approves it."
    )


class DutiesClash(WrongState):
    code = "duties_clash"
    message = _(
        "One person cannot hold both “%(one)s” and “%(other)s”: running the system, giving rights, "
        "checking and supervising are kept apart, and apart from the work that is checked. Choose "
        "another person."
    )


class NameTaken(WrongState):
    code = "name_taken"
    message = _("There is an account with the name “%(name)s”. Choose another.")


class LastFactor(WrongState):
    code = "last_factor"
    message = _("This is the only second factor. Set up another one first, then remove this one.")


class LastOperator(WrongState):
    code = "last_operator"
    message = _("This is the only operator. Make another operator first.")


class OperatorExists(WrongState):
    code = "operator_exists"
    message = _(
        "This installation has an operator already. Sign in as %(name)s, or let two people "
        "approve a reset."
    )


class DemoOnly(WrongState):
    code = "demo_only"
    message = _("Demo sign-ins exist only where the demo was asked for: “linli demo”.")
