"""What a service may refuse with. Anything else that is raised is a bug.

Refusal
├── NoJson       400  a body that is not JSON
├── NotAllowed   403  the actor lacks the permit
├── NotFound     404  nothing here, or not the actor's to see
├── WrongState   409  not possible now
│   ├── Stale    409  somebody else saved meanwhile
│   └── Meanwhile 409 somebody else entered the same at that moment
├── WrongMethod  405  an address that does not take such a request
├── NotJson      415  a form where JSON is read
├── Invalid      422  values that cannot be accepted, field by field
├── OutOfRange   422  a number or day that no column and no calendar holds
├── TooMany      429  too often in a short time
├── Broken       500  an error of the program, told without its words
├── Busy         503  try again
└── Full         507  no space is left
"""

from __future__ import annotations

import errno
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.utils.translation import gettext_lazy as _

# a longer wait is told in minutes
LONGEST_IN_SECONDS = 90


class Refusal(Exception):
    """A request was understood and turned down. `str()` of it is safe to show."""

    code = "refused"
    status = HTTPStatus.BAD_REQUEST
    message = _("This cannot be done.")

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.code, details)

    def __str__(self) -> str:
        return str(self.message) % self.details


class NoJson(Refusal):
    """A body that stops being JSON at a line and column, counted from 1."""

    code = "no_json"
    message = _("The body is not JSON that can be read: look at line %(line)s, column %(column)s.")


class NotAllowed(Refusal):
    code = "not_allowed"
    status = HTTPStatus.FORBIDDEN
    message = _("You may not do this here. Ask the office that is responsible for this place.")


class NotFound(Refusal):
    code = "not_found"
    status = HTTPStatus.NOT_FOUND
    message = _("There is nothing here, or it is not yours to see.")


class WrongState(Refusal):
    code = "wrong_state"
    status = HTTPStatus.CONFLICT
    message = _(
        "This is not possible as it stands now: somebody may have decided meanwhile. Look at it again."
    )


class Stale(WrongState):
    """The thing was changed by somebody else after the actor had read it."""

    code = "stale"
    message = _("Somebody else saved this meanwhile. Compare, then save again.")


class Meanwhile(WrongState):
    """Raised by nobody: what a unique value is told as that somebody else wrote after it was seen to be free."""

    code = "meanwhile"
    message = _(
        "Somebody else entered the same at this very moment. Nothing of yours was saved. Look at theirs, and send yours again if it is still needed."
    )


class WrongMethod(Refusal):
    code = "wrong_method"
    status = HTTPStatus.METHOD_NOT_ALLOWED
    message = _("This address does not take such a request.")


class NotJson(Refusal):
    code = "not_json"
    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    message = _("Send the body as JSON.")


class Invalid(Refusal):
    """Values that cannot be accepted. `fields` maps a field name to its messages."""

    code = "invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("Please correct the marked fields.")

    def __init__(self, fields: dict[str, list[str]], **details: object) -> None:
        self.fields = fields
        super().__init__(**details)


class OutOfRange(Refusal):
    """Raised by nobody: what an overflow of a number or a day from outside is told as."""

    code = "out_of_range"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("A number or a day in this request is far too large or too small.")


class TooMany(Refusal):
    """`retry_after` is in whole seconds."""

    code = "too_many"
    status = HTTPStatus.TOO_MANY_REQUESTS
    message = _("Too many attempts. Try again in %(retry_after)s seconds.")
    after_minutes = _("Too many attempts. Try again in %(minutes)s minutes.")

    def __str__(self) -> str:
        wait = int(str(self.details["retry_after"]))
        if wait <= LONGEST_IN_SECONDS:
            return super().__str__()
        return str(self.after_minutes) % {"minutes": -(-wait // 60)}


class Broken(Refusal):
    """Never raised: what a machine is told when the program broke."""

    code = "error"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    message = _("Something broke on our side. It was not your doing; it has been recorded.")


class Busy(Refusal):
    """Something else is at work on the same. Also told when the database gave up waiting or working."""

    code = "busy"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = _("This is being worked on at the moment. Try again in a few seconds.")


class Full(Refusal):
    """Never raised: what is told when a disk has no space left, the database's or that of files."""

    code = "full"
    status = HTTPStatus.INSUFFICIENT_STORAGE
    message = _(
        "No space is left to keep this. Nothing was saved. Tell whoever runs the system, and send it again later."
    )


NO_SPACE = frozenset({errno.ENOSPC, errno.EDQUOT})
# PostgreSQL's own codes: for a full disk; for numbers, days and moments beyond its types
DISK_FULL = "53100"
BEYOND = frozenset({"22003", "22008"})
# a unique value that is there already, a time that overlaps
TAKEN = frozenset({"23505", "23P01"})
# a lock not given in time, work stopped for its length, two who waited for each other: all undone
GAVE_UP = frozenset({"55P03", "57014", "40P01"})
log = structlog.get_logger("linli.errors")


def refusal_in(error: BaseException) -> Refusal | None:
    """Return what an error is told as if it is the doing of whoever asked, else None."""
    if isinstance(error, Refusal):
        return error
    source: Any = error.__cause__ or error
    state = getattr(source, "sqlstate", None)
    busy = busy_in(error)
    if busy is not None:
        log.warning("database_gave_up", state=state)
        return busy
    if state in TAKEN and source.diag.constraint_name in settings.LINLI_RACES:
        return Meanwhile()
    return OutOfRange() if isinstance(error, OverflowError) or state in BEYOND else None


def busy_in(error: BaseException | None) -> Busy | None:
    """Return what is told when the database gave up waiting or working, None for any other error."""
    source = error and (error.__cause__ or error)
    return Busy() if getattr(source, "sqlstate", None) in GAVE_UP else None


def is_full(error: BaseException | None) -> bool:
    """Say whether an error, or one that led to it, is a disk without space.

    What `raise … from None` put away has been dealt with and led to nothing.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if getattr(error, "sqlstate", None) == DISK_FULL:
            return True
        if isinstance(error, OSError) and error.errno in NO_SPACE:
            return True
        before = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or before
    return False
