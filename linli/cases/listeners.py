"""Reactions of cases to events: each only defers a job."""

from __future__ import annotations

from linli.access.events import AccountErased
from linli.cases import tasks
from linli.cases.events import CaseMoved, CaseRouted, OfferLate, WordsLate
from linli.cases.queries.intake import is_reached
from linli.cases.queries.own_moves import is_shared
from linli.orgs.events import PostsClosed
from linli.people.events import PersonErased
from linli.people.queries.persons import entries_of
from linli.places.events import PathsChanged
from linli.rulebook.events import CalendarLoaded


def on_paths_changed(event: PathsChanged) -> None:
    """Heads carry the ids of their town and village."""
    tasks.follow_places.defer(path=event.new_path)


def on_posts_closed(event: PostsClosed) -> None:
    """What posts had that end goes to others; of a later day the nightly job sees to it."""
    if event.post_ids:
        tasks.follow_closed_posts.defer()


def on_calendar_loaded(event: CalendarLoaded) -> None:
    """Terms in working days run by the calendar that was told."""
    tasks.recount.defer(years=list(event.years))


def on_case_moved(event: CaseMoved) -> None:
    """Whoever reported hears of each step to another state and of each word of the office; of what one
    reporter does herself only those who reported the same."""
    is_news = event.move != "open" and (event.tells_reporter or event.is_of_kind)
    if event.by == "reporter" and not (is_news and is_shared(event.case_id)):
        return
    if is_news and is_reached(event.case_id):
        by = {"by_case": event.by_case} if event.by_case else {}
        tasks.tell_reporter.defer(
            case_id=event.case_id, state=event.state, is_word=not event.is_of_kind, **by
        )


def on_person_erased(event: PersonErased) -> None:
    """What somebody who was erased reported keeps its chain and loses her words."""
    tasks.forget_person.defer(person_id=event.person_id)


def on_account_erased(event: AccountErased) -> None:
    """What was reported by an account that was erased, before or without an entry, loses its words."""
    tasks.forget_account.defer(account_id=event.account_id, person_ids=entries_of(event.person_id))


def on_case_routed(event: CaseRouted) -> None:
    """Posts that are to know are told once the case stands."""
    if event.informed:
        tasks.tell_informed.defer(case_id=event.case_id, posts=list(event.informed))


def on_words_late(event: WordsLate) -> None:
    """The place above hears of words that nobody read in time."""
    tasks.tell_late_words.defer(case_id=event.case_id)


def on_offer_late(event: OfferLate) -> None:
    """The place above is asked to see to what nobody took."""
    tasks.hand_up.defer(case_id=event.case_id, number=event.number)


# moves of a kind that move another case too, or give it to somebody: kind → moves
FOLLOW_UPS = {
    "petition_review": {"change", "not_accept", "stand"},
    "petition_recheck": {"uphold", "change", "not_accept"},
    "property_complaint": {"take_over", "coordinate", "to_town", "ask_town", "reopen"},
    "directive": {"strike_off", "cancel"},
}


def on_move_with_consequence(event: CaseMoved) -> None:
    """Some moves have a consequence elsewhere: a petition follows its review, and so on."""
    if event.move in FOLLOW_UPS.get(event.kind, ()):
        tasks.follow_up.defer(case_id=event.case_id)
