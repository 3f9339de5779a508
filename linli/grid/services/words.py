"""What neighbours say to a head, and what she does with it: answer, invite, settle, pass on."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.following import digest_of
from linli.cases.services.opening import Opening, open_case
from linli.cases.services.routing import first_offer
from linli.cases.services.taking_down import note_asker
from linli.cases.types import Channel
from linli.cases.types.filing import Naming
from linli.cases.types.moves import Given
from linli.cases.types.openings import Asker
from linli.cases.types.shapes import Hand
from linli.grid.clients import envelopes
from linli.grid.clients.envelopes import WORDS
from linli.grid.errors import HeadHasNoPage
from linli.grid.models import Headship, Word, WordVault
from linli.grid.queries.heads import get_word, open_words_of, over, serving_head
from linli.grid.states import HEAD_STEPS, WORD
from linli.grid.types import HEAD_TITLES, HeadKind, WordKind
from linli.kernel import scope
from linli.kernel.errors import Invalid
from linli.kernel.ids import public_code
from linli.kernel.paths import code_of
from linli.kernel.permits import NOBODY, Actor, open_to_all, system_actor
from linli.kernel.texts import clean_text
from linli.notify import services as notify
from linli.notify.types import About, Link, To
from linli.places import queries as places
from linli.runtime.types import Rate
from linli.trail.services import record
from linli.ui.formats import clauses

DESK = system_actor("grid.heads")
MOST_SIGNS, MOST_ANSWER, CODE_SIGNS = 1000, 1000, 10
REPORTER = Hand("reporter")
GIVEN = Rate(10, timedelta(hours=1))
LOOKS = Rate(60, timedelta(minutes=10))


@open_to_all("neighbours speak to their head without an account")
@transaction.atomic
def say(
    head: Headship, kind: str, text: str, *, phone: str = "", actor: Actor, now: datetime
) -> tuple[Word, str]:  # fmt: skip
    """Say something to a head; her number is never shown, the neighbour's only to her.

    Returns the word with a code that is the neighbour's alone: by it she also follows the case it may become.
    Refuses with NotFound when she does not serve, HeadHasNoPage where she has no account, Invalid.
    """
    # held: what is said while her term is ended would be read by nobody
    Headship.objects.select_for_update(no_key=True).filter(pk=head.pk).first()
    head = serving_head(head.pk, localdate(now))
    if head.account_id is None:
        raise HeadHasNoPage()
    faults: dict[str, list[str]] = {}
    said = clean_text(text).strip()
    if kind not in {str(one) for one in WordKind}:
        faults["kind"] = [_("Choose what it is about.")]
    if kind == WordKind.CALL and not phone:
        faults["phone"] = [_("Leave a number under which the head can reach you.")]
    if kind != WordKind.CALL and not said:
        faults["text"] = [_("Say in a few words what it is about.")]
    if len(said) > MOST_SIGNS:
        faults["text"] = [_("At most %(most)s characters.") % {"most": MOST_SIGNS}]
    if faults:
        raise Invalid(faults)
    own_code = public_code(CODE_SIGNS)
    word = Word.objects.create(
        code=public_code(CODE_SIGNS), head=head, kind=kind, state=WORD.start, said_at=now,
        own_digest=digest_of(own_code),
    )  # fmt: skip
    with scope.acting(DESK):
        WordVault.objects.create(
            word=word,
            text=envelopes.sealed(said, WORDS, "text", word.pk),
            phone=envelopes.sealed(phone, WORDS, "phone", word.pk),
        )
    about = About(head.path, Link("grid:head_desk"))
    to = To(account_id=head.account_id)
    notify.send("grid.word", to, {"ground": head.ground}, actor=DESK, now=now, about=about)
    record("grid.word_said", on=word, actor=actor, now=now, place=head.path, kind=kind)
    return word, own_code


@open_to_all("only the head to whom it was said finds it")
@transaction.atomic
def read_word(word: Word, *, actor: Actor, now: datetime) -> tuple[str, str]:
    """Return text and telephone of a word for the head to whom it was said. Refuses with NotFound."""
    word = get_word(actor, word.code, localdate(now))
    with scope.acting(DESK):
        vault = WordVault.objects.filter(word=word).first()
    if vault is None:
        return "", ""
    text = envelopes.opened(vault.text, WORDS, "text", word.pk)
    return text, envelopes.opened(vault.phone, WORDS, "phone", word.pk)


@open_to_all("only the head to whom it was said finds it")
@transaction.atomic
def do(word: Word, move: str, note: str, *, actor: Actor, now: datetime) -> Word:
    """Answer, invite or settle it, or pass it on to the office as a report.

    Refuses with NotFound, WrongState, Invalid.
    """
    get_word(actor, word.code, localdate(now))
    word = Word.objects.select_for_update(of=("self",)).select_related("head").get(pk=word.pk)
    if move not in HEAD_STEPS:
        raise Invalid({"move": [_("Choose what to do.")]})
    state = WORD.after(word.state, move)
    answer = clean_text(note).strip()
    if not answer or len(answer) > MOST_ANSWER:
        raise Invalid(
            {"note": [_("Write a word to the neighbour: what you did, or where you meet.")]}
        )
    if move == "pass_on":
        word.case_id = _pass_on(word, actor=actor, now=now)
    word.state, word.answer = state, answer
    word.closed_at = now if state in WORD.ends else None
    word.save(update_fields=["state", "answer", "case", "closed_at"])
    record("grid.word_moved", on=word, actor=actor, now=now, place=word.head.path, move=move)
    return word


def _pass_on(word: Word, *, actor: Actor, now: datetime) -> int:
    """Open a report of a resident with what was said; telephone and name stay with the head.

    Whoever said it follows it with the code that she has.
    """
    text, _phone = read_word(word, actor=actor, now=now)
    place = places.open_place(code_of(word.head.path))
    whose = clauses((HEAD_TITLES[HeadKind(word.head.kind)], word.head.ground))
    given = Given(public={"text": text or whose}, internal={"note": whose}, by_reporter=True,
                  waits_for_release=True)  # fmt: skip
    chain = tuple(places.chain_of(place.code))
    opening = Opening("report", chain, Channel.STAFF, matter="help", title=text, given=given,
                      own_digest=bytes(word.own_digest or b""))  # fmt: skip
    follow = partial(first_offer, answers={}, actor=DESK, now=now)
    held = open_case(opening, actor=NOBODY, now=now, hand=REPORTER, follow=follow).held
    nobody = Asker(naming=Naming.ANONYMOUS, is_on_behalf=False)
    note_asker(held.id, nobody, actor=DESK, now=now)
    return held.id


@open_to_all("part of ending a term, whose service asked for the permit or is the nightly job's")
def lapse_words(head: Headship, *, actor: Actor, now: datetime) -> int:
    """Close what nobody reads any more since its head serves no more; return how many words.

    They were told to her alone: text and telephone go at once. Runs in the transaction that ends the term.
    """
    words = list(open_words_of(head).select_for_update())
    for word in words:
        word.state, word.closed_at = WORD.after(word.state, "lapse"), now
        record("grid.word_moved", on=word, actor=actor, now=now, place=head.path, move="lapse")
    Word.objects.bulk_update(words, ["state", "closed_at"], batch_size=500)
    with scope.acting(DESK):
        WordVault.objects.filter(word__in=words).delete()
    return len(words)


@open_to_all("the nightly job is the system")
def let_go(now: datetime, limit: int, *, actor: Actor) -> int:
    """Let words go that are over their term, with what the vault holds of them; return how many."""
    found = list(over(now).values_list("pk", flat=True)[:limit])
    with scope.acting(DESK):
        WordVault.objects.filter(word_id__in=found).delete()
    return Word.objects.filter(pk__in=found).delete()[0]
