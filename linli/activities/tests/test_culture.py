"""Wishes count without a name, their words wait for release; talents take their consent back at once; talks become cases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.activities import permits
from linli.activities.engine.wishing import words_over
from linli.activities.errors import NotYet
from linli.activities.models import (
    CultureWish,
    CultureWishVault,
    LocalTalent,
    LocalTalentVault,
)
from linli.activities.queries import care as care_queries
from linli.activities.queries import culture as queries
from linli.activities.services import care, culture, events, groups, talents
from linli.activities.testing import NOON, SYSTEM, TODAY, at
from linli.activities.types.culture import AnswerFacts, OfferFacts, TalentFacts
from linli.activities.types.events import EventFacts
from linli.activities.types.rounds import GroupFacts
from linli.activities.views.culture import MOST
from linli.cases.models import Case
from linli.files.testing import photo
from linli.kernel import scope
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY
from linli.kernel.testing import client_of, make_actor
from linli.places.testing import make_village

pytestmark = pytest.mark.django_db
OFFICE = make_actor("office", permits.VENUES, permits.EVENTS)
STRANGER = make_actor("stranger", permits.EVENTS, at="441900/441900005/441900005002/")
SEASON = "2026-3"
OFFER = OfferFacts("文化站", "film", "流动电影", cost_fen=0)
TALENT = TalentFacts("剪纸欢姨", "craft", "会剪生肖", TODAY, "区婵欢", "+8613800138061")


def wished(text: str = "想看露天电影", subject: str = "film") -> CultureWish:
    return culture.wish_for(make_village(), subject, text, actor=NOBODY, now=NOON)


def test_words_of_a_wish_are_seen_by_nobody_before_they_are_released() -> None:
    place, wish = make_village(), wished()
    page = f"/zh-hans/places/{place.code}/culture/?season={SEASON}"

    before = Client().get(page).content.decode()
    culture.release_wish(wish, "想看电影", actor=OFFICE, now=NOON)
    after = Client().get(page).content.decode()

    assert "露天电影" not in before
    assert [one.wishes for one in queries.counts_of(place.path, SEASON)] == [1]
    assert "想看电影" in after and "露天" not in after
    with scope.acting(STRANGER):
        assert CultureWishVault.objects.count() == 0
    with pytest.raises(WrongState):
        culture.release_wish(wish, "再来", actor=OFFICE, now=NOON)


def test_words_beyond_the_first_are_one_step_away() -> None:
    place = make_village()
    for number in range(MOST + 2):
        culture.release_wish(wished(), f"第{number}个心愿", actor=OFFICE, now=NOON)
    page = f"/zh-hans/places/{place.code}/culture/?season={SEASON}"

    first, whole = (Client().get(at).content.decode() for at in (page, f"{page}&words=all"))

    assert first.count("个心愿") - whole.count("个心愿") == -2
    assert "还有 2 条" in first and "words=all" in first and "还有" not in whole


@pytest.mark.parametrize(
    ("subject", "text"), [("film", " "), ("film", "想" * 301), ("gold", "想看")]
)
def test_a_wish_needs_a_subject_and_words(subject: str, text: str) -> None:
    with pytest.raises(Invalid):
        wished(text, subject)

    assert not CultureWish.objects.exists()


def test_only_whoever_keeps_events_here_releases_answers_and_offers() -> None:
    place, wish = make_village(), wished()
    facts = AnswerFacts(SEASON, "film", "下月放一场。")
    for act in (
        lambda: culture.release_wish(wish, "x", actor=STRANGER, now=NOON),
        lambda: culture.read_wishes(place, [wish], actor=STRANGER, now=NOON),
        lambda: culture.keep_offer(place, OFFER, actor=STRANGER, now=NOON),
        lambda: culture.answer_wishes(place, facts, actor=STRANGER, now=NOON),
        lambda: talents.add_talent(place, TALENT, actor=STRANGER, now=NOON),
    ):
        with pytest.raises(NotAllowed):
            act()

    assert culture.read_wishes(place, [wish], actor=OFFICE, now=NOON) == {wish.pk: "想看露天电影"}


def test_wishes_of_a_season_are_answered_once_and_wait_again_if_the_answer_was_wrong() -> None:
    place = make_village()
    wished(), wished("放老电影")
    offer = culture.keep_offer(place, OFFER, actor=OFFICE, now=NOON)
    facts = AnswerFacts(SEASON, "film", "下月放一场。", offer.pk)

    answer = culture.answer_wishes(place, facts, actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        culture.answer_wishes(place, facts, actor=OFFICE, now=NOON)

    assert answer.wishes == 2
    assert "下月放一场" in Client().get(f"/zh-hans/places/{place.code}/culture/?season={SEASON}").content.decode()  # fmt: skip
    culture.take_answer_back(answer, actor=OFFICE, now=NOON)
    assert queries.answers_of(place.path, SEASON).count() == 0
    assert queries.counts_of(place.path, SEASON)[0].answered == 0


def test_a_talent_takes_her_consent_back_by_her_code_at_once() -> None:
    place = make_village()
    talent = talents.add_talent(place, TALENT, actor=OFFICE, now=NOON)
    page = f"/zh-hans/places/{place.code}/culture/"
    assert "剪纸欢姨" in Client().get(page).content.decode()
    assert talents.read_talent(talent, "问她", actor=OFFICE, now=NOON) == (
        "区婵欢",
        "+8613800138061",
    )

    sent = {"key": str(uuid4()), "code": talent.code.lower()}
    assert Client().post(page, sent).status_code == 303

    assert "剪纸欢姨" not in Client().get(page).content.decode()
    assert LocalTalent.objects.get().shown_name == ""
    with scope.acting(SYSTEM):
        assert not LocalTalentVault.objects.exists()
    with pytest.raises(NotFound):
        talents.revoke_talent(talent.code, actor=NOBODY, now=NOON)


def test_words_go_after_a_year_and_the_wish_still_counts() -> None:
    place = make_village()
    wished()
    late = NOON + timedelta(days=366)

    assert culture.let_wishes_go(NOON + timedelta(days=364), 10, actor=SYSTEM) == 0
    assert (len(words_over(late, 9)), culture.let_wishes_go(late, 10, actor=SYSTEM)) == (1, 1)
    assert len(words_over(late, 9)) == 0
    assert queries.counts_of(place.path, SEASON)[0].wishes == 1


def make_talk(kind: str = "talk") -> Any:
    facts = EventFacts(kind, "恳谈会", "", "礼堂", ((at(19), at(21)),), 30)
    event = events.add_event(make_village(), facts, actor=OFFICE, now=NOON)
    return events.publish_event(event, actor=OFFICE, now=NOON)


def test_a_wish_of_a_talk_becomes_a_case_that_leads_back_to_it() -> None:
    talk, later = make_talk(), at(20)
    with pytest.raises(NotYet):
        care.note_wish(talk, "要路灯", actor=OFFICE, now=NOON)
    with pytest.raises(WrongState):
        care.note_wish(make_talk("course"), "要路灯", actor=OFFICE, now=later)
    with pytest.raises(NotAllowed):
        care.note_wish(talk, "要路灯", actor=STRANGER, now=later)

    made = care.note_wish(talk, "巷子要路灯", actor=OFFICE, now=later)

    case = Case.objects.get()
    assert (made.case_id, case.kind, case.waits_for_release) == (case.pk, "report", True)
    assert care_queries.event_of_case(case.pk) == talk
    html = Client().get(f"/zh-hans/events/{talk.code}/").content.decode()
    assert case.number in html and "巷子要路灯" not in html


def test_photos_of_an_event_need_consent_and_go_at_once() -> None:
    event = make_talk()
    sent = [SimpleUploadedFile("a.jpg", photo(with_exif=True))]
    with pytest.raises(Invalid):
        care.keep_photos(event, sent, has_consent=False, actor=OFFICE, now=NOON)
    with pytest.raises(Invalid):
        care.keep_photos(event, [SimpleUploadedFile("a.jpg", b"x")], has_consent=True, actor=OFFICE, now=NOON)  # fmt: skip
    care.keep_photos(event, [SimpleUploadedFile("a.jpg", photo())], has_consent=True, actor=OFFICE, now=NOON)  # fmt: skip
    (kept,) = care_queries.photos_of(event)

    care.take_photo_away(event, kept.code, actor=OFFICE, now=NOON)

    assert care_queries.photos_of(event) == []


def test_the_work_of_a_group_is_shown_only_once_it_is_released() -> None:
    place = make_village()
    who = GroupFacts("dance", "榕树舞队", 18, "黄姨", "+8613800138010")
    group = groups.add_group(place, who, actor=OFFICE, now=NOON)
    page = f"/zh-hans/places/{place.code}/care/"
    typed = {"code": group.code, "title": "种三角梅", "where": "水边街", "on": "2026-08-09"}

    refused = Client().post(page, {"key": str(uuid4()), **typed})
    taken = Client().post(page, {"key": str(uuid4()), **typed, "after": SimpleUploadedFile("a.jpg", photo())})  # fmt: skip

    assert (refused.status_code, taken.status_code) == (422, 303)
    assert "种三角梅" not in Client().get(page).content.decode()
    (work,) = care_queries.care_at(place.path, "waits")  # type: ignore[arg-type]
    assert not care_queries.sees_care(NOBODY, work.pk)
    care.decide_care(work, is_shown=True, actor=OFFICE, now=NOON)
    assert "种三角梅" in Client().get(page).content.decode()
    assert care_queries.sees_care(NOBODY, work.pk)
    assert "种三角梅" not in client_of(OFFICE).get(f"/zh-hans/places/{place.code}/culture/desk/").content.decode()  # fmt: skip
