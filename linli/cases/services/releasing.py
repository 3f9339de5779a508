"""先审后发: a named post reads what residents wrote before everybody does.

Each decision is a step of the case, chained: it names the words, what was decided, and commits to
the text that everybody reads. The original stays beside it; what is public is what is `shown`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from linli.cases import permits
from linli.cases.engine.reading_first import decided_on
from linli.cases.engine.saying import clean
from linli.cases.engine.stepping import perform_step
from linli.cases.errors import AlreadyDecided, NamesSomebody, NothingToRelease
from linli.cases.models import PublicWords
from linli.cases.queries.releasing import check_releasable, standing_besides
from linli.cases.rules.shown import MOST_HIDDEN, blacked_out, naming, not_in
from linli.cases.types.kinds import CaseKind
from linli.cases.types.moves import At, Done, Given, Held
from linli.kernel.permits import Actor
from linli.kernel.sealing import commit
from linli.ui.formats import listed

RELEASE, WITHHOLD = "release", "withhold"


@dataclass
class _Decided:
    """What a decision writes beside its event."""

    words: PublicWords | None = None
    columns: dict[str, Any] = field(default_factory=dict)


def release_words(
    at: At, seq: int, *, hidden: Sequence[str] = (), actor: Actor, now: datetime
) -> Done:
    """Show the words of a step to everybody, with pieces blacked out.

    Refuses with NotAllowed, NothingToRelease, AlreadyDecided, NeverPublic, NamesSomebody.
    """
    decided = _Decided()

    def build(held: Held, kind: CaseKind) -> Given:
        words = _words(held, kind, seq)
        if words.released_at is not None:
            raise AlreadyDecided()
        text = _shown_text(words, hidden)
        nonce, committed = commit({"text": text})
        decided.words, decided.columns = words, {
            "shown": text, "shown_nonce": nonce, "released_at": now,
            "withheld_at": None, "waits": False,
        }  # fmt: skip
        facts = {"words": seq, "shown": committed.hex(), "blacked_out": len(set(hidden))}
        besides = standing_besides(held.id, words=words.pk)
        return decided_on(held, Given(facts=facts), besides, is_shown=True, now=now)

    return _step(at, RELEASE, build, decided, actor=actor, now=now)


def withhold_words(at: At, seq: int, *, reason: str, actor: Actor, now: datetime) -> Done:
    """Keep the words of a step from everybody, or take them back; the writer reads why.

    Refuses with NotAllowed, NothingToRelease, AlreadyDecided, Missing.
    """
    decided, told = _Decided(), {"text": clean(reason)}

    def build(held: Held, kind: CaseKind) -> Given:
        words = _words(held, kind, seq)
        if words.withheld_at is not None:
            raise AlreadyDecided()
        decided.words, decided.columns = words, {
            "shown": None, "shown_nonce": None, "released_at": None,
            "withheld_at": now, "waits": False,
        }  # fmt: skip
        taken_back = words.released_at is not None
        facts = {"words": seq, "taken_back": taken_back}
        # the office hears of its own words in the story; only residents are told why
        public = told if words.is_by_reporter else None
        given = Given(public=public, internal=None if public else told, facts=facts)
        besides = standing_besides(held.id, words=words.pk)
        return decided_on(held, given, besides, is_shown=False, now=now)

    return _step(at, WITHHOLD, build, decided, actor=actor, now=now)


def _shown_text(words: PublicWords, hidden: Sequence[str]) -> str:
    """Return what everybody will read. Refuses with NamesSomebody, NothingToRelease."""
    original = _text_of(words)
    if not original:
        raise NothingToRelease()
    pieces = list(dict.fromkeys(piece.strip() for piece in hidden if piece.strip()))
    missing = not_in(original, pieces)
    if missing or len(pieces) > MOST_HIDDEN:
        told = _("These words do not stand in the text: %(words)s.") % {"words": listed(missing)}
        raise NamesSomebody({"hidden": [told]})
    text = blacked_out(original, pieces)
    left = naming(text)
    if left:
        told = _("Black this out first, it names somebody: %(words)s.") % {"words": listed(left)}
        raise NamesSomebody({"hidden": [told]})
    return text


def _text_of(words: PublicWords) -> str:
    """Return what was said, as plain text."""
    return str((words.said or {}).get("text", "")).strip()


def _words(held: Held, kind: CaseKind, seq: int) -> PublicWords:
    """The words of a step of this case, which is held."""
    check_releasable(held, kind)
    found = PublicWords.objects.filter(case_id=held.id, event__seq=seq).first()
    if found is None:
        raise NothingToRelease()
    return found


def _step(at: At, move: str, build: Any, decided: _Decided, *, actor: Actor, now: datetime) -> Done:
    done = perform_step(at.wish(move), build, permit=permits.RELEASE, actor=actor, now=now)
    if decided.words is not None and not done.is_repeated:
        PublicWords.objects.filter(pk=decided.words.pk).update(**decided.columns)
    return done
