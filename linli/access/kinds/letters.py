"""What access tells people: what happened to their account, their rights, what they asked for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.notify.types import told

SIGN_IN, WORK, OWN = "notify.sign_in", "notify.work", "notify.own_matters"

LETTERS = (
    told(
        "access.new_device", _("Sign-in from a new device"), SIGN_IN,
        _("Somebody signed in to your account on %(when)s with %(device)s. If it was not you, end "
          "the session at once and change your password."),
        short=_("Your Linli account was used on a new device. Not you? End the session under "
                "“Sign-in and security”."),
    ),
    told(
        "access.many_tries", _("Somebody tries passwords on your sign-in"), SIGN_IN,
        _("Very many passwords were tried with your name today, and no more are let through for now. "
          "Where you signed in last you come in as ever. Choose a new password if anybody may know yours."),
        short=_("Many passwords were tried on your Linli account today. May anybody know yours? Choose a new one."),
    ),
    told(
        "access.reset_asked", _("A reset of your sign-in was asked for"), SIGN_IN,
        _("Two people now decide about it. If you did not ask, tell whoever looks after accounts."),
        short=_("A reset of your Linli sign-in was asked for. Not you? Tell your office."),
    ),
    told(
        "access.reset_approved", _("Your sign-in can be set anew"), SIGN_IN,
        _("Two people approved. You get a link from one of them by hand; it works once."),
    ),
    told(
        "access.reset_refused", _("Your sign-in is not set anew"), SIGN_IN,
        _("The reason: %(reason)s"),
    ),
    told(
        "access.act_asked", _("Two people are asked about your account"), SIGN_IN,
        _("%(what)s: it is done once a second person approved. If it is not right, tell both your "
          "office and whoever checks the trail."),
        short=_("A change of your Linli account was asked for. Not right? Tell your office."),
    ),
    told(
        "access.act_refused", _("A second person did not approve"), WORK,
        _("What you asked for the account of %(name)s is not approved. The reason: %(reason)s"),
    ),
    told(
        "access.password_set", _("Your password was changed"), SIGN_IN,
        _("All other sessions have ended. If it was not you, tell whoever looks after accounts."),
        short=_("Your Linli password was changed. Not you? Tell your office."),
    ),
    told(
        "access.badge_tied", _("A badge was tied to your account"), SIGN_IN,
        _("It opens nothing until you confirm it under “Sign-in and security”. If it is not yours, "
          "take it off there and tell whoever looks after accounts."),
        short=_("A badge was tied to your Linli account. Not yours? Take it off under “Sign-in "
                "and security”."),
    ),
    told(
        "access.badge_taken_off", _("Your badge was taken off your account"), SIGN_IN,
        _("It opens nothing any more. If you did not ask for it, tell whoever looks after accounts."),
    ),
    told(
        "access.deputy_named", _("You stand in for a post"), WORK,
        _("You stand in for “%(post)s” from %(since)s to %(until)s."),
    ),
    told(
        "access.deputy_of_post", _("Somebody stands in for your post"), WORK,
        _("%(name)s stands in for “%(post)s” from %(since)s to %(until)s."),
    ),
    told(
        "access.deputy_ended", _("You stand in no longer"), WORK,
        _("You no longer stand in for “%(post)s”."),
    ),
    told(
        "access.post_tied", _("You hold a post"), WORK,
        _("You hold “%(post)s”, with all that it may do. Is that wrong? Tell whoever looks after "
          "accounts."),
    ),
    told(
        "access.post_untied", _("A post is not yours any more"), WORK,
        _("“%(post)s” stands with another account from now on."),
    ),
    told(
        "access.right_given", _("You got a right"), WORK,
        _("%(right)s, %(place)s. It holds from now on."),
    ),
    told(
        "access.right_ended", _("A right of yours has ended"), WORK,
        _("%(right)s, %(place)s."),
    ),
    told(
        "access.person_untied", _("Your sign-in is tied to no entry of the register"), SIGN_IN,
        _("Two entries of the register of people were one by mistake, and your sign-in was tied to "
          "them then. Come by the office with your identity card to have it tied to your own."),
    ),
    told(
        "access.post_joined", _("You have another post"), WORK,
        _("“%(post)s”. Two entries of the register of people were found to be you. If that is wrong, "
          "tell whoever looks after accounts."),
    ),
    told(
        "access.to_review", _("A right waits for your second look"), WORK,
        _("%(name)s has “%(right)s”, %(place)s. Say under “Reviews” whether it was justified."),
    ),
    told(
        "access.mandate_given", _("You let somebody act for you"), OWN,
        _("%(name)s may act for you until %(until)s. You can end this at any time."),
        short=_("Somebody may act for you in Linli from now on. Not right? Tell your office."),
    ),
    told(
        "access.mandate_held", _("You may act for somebody"), OWN,
        _("You may act for %(name)s until %(until)s. Everything you do for them is shown to them."),
    ),
    told(
        "access.mandate_ended", _("Acting for somebody has ended"), OWN,
        _("%(agent)s no longer acts for %(principal)s."),
    ),
    told(
        "access.number_moved", _("You sign in with another number now"), SIGN_IN,
        _("The office has seen your identity document and moved your account to this number. If it "
          "was not you, tell the office at once."),
        short=_("You sign in to Linli with this number now. Not you? Tell your office."),
    ),
    told(
        "access.number_gone", _("This number opens no account any more"), SIGN_IN,
        _("The account that had this number was moved to another one at the office. If it was yours "
          "and you did not ask for it, tell the office at once."),
        short=_("The Linli account of this number was moved to another number. Not you? Tell your office."),
    ),
    told(
        "access.account_closed", _("The account of this number is closed"), SIGN_IN,
        _("Nobody signs in to it any more. If you did not ask for it, tell the office."),
        short=_("The Linli account of this number is closed. Not you? Tell your office."),
    ),
    told(
        "access.data_request_received", _("Your request about your data is here"), OWN,
        _("Request %(number)s is answered by %(day)s."),
        subject=_("Request %(number)s received"),
    ),
    told(
        "access.erasure_wanted", _("Somebody asks for their data to be deleted"), WORK,
        _("Request %(number)s asks for a deletion and is answered by %(day)s. Whoever took it may not "
          "erase: you may."),
    ),
    told(
        "access.data_request_answered", _("Your request about your data was answered"), OWN,
        _("Request %(number)s was answered. The answer stands with it."),
        subject=_("Answer to request %(number)s"),
        short=_("Request %(number)s about your data was answered, see your messages."),
    ),
)  # fmt: skip
