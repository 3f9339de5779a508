"""Centres: platforms, equipment, costs and checks are kept by who may; what is not met becomes a task with its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases.models import Case
from linli.files.testing import photo
from linli.kernel.errors import Invalid, NotAllowed, NotFound, Stale, WrongState
from linli.kernel.permits import STAFF, Actor
from linli.kernel.testing import VILLAGE, client_of, make_actor
from linli.offerings import permits
from linli.offerings.indicators.centres import six_norms
from linli.offerings.models import CentreCheck, CentreCost, CentreDevice, CentrePlatform
from linli.offerings.queries import centre_checks as held_checks
from linli.offerings.queries import centres as queries
from linli.offerings.queries.centre_hours import open_at
from linli.offerings.queries.norms import norms
from linli.offerings.services import centre_checks, centres
from linli.offerings.tests.visit_samples import NOON, TODAY, make_centre, make_window
from linli.offerings.types.centres import CostFacts, DeviceFacts, Met, Said
from linli.orgs.testing import make_holding, make_organisation, make_post, place_at

pytestmark = pytest.mark.django_db
OTHER_VILLAGE = "441900/441900005/441900005002/"
KEEPER = make_actor("keeper", permits.CENTRES, ceiling=STAFF)
VISITOR = make_actor("visitor", permits.VISIT_CENTRES, ceiling=STAFF)
OVERSEER = make_actor("overseer", permits.OVERSEE_CENTRES, ceiling=STAFF)
STRANGER = make_actor("stranger", permits.CENTRES, at=OTHER_VILLAGE, ceiling=STAFF)
COST = CostFacts(2026, "power", 12_345, "village", "发票3号")
DUE = TODAY + timedelta(days=20)


def make_office() -> None:
    """Let somebody hold the office of the village, who gets the tasks."""
    body = make_organisation("villagers_committee", at=place_at(VILLAGE))
    make_holding(make_post(organisation=body))


def answered(check: CentreCheck, actor: Any, left: dict[str, str] | None = None) -> CentreCheck:
    """Answer every norm; points of `left` are not met."""
    for norm in norms():
        said = {
            one.key: Said(Met.NO, left[one.key], DUE) if left and one.key in left else Said(Met.YES)
            for one in norm.points
        }
        check = centre_checks.answer_norm(check, norm.key, said, actor=actor, now=NOON)
    return check


def test_a_platform_is_merged_once_and_can_be_taken_back() -> None:
    centre = make_centre()
    for on in (date(2026, 3, 1), date(2026, 4, 1)):
        centres.merge_platform(centre, "legal", on, "文件", actor=KEEPER, now=NOON)
    for actor in (STRANGER, OVERSEER, VISITOR):
        with pytest.raises(NotAllowed):
            centres.merge_platform(centre, "work", TODAY, actor=actor, now=NOON)
    with pytest.raises(NotFound):
        centres.merge_platform(centre, "post-office", TODAY, actor=KEEPER, now=NOON)
    with pytest.raises(Invalid):
        centres.merge_platform(centre, "work", TODAY + timedelta(days=1), actor=KEEPER, now=NOON)

    assert [one.merged_on for one in queries.platforms_of(centre.pk).values()] == [date(2026, 4, 1)]

    centres.part_platform(centre, "legal", actor=KEEPER, now=NOON)

    assert queries.platforms_of(centre.pk) == {}
    assert CentrePlatform.objects.count() == 2
    with pytest.raises(NotFound):
        centres.part_platform(centre, "legal", actor=KEEPER, now=NOON)


def test_equipment_is_kept_and_an_old_page_does_not_overwrite_it() -> None:
    centre = make_centre()
    device = centres.keep_device(centre, DeviceFacts("叫号机", 2), actor=KEEPER, now=NOON)
    worse = DeviceFacts("叫号机", 2, 1, "报修")
    centres.keep_device(centre, worse, device=device, edition=1, actor=KEEPER, now=NOON)

    with pytest.raises(Stale):
        centres.keep_device(centre, DeviceFacts("x", 9), device=device, edition=1, actor=KEEPER, now=NOON)  # fmt: skip
    for wrong in (DeviceFacts("", 1), DeviceFacts("灯", 0), DeviceFacts("灯", 1, 2)):
        with pytest.raises(Invalid):
            centres.keep_device(centre, wrong, actor=KEEPER, now=NOON)

    kept = CentreDevice.objects.get()
    assert (kept.count, kept.broken, kept.edition) == (2, 1, 2)


def test_a_cost_that_was_wrong_is_taken_back_and_stays_on_record() -> None:
    centre = make_centre()
    cost = centres.note_cost(centre, COST, actor=KEEPER, now=NOON)
    for wrong in (
        CostFacts(2027, "power", 1, "village", "x"), CostFacts(2026, "power", 0, "village", "x"),
        CostFacts(2026, "gold", 1, "village", "x"), CostFacts(2026, "power", 1, "village", " "),
    ):  # fmt: skip
        with pytest.raises(Invalid):
            centres.note_cost(centre, wrong, actor=KEEPER, now=NOON)
    with pytest.raises(Invalid):
        centres.withdraw_cost(centre, cost, " ", actor=KEEPER, now=NOON)

    centres.withdraw_cost(centre, cost, "记错了", actor=KEEPER, now=NOON)

    assert queries.costs_of(centre.pk) == []
    assert CentreCost.objects.get().fen == 12_345
    with pytest.raises(NotFound):
        centres.withdraw_cost(centre, cost, "再来", actor=KEEPER, now=NOON)


def test_what_is_not_met_becomes_a_task_of_the_office_with_its_day() -> None:
    centre = make_centre()
    make_office()
    check = centre_checks.begin_check(centre, "self", TODAY, actor=KEEPER, now=NOON)
    with pytest.raises(Invalid):
        centre_checks.file_check(check, actor=KEEPER, now=NOON)
    check = answered(check, KEEPER, {"access": "门口有台阶"})

    check = centre_checks.file_check(check, actor=KEEPER, now=NOON)

    case = Case.objects.get()
    assert (case.kind, case.path) == ("directive", centre.path)
    assert held_checks.said_of(check)["access"].case_number == case.number
    assert six_norms(VILLAGE, TODAY).numerator == 0
    with pytest.raises(WrongState):
        centre_checks.answer_norm(check, "role", {}, actor=KEEPER, now=NOON)
    # the next check finds it mended
    again = centre_checks.begin_check(centre, "self", TODAY, actor=KEEPER, now=NOON)
    centre_checks.file_check(answered(again, KEEPER), actor=KEEPER, now=NOON)
    measured = six_norms(VILLAGE, TODAY)
    assert (measured.numerator, measured.denominator) == (1, 1)
    assert six_norms(VILLAGE, TODAY - timedelta(days=1)).numerator is None


def test_a_point_whose_task_is_open_gets_no_second_one_and_one_that_was_mended_does() -> None:
    centre = make_centre()
    make_office()

    def filed(by: str, actor: Actor) -> str:
        check = centre_checks.begin_check(centre, by, TODAY, "督导", actor=actor, now=NOON)
        check = answered(check, actor, {"access": "门口有台阶"})
        check = centre_checks.file_check(check, "看过了", actor=actor, now=NOON)
        return held_checks.said_of(check)["access"].case_number

    first = filed("self", KEEPER)

    assert filed("third", VISITOR) == first
    assert Case.objects.count() == 1

    Case.objects.update(is_open=False, closed_at=NOON)
    assert filed("self", KEEPER) != first
    assert Case.objects.count() == 2


def test_a_third_party_visits_but_neither_keeps_nor_sees_costs() -> None:
    centre = make_centre()
    centres.note_cost(centre, COST, actor=KEEPER, now=NOON)
    with pytest.raises(NotAllowed):
        centre_checks.begin_check(centre, "self", TODAY, actor=VISITOR, now=NOON)
    with pytest.raises(NotAllowed):
        centre_checks.begin_check(centre, "third", TODAY, "督导", actor=KEEPER, now=NOON)
    with pytest.raises(Invalid):
        centre_checks.begin_check(centre, "third", TODAY, " ", actor=VISITOR, now=NOON)
    check = centre_checks.begin_check(centre, "third", TODAY, "督导", actor=VISITOR, now=NOON)
    with pytest.raises(WrongState):
        centre_checks.begin_check(centre, "third", TODAY, "督导", actor=VISITOR, now=NOON)
    check = answered(check, VISITOR)
    with pytest.raises(Invalid):
        centre_checks.file_check(check, " ", actor=VISITOR, now=NOON)
    centre_checks.file_check(check, "运行正常。", actor=VISITOR, now=NOON)

    mine, theirs = (
        client_of(actor).get(f"/zh-hans/desk/centres/{centre.code}/").content.decode()
        for actor in (OVERSEER, VISITOR)
    )

    assert "123.45" in mine
    assert "123.45" not in theirs
    assert "督导" in theirs
    assert client_of(STRANGER).get(f"/zh-hans/desk/centres/{centre.code}/").status_code == 404


def test_a_norm_is_answered_on_its_page_with_evidence_and_a_wrong_file_is_told() -> None:
    centre = make_centre()
    check = centre_checks.begin_check(centre, "self", TODAY, actor=KEEPER, now=NOON)
    where = f"/zh-hans/desk/centres/checks/{check.pk}/?norm=platform"
    good = {
        "edition": 1,
        "met-access": "no",
        "words-access": "门口有台阶",
        "due-access": "2099-01-31",
    }
    client = client_of(KEEPER)

    def sent(**more: Any) -> int:
        return client.post(where, {"key": str(uuid4()), **good, **more}).status_code

    for file in (SimpleUploadedFile("a.pdf", b"no pdf"), SimpleUploadedFile("a.jpg", b"")):
        assert sent(**{"files-access": file}) == 422
    assert sent(**{"met-access": ""}) == 422
    assert held_checks.said_of(check) == {}

    assert sent(**{"files-access": SimpleUploadedFile("a.jpg", photo())}) == 303

    assert [
        len(files) for files in held_checks.evidence_of(held_checks.said_of(check)).values()
    ] == [1]
    said = held_checks.said_of(check)
    assert {key: one.met for key, one in said.items()} == {"access": "no"}
    assert sent() == 422  # of an older edition


def test_the_page_for_everybody_says_when_it_opens() -> None:
    centre = make_window(number="1").centre.organisation

    told = open_at(centre.pk, NOON)
    html = client_of(KEEPER).get(f"/zh-hans/centres/{centre.code}/").content.decode()
    sent = client_of(KEEPER).get(f"/api/v1/centres/{centre.code}/today/").json()["today"]

    # read in a minute that is not NOON
    assert sent in ("", "08:30-11:50, 14:00-17:20") and told.today == ((510, 710), (840, 1040))
    assert (told.is_open, told.next_on, told.next_at) == (False, TODAY, "14:00")
    assert "综合受理" in html


def test_the_overview_finds_what_is_to_be_seen_to() -> None:
    centre = make_centre()
    centres.keep_device(centre, DeviceFacts("灯", 3, 1), actor=KEEPER, now=NOON)
    rows = queries.centres_seen(KEEPER, TODAY)

    found = {view: len(queries.lines_of(rows, queries.CentresWanted(view=view))) for view in queries.VIEWS}  # fmt: skip

    assert found == {"": 1, "unchecked": 1, "unmet": 0, "unmerged": 1, "broken": 1}
    assert queries.centres_seen(STRANGER, TODAY) == []
    sheet = client_of(KEEPER).get("/zh-hans/desk/centres/?format=csv").content.decode()
    assert sheet.splitlines()[-1].count(",") == 14
    assert client_of(make_actor("nobody")).get("/zh-hans/desk/centres/").status_code == 404
