"""Any act on a case by its name, the same for pages and API: each calls the service that knows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.errors import HasOwnPage, NoSuchMove
from linli.cases.models import Case
from linli.cases.queries.bases import given_with
from linli.cases.queries.kinds import kind_of
from linli.cases.queries.reading import cases_numbered
from linli.cases.services import assigning, evidence, extending, linking, splitting, words
from linli.cases.services.perform import perform
from linli.cases.types.acting import MERGE, UNMERGE, Act, Typed
from linli.cases.types.kinds import Ask, CaseKind
from linli.cases.types.moves import At, Done, To, Wish
from linli.kernel.errors import Invalid
from linli.kernel.ids import number_typed
from linli.kernel.permits import Actor, open_to_all

Run = Callable[..., Any]
BY_ACT = "each act calls the service that requires its permit"


@open_to_all(BY_ACT)
def act(case: Case, name: str, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    """Do to a case what is named, in the running transaction.

    Refuses with NoSuchMove, HasOwnPage for a move with a form of its own, and with whatever the act
    refuses.
    """
    run = ACTS.get(name)
    if run is not None:
        run(case, at, given, actor=actor, now=now)
        return
    kind = kind_of(case.kind, case.version)
    if name not in kind.machine.moves:
        raise NoSuchMove(move=name)
    if kind.move(name).form:
        raise HasOwnPage(move=name)
    _move(case, kind, name, at, given, actor=actor, now=now)


def _move(
    case: Case, kind: CaseKind, name: str, at: At, given: Typed, *, actor: Actor, now: datetime
) -> Done:
    move, kept = kind.move(name), []
    if Ask.EVIDENCE in move.asks:
        kept = evidence.keep_files(case, given, permit=move.permit, actor=actor, now=now)
    whole = given_with(move, given, localdate(now), tuple(file.code for file in kept))
    wish = Wish(at.case_id, name, whole, at.expected_seq, at.key)
    done = perform(wish, actor=actor, now=now)
    if kept and not done.is_repeated:
        evidence.tie_files(kept, case_id=at.case_id, seq=done.seq, actor=actor, now=now)
    return done


def _offer(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    to = To(given.text("role"), given.number("org"), given.number("post"))
    assigning.offer(at, to, actor=actor, now=now, note=given.text("note"))


def _take(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    assigning.accept(at, given.number("part"), actor=actor, now=now)


def _with_reason(service: Run) -> Run:
    def run(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
        service(at, given.number("part"), reason=given.text("reason"), actor=actor, now=now)

    return run


def _settle(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    competent = given.text("competent") == "yes"
    assigning.settle(
        at, given.number("part"), is_competent=competent, reason=given.text("reason"),
        actor=actor, now=now,
    )  # fmt: skip


def _finish_part(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    assigning.finish_part(at, given.number("part"), note=given.text("note"), actor=actor, now=now)


def _note(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    words.add_note(at, given.text("text"), actor=actor, now=now)


def _tell(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    words.tell_reporter(at, given.text("text"), actor=actor, now=now)


def _extend(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    extending.extend(
        at, given.text("clock"), given.number("amount"), reason=given.text("text"),
        actor=actor, now=now,
    )  # fmt: skip


def _ask_time(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    extending.ask_for_time(
        at, given.text("clock"), given.number("amount"), reason=given.text("reason"),
        actor=actor, now=now,
    )  # fmt: skip


def _say_why(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    words.say_why_late(at, given.text("clock"), given.text("text"), actor=actor, now=now)


def _split(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    splitting.split_case(case, at, given.values.get("parts") or (), actor=actor, now=now)


def _other(case: Case, given: Typed, actor: Actor) -> str:
    """Return the number of another case that was typed. Refuses with Invalid for one that is none."""
    number = number_typed(given.text("number"))
    if number == case.number:
        raise Invalid({"number": [_("This is the number of this case itself. Write that of another.")]})  # fmt: skip
    if not cases_numbered(actor, [number]):
        raise Invalid({"number": [_("You see no case of this number. Compare it with the sheet of the other case.")]})  # fmt: skip
    return number


def _relate(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    linking.relate(at, _other(case, given, actor), actor=actor, now=now)


def _merge(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    other, text = _other(case, given, actor), given.text("text")
    linking.merge(at, other, text=text, actor=actor, now=now)


def _unmerge(case: Case, at: At, given: Typed, *, actor: Actor, now: datetime) -> None:
    linking.unmerge(at, reason=given.text("reason"), actor=actor, now=now)


ACTS: dict[str, Run] = {
    Act.OFFER: _offer,
    Act.TAKE: _take,
    Act.DECLINE: _with_reason(assigning.decline),
    Act.DISPUTE: _with_reason(assigning.dispute),
    Act.SETTLE: _settle,
    Act.REVOKE: _with_reason(assigning.revoke),
    Act.FINISH_PART: _finish_part,
    Act.NOTE: _note,
    Act.TELL: _tell,
    Act.EXTEND: _extend,
    Act.ASK_TIME: _ask_time,
    Act.SAY_WHY: _say_why,
    Act.SPLIT: _split,
    Act.RELATE: _relate,
    MERGE: _merge,
    UNMERGE: _unmerge,
}
