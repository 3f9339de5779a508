"""Writing, publishing, correcting and withdrawing: the right people, the right days, nothing unseen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from linli.documents.models import Document
from linli.kernel.clock import Unit
from linli.kernel.errors import Invalid, NotAllowed, NotFound, WrongState
from linli.kernel.permits import NOBODY, system_actor
from linli.notices import queries, services
from linli.notices.errors import CorrectionThere, LookFirst, NamesAPerson, SavedMeanwhile
from linli.notices.models import Posting, PostingPlace, PostingVersion
from linli.notices.queries import Filter
from linli.notices.testing import (
    CHAIR,
    CLERK,
    DRAFT,
    NOON,
    STRANGER,
    TOWN_CLERK,
    at,
    make_draft,
    make_posting,
)
from linli.notices.types import Category, Correction, Reach, Size, Text
from linli.places.models import Place
from linli.rulebook.models import CalendarYear
from linli.rulebook.testing import make_local_value
from linli.trail.models import Entry

VILLAGE_PATH = "441900/441900005/441900005001/"
OTHER_PATH = "441900/441900005/441900005002/"
TOWN_PATH = "441900/441900005/"
SYSTEM = system_actor("notices.recount_ends")


def fields_of(**changes: object) -> dict[str, list[str]]:
    with pytest.raises(Invalid) as refused:
        make_draft(**changes)  # type: ignore[arg-type]
    return refused.value.fields


def test_a_notice_is_written_published_numbered_and_counted(village: Place) -> None:
    posting = make_draft()
    assert queries.list_public(VILLAGE_PATH, Filter(), on=date(2026, 11, 24)).items == []

    services.submit_version(posting, edition=1, actor=CLERK, now=NOON)
    posting = services.publish_version(
        posting, edition=2, is_looked_at=False, actor=CHAIR, now=NOON
    )

    assert posting.number == "TZ-2026-0001"
    assert (posting.first_day, posting.last_day) == (date(2026, 11, 24), date(2026, 12, 1))
    assert "notices.publicity_min" in str(posting.law)
    shown = queries.list_public(VILLAGE_PATH, Filter(), on=date(2026, 11, 24)).items
    assert [one.code for one in shown] == [posting.code]
    verbs = list(
        Entry.objects.filter(key=str(posting.pk)).order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["notices.created", "notices.submitted", "notices.published"]


@pytest.mark.parametrize("actor", [NOBODY, STRANGER])
def test_nobody_writes_for_a_place_that_is_not_hers(village: Place, actor: object) -> None:
    with pytest.raises(NotAllowed):
        make_draft(actor=actor)  # type: ignore[arg-type]
    assert not Posting.objects.exists()


def test_the_clerk_writes_and_does_not_publish_or_withdraw(village: Place) -> None:
    posting = make_draft()
    with pytest.raises(NotAllowed):
        services.publish_version(posting, edition=1, is_looked_at=True, actor=CLERK, now=NOON)
    public = make_posting(title="另一条")
    with pytest.raises(NotAllowed):
        services.withdraw_posting(public, reason="错", hides_text=False, actor=CLERK, now=NOON)

    posting.refresh_from_db()
    assert posting.state == "prepared" and Posting.objects.get(pk=public.pk).state == "published"


def test_a_stranger_finds_neither_draft_nor_desk(village: Place) -> None:
    posting = make_draft()

    with pytest.raises(NotFound):
        queries.get_for_staff(STRANGER, posting.code)
    with pytest.raises(NotFound):
        queries.get_public(posting.code, on=date(2026, 11, 24))


@pytest.mark.parametrize("name", ["title", "body", "contact", "objection"])
def test_what_must_be_said_is_asked_for(village: Place, name: str) -> None:
    assert list(fields_of(**{name: "  "})) == [name]


def test_everyday_notices_need_no_way_to_object(village: Place) -> None:
    assert make_draft(category=Category.SERVICE, objection="", days=1, unit=Unit.DAYS).pk


@pytest.mark.parametrize(
    ("category", "days", "unit", "fits"),
    [
        (Category.PUBLICITY, 4, Unit.WORKING_DAYS, False),
        (Category.PUBLICITY, 30, Unit.DAYS, True),
        (Category.RESOLUTION, 14, Unit.DAYS, False),
        (Category.RESOLUTION, 15, Unit.DAYS, True),
        (Category.ELECTION, 3, Unit.DAYS, False),
        (Category.SERVICE, 1, Unit.DAYS, True),
        (Category.SERVICE, 0, Unit.DAYS, False),
        (Category.SERVICE, 367, Unit.DAYS, False),
    ],
)
def test_ds_11_longer_is_allowed_and_shorter_is_refused(
    village: Place, category: Category, days: int, unit: Unit, fits: bool
) -> None:
    if fits:
        assert make_draft(category=category, days=days, unit=unit).days == days
    else:
        assert list(fields_of(category=category, days=days, unit=unit)) == ["days"]


def test_a_town_may_lengthen_the_least_and_its_villages_follow(village: Place) -> None:
    make_local_value("notices.publicity_min", 10, place=TOWN_PATH)

    assert "days" in fields_of(days=9)
    assert make_draft(days=10).pk


def test_a_draft_that_waited_too_long_is_refused_when_it_is_published(village: Place) -> None:
    posting = make_draft(first_day=date(2026, 11, 25))

    with pytest.raises(Invalid) as refused:
        services.publish_version(posting, edition=1, is_looked_at=True, actor=CHAIR, now=at(26))
    assert list(refused.value.fields) == ["first_day"]
    assert Posting.objects.get().number == ""


def test_what_begins_later_is_seen_by_nobody_before(village: Place) -> None:
    posting = make_posting(first_day=date(2026, 11, 30))

    with pytest.raises(NotFound):
        queries.get_public(posting.code, on=date(2026, 11, 29))
    assert queries.get_public(posting.code, on=date(2026, 11, 30)).last_day == date(2026, 12, 7)


def test_a_wrong_clock_ends_nothing_for_good(village: Place) -> None:
    posting = make_posting()

    for on, phase in ((date(2027, 3, 1), "ended"), (date(2026, 11, 25), "shown")):
        assert queries.phase_of(queries.get_public(posting.code, on=on), on) == phase


def test_a_whole_identity_number_is_never_published(village: Place) -> None:
    posting = make_draft(body="李某，身份证11010519491231002X")

    with pytest.raises(NamesAPerson):
        services.publish_version(posting, edition=1, is_looked_at=True, actor=CHAIR, now=NOON)
    assert Posting.objects.get().state == "prepared"


def test_what_is_pointed_out_must_have_been_looked_at(village: Place) -> None:
    posting = make_draft(body="请联系13800138000")

    with pytest.raises(LookFirst):
        services.publish_version(posting, edition=1, is_looked_at=False, actor=CHAIR, now=NOON)
    services.publish_version(posting, edition=1, is_looked_at=True, actor=CHAIR, now=NOON)

    assert Posting.objects.get().state == "published"


def test_two_editors_cannot_pass_each_other(village: Place) -> None:
    posting = make_draft()
    services.save_draft(posting, replace(DRAFT, title="第一位"), edition=1, actor=CLERK, now=NOON)

    with pytest.raises(SavedMeanwhile):
        services.save_draft(
            posting, replace(DRAFT, title="第二位"), edition=1, actor=CHAIR, now=NOON
        )
    with pytest.raises(SavedMeanwhile):
        services.publish_version(posting, edition=1, is_looked_at=True, actor=CHAIR, now=NOON)

    version = PostingVersion.objects.get()
    assert (version.title, version.edition, version.state) == ("第一位", 2, "draft")


def test_a_draft_comes_back_with_a_remark_and_is_handed_in_again(village: Place) -> None:
    posting = make_draft()
    services.submit_version(posting, edition=1, actor=CLERK, now=NOON)
    assert [one.pk for one in queries.to_publish(CHAIR, 9)] == [posting.pk]
    assert queries.to_publish(TOWN_CLERK, 9) == []

    with pytest.raises(WrongState):
        services.save_draft(posting, DRAFT, edition=2, actor=CLERK, now=NOON)
    services.return_version(posting, remark="写明时间", edition=2, actor=CHAIR, now=NOON)

    assert [one.pk for one in queries.returned_to(CLERK, 9)] == [posting.pk]
    services.save_draft(posting, DRAFT, edition=3, actor=CLERK, now=NOON)
    assert queries.returned_to(CLERK, 9) == []


def corrected(posting: Posting, *, restarts: bool = False, reason: str = "时间有误") -> Posting:
    version = services.begin_correction(posting, actor=CLERK, now=at(26))
    text = Text(version.title, "改过的内容", version.contact, "", version.objection)
    correction = Correction(text, reason, restarts)
    services.save_correction(posting, correction, edition=1, actor=CLERK, now=at(26))
    return services.publish_version(posting, edition=2, is_looked_at=True, actor=CHAIR, now=at(26))


def test_a_correction_stands_beside_what_was_there_and_keeps_the_days(village: Place) -> None:
    posting = make_posting()
    before = (posting.first_day, posting.last_day, posting.number)

    after = corrected(posting)

    assert (after.first_day, after.last_day, after.number) == before
    assert [one.number for one in queries.published_versions(after)] == [2, 1]
    assert "拟评定15户" in queries.get_version(after, 1).body


def test_a_correction_that_matters_begins_the_period_anew(village: Place) -> None:
    posting = corrected(make_posting(), restarts=True)

    assert posting.first_day == date(2026, 11, 24)
    assert posting.last_day == date(2026, 12, 3)


def test_a_correction_says_why_before_it_is_published(village: Place) -> None:
    posting = make_posting()
    services.begin_correction(posting, actor=CLERK, now=NOON)

    with pytest.raises(CorrectionThere):
        services.begin_correction(posting, actor=CHAIR, now=NOON)
    with pytest.raises(Invalid) as refused:
        services.publish_version(posting, edition=1, is_looked_at=True, actor=CHAIR, now=NOON)
    assert list(refused.value.fields) == ["reason"]


def test_an_open_correction_is_read_and_found_by_nobody_outside(village: Place) -> None:
    posting = make_posting()
    version = services.begin_correction(posting, actor=CLERK, now=NOON)
    text = Text("秘密标题", "还没公布的内容", version.contact, "", version.objection)
    services.save_correction(posting, Correction(text, "改"), edition=1, actor=CLERK, now=NOON)

    on = date(2026, 11, 24)
    public = queries.get_public(posting.code, on=on)
    assert public.current is not None and public.current.number == 1
    assert [one.number for one in queries.published_versions(public)] == [1]
    assert queries.list_public(VILLAGE_PATH, Filter(words="还没公布"), on=on).items == []
    assert queries.found(NOBODY, "秘密标题", on, 9) == []
    assert [row[1] for row in queries.found(CLERK, "秘密标题", on, 9)] == ["秘密标题"]
    assert queries.found(STRANGER, "秘密标题", on, 9) == []


def test_what_was_withdrawn_stays_readable_as_withdrawn_with_the_reason(village: Place) -> None:
    posting = make_posting()
    services.withdraw_posting(
        posting, reason="评定要重新进行", hides_text=False, actor=CHAIR, now=at(25)
    )

    found = queries.get_public(posting.code, on=date(2026, 11, 26))
    assert queries.phase_of(found, date(2026, 11, 26)) == "withdrawn"
    assert found.withdrawn_reason == "评定要重新进行"
    assert [one.number for one in queries.published_versions(found)] == [1]
    with pytest.raises(WrongState):
        services.withdraw_posting(posting, reason="再", hides_text=True, actor=CHAIR, now=at(25))
    # a page that was opened before: no paper of it may say that it holds
    with pytest.raises(WrongState):
        services.print_posting(posting, size=Size.A4, language="zh-hans", actor=CLERK, now=at(25))
    assert not Document.objects.exists()


def test_a_text_about_a_person_goes_with_the_withdrawal(village: Place) -> None:
    posting = corrected(make_posting())
    services.withdraw_posting(
        posting, reason="有住户信息", hides_text=True, actor=CHAIR, now=at(27)
    )

    found = queries.get_public(posting.code, on=date(2026, 11, 28))
    assert queries.published_versions(found) == []
    with pytest.raises(NotFound):
        queries.get_version(found, 1)
    on = date(2026, 11, 28)
    assert queries.list_public(VILLAGE_PATH, Filter(words="改过的内容"), on=on).items == []


def test_a_withdrawal_without_a_reason_or_with_a_number_of_a_person_is_refused(
    village: Place,
) -> None:
    posting = make_posting()

    for reason in ("", "  ", "因为11010519491231002X投诉"):
        with pytest.raises(Invalid):
            services.withdraw_posting(
                posting, reason=reason, hides_text=False, actor=CHAIR, now=NOON
            )
    assert Posting.objects.get().state == "published"


def test_what_was_never_shown_is_never_seen_as_withdrawn(village: Place) -> None:
    posting = make_posting(first_day=date(2026, 12, 1))
    services.withdraw_posting(posting, reason="取消", hides_text=False, actor=CHAIR, now=at(25))

    with pytest.raises(NotFound):
        queries.get_public(posting.code, on=date(2026, 12, 5))


def test_the_town_posts_for_all_below_or_for_villages_it_lists(village: Place) -> None:
    everywhere = make_posting(actor=TOWN_CLERK, place=TOWN_PATH, title="全镇")
    one = make_posting(
        actor=TOWN_CLERK, place=TOWN_PATH, title="一村", reach=Reach.LISTED,
        listed=("441900005001",),
    )  # fmt: skip
    own = make_posting(title="本村")
    on = date(2026, 11, 24)

    def titles(path: str, *, is_wide: bool = False) -> list[str]:
        found = queries.list_public(path, Filter(is_wide=is_wide), on=on).items
        return [p.current.title for p in found if p.current]

    assert titles(VILLAGE_PATH) == ["本村", "一村", "全镇"]
    assert titles(OTHER_PATH) == ["全镇"]
    assert titles(TOWN_PATH) == ["全镇"]
    assert titles(TOWN_PATH, is_wide=True) == ["本村", "一村", "全镇"]
    assert {everywhere.place, one.place, own.place} == {TOWN_PATH, VILLAGE_PATH}


def test_places_that_do_not_lie_directly_below_are_refused(village: Place) -> None:
    for listed in ((), ("441900005001", "441900"), ("441900005",)):
        with pytest.raises(Invalid) as refused:
            make_draft(actor=TOWN_CLERK, place=TOWN_PATH, reach=Reach.LISTED, listed=listed)
        assert list(refused.value.fields) == ["listed"]
    assert not PostingPlace.objects.exists()


def test_a_new_calendar_moves_provisional_last_days_later_and_never_earlier(
    village: Place,
) -> None:
    posting = make_posting(now=at(30, 12))
    assert posting.is_provisional and posting.last_day == date(2027, 1, 6)
    Posting.objects.update(last_day=date(2027, 1, 8))

    assert services.recount_ends(actor=SYSTEM, now=at(31, 12)) == 0
    assert Posting.objects.get().last_day == date(2027, 1, 8)
    Posting.objects.update(last_day=date(2027, 1, 5))
    assert services.recount_ends(actor=SYSTEM, now=at(31, 12)) == 1
    assert Posting.objects.get().last_day == date(2027, 1, 6)
    with pytest.raises(NotAllowed):
        services.recount_ends(actor=CHAIR, now=NOON)
    assert not CalendarYear.objects.filter(year=2027, is_published=True).exists()


def test_the_database_itself_refuses_to_change_what_was_published(village: Place) -> None:
    make_posting()
    for statement in (
        "UPDATE notices_postingversion SET body = 'x'",
        "UPDATE notices_postingversion SET state = 'draft'",
        "DELETE FROM notices_postingversion",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_published_version_enters_the_log_once(village: Place) -> None:
    posting = make_posting()
    logger = system_actor("notices.log_version")

    first = services.log_version(posting.pk, 1, actor=logger, now=NOON)
    again = services.log_version(posting.pk, 1, actor=logger, now=NOON + timedelta(days=1))

    assert first.log_index is not None and again.log_index == first.log_index


def test_what_ends_soon_or_ended_lately_is_only_told(village: Place) -> None:
    from linli.notices import desk

    make_posting(category=Category.SERVICE, days=2, unit=Unit.DAYS)

    for on, stage in ((date(2026, 11, 25), "11月26日"), (date(2026, 11, 28), "11月26日")):
        items = desk.items(CLERK, on, 9)
        assert len(items) == 1 and "26" in str(items[0].stage), stage
    assert desk.items(CLERK, date(2026, 12, 9), 9) == []
    assert desk.count(CLERK, date(2026, 11, 25)) == 0


def test_no_office_is_offered_twice_under_one_name(village: Place, monkeypatch: Any) -> None:
    from linli.notices.queries import choices

    body = SimpleNamespace(code="o1", name=village.name, name_en=village.name_en)
    monkeypatch.setattr(choices.orgs, "bodies_at", lambda *_a, **_k: [body])

    offices = choices.choices_at(village.path, date(2026, 11, 24))["offices"]

    assert [code for code, _name in offices] == ["o1", ""]
    assert len({name for _code, name in offices}) == 2


def test_a_home_shows_the_first_lines_of_what_is_displayed(village: Place) -> None:
    """The prepared read of homes finds what the list of everything displayed begins with."""
    for _ in range(4):
        make_posting()
    make_draft()
    on = date(2026, 11, 24)

    for limit in (0, 1, 3, 9):
        lines = queries.ask_newest(VILLAGE_PATH, on, limit).rows()
        assert [(one.code, one.title, one.category, one.last_day) for one in lines] == [
            (one.code, one.current.title if one.current else "", one.category, one.last_day)
            for one in queries.displayed_at(VILLAGE_PATH, on)[:limit]
        ]
    assert len(lines) == 4
    assert queries.ask_newest(OTHER_PATH, on, 9).rows() == []
    assert queries.ask_newest(VILLAGE_PATH, on + timedelta(days=400), 9).rows() == []
