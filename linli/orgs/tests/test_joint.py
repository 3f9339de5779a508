"""Joint meetings: corrected, renamed, ended, tied to the register, on paper and as a file (PO-07, PO-08)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from linli.kernel.errors import Invalid, NotAllowed, Stale
from linli.kernel.permits import PROTECTED
from linli.kernel.tables import read_table
from linli.kernel.testing import OTHER_TOWN, TOWN, client_of, make_actor
from linli.orgs import permits
from linli.orgs.errors import MeetingOver
from linli.orgs.models import JointEntry, JointMeeting, JointMember
from linli.orgs.services import joint, joint_lines
from linli.orgs.services.joint_lines import EntryFacts
from linli.orgs.testing import NOON, TODAY, make_organisation, make_party, place_at
from linli.orgs.tests.test_api_party import send
from linli.orgs.tests.test_views import send as post
from linli.orgs.types import EntryState, ListKind

pytestmark = pytest.mark.django_db

ALL = (permits.PARTY, permits.PARTY_KEEP, permits.PARTY_DECIDE)
KEEPER = make_actor("party", *ALL, at=TOWN, ceiling=PROTECTED)
FAR = make_actor("far", *ALL, at=OTHER_TOWN, ceiling=PROTECTED, account_id=6)
SINCE = date(2026, 1, 1)
CODE = "441900005001"


def make_meeting() -> JointMeeting:
    leader = make_organisation("party_working_committee", at=place_at())
    return joint.found_joint_meeting(leader, name="联席会", since=SINCE, actor=KEEPER, now=NOON)


def make_line(meeting: JointMeeting, kind: ListKind, title: str, **facts: Any) -> JointEntry:
    return joint_lines.enter_line(meeting, EntryFacts(kind, title, **facts), actor=KEEPER, now=NOON)


def correct(line: JointEntry, facts: EntryFacts, **more: Any) -> JointEntry:
    given = {"state": EntryState.OPEN, "edition": line.edition, "actor": KEEPER, **more}
    return joint_lines.correct_line(line, facts, now=NOON, **given)


def test_a_line_is_put_right_once_and_the_second_is_told() -> None:
    meeting = make_meeting()
    unit = joint.join_meeting(meeting, unit_name="小学", actor=KEEPER, now=NOON)
    line = make_line(meeting, ListKind.NEED, "雨蓬")

    right = correct(line, EntryFacts(ListKind.NEED, "雨棚", "校门口", unit, due_on=TODAY))

    assert (right.title, right.detail, right.member, right.due_on) == (
        "雨棚",
        "校门口",
        unit,
        TODAY,
    )
    with pytest.raises(Stale):
        correct(line, EntryFacts(ListKind.NEED, "别的"), edition=line.edition)
    line.refresh_from_db()
    assert (line.title, line.edition) == ("雨棚", 2)


@pytest.mark.parametrize(
    ("facts", "actor", "refusal"),
    [
        (EntryFacts(ListKind.RESOURCE, "雨棚"), KEEPER, Invalid),
        (EntryFacts(ListKind.NEED, " "), KEEPER, Invalid),
        (EntryFacts(ListKind.NEED, "雨棚"), FAR, NotAllowed),
    ],
)
def test_a_correction_that_is_refused_changes_nothing(
    facts: EntryFacts, actor: Any, refusal: type[Exception]
) -> None:
    line = make_line(make_meeting(), ListKind.NEED, "雨蓬")

    with pytest.raises(refusal):
        correct(line, facts, actor=actor)

    line.refresh_from_db()
    assert (line.title, line.edition) == ("雨蓬", 1)


def test_a_meeting_that_ended_keeps_its_lists_and_takes_nothing_more() -> None:
    meeting = make_meeting()
    member = joint.join_meeting(meeting, unit_name="小学", actor=KEEPER, now=NOON)
    line = make_line(meeting, ListKind.NEED, "雨棚")

    ended = joint.change_joint_meeting(meeting, name="新名", until=TODAY, actor=KEEPER, now=NOON)

    member.refresh_from_db()
    assert (ended.name, ended.until, member.until) == ("新名", TODAY, TODAY)
    for refused in (
        lambda: make_line(ended, ListKind.NEED, "别的"),
        lambda: joint.join_meeting(ended, unit_name="医院", actor=KEEPER, now=NOON),
        lambda: joint.change_joint_meeting(ended, name="又改", actor=KEEPER, now=NOON),
        lambda: joint.leave_meeting(member, actor=KEEPER, now=NOON),
        lambda: correct(line, EntryFacts(ListKind.NEED, "改过")),
        lambda: joint_lines.move_line(
            line, state=EntryState.DONE, edition=line.edition, actor=KEEPER, now=NOON
        ),
    ):
        with pytest.raises(MeetingOver):
            refused()
    assert list(JointEntry.objects.values_list("title", "state", "edition")) == [
        ("雨棚", EntryState.OPEN, 1)
    ]
    again = joint.found_joint_meeting(
        ended.organisation, name="再建", since=TODAY, actor=KEEPER, now=NOON
    )
    assert again.until is None


def test_a_meeting_ends_neither_before_it_began_nor_in_advance_and_keeps_its_name() -> None:
    meeting = make_meeting()

    to_come = {"name": "联席会", "until": TODAY + timedelta(days=1)}
    for said in ({"name": "联席会", "until": SINCE}, to_come, {"name": " "}):
        with pytest.raises(Invalid):
            joint.change_joint_meeting(meeting, **said, actor=KEEPER, now=NOON)

    meeting.refresh_from_db()
    assert (meeting.name, meeting.until) == ("联席会", None)


def test_a_unit_of_the_register_is_tied_to_it_and_called_as_there() -> None:
    school = make_organisation("villagers_committee", at=place_at(), name="岗贝村委会")
    meeting = make_meeting()

    post(KEEPER, "orgs:unit_add", meeting.pk, organisation=school.code)
    member = JointMember.objects.get()
    post(KEEPER, "orgs:unit_correct", member.pk, unit_name="岗贝")
    nothing = post(KEEPER, "orgs:unit_add", meeting.pk)

    assert (member.unit_name, member.organisation) == ("岗贝村委会", school)
    member.refresh_from_db()
    assert (member.unit_name, member.organisation) == ("岗贝", None)
    assert nothing.status_code == 422 and JointMember.objects.count() == 1


def test_lists_come_as_a_file_and_on_paper() -> None:
    meeting = make_meeting()
    need, resource = (
        make_line(meeting, k, t) for k, t in ((ListKind.NEED, "雨棚"), (ListKind.RESOURCE, "钢架"))
    )
    make_line(meeting, ListKind.PROJECT, "搭棚", need=need, resource=resource)
    make_party(place_at(), party_type="residents", formal=51)
    send(KEEPER, "spots/", 201, place=CODE, kind="estate", name="阳光花园", since="2026-01-01")
    send(KEEPER, "proposals/make", 200, place=CODE)
    client, found = client_of(KEEPER), {}

    for name, address in (
        ("meeting", reverse("orgs:joint_meeting", args=[meeting.pk])),
        ("coverage", reverse("orgs:coverage", args=[CODE])),
        ("proposals", reverse("orgs:proposals", args=[CODE])),
    ):
        found[name] = [
            list(row) for _n, row in read_table(client.get(f"{address}?format=xlsx").content)
        ]
        paper = client.get(f"{address}?format=print").content.decode()
        assert "ll-a4" in paper and str(found[name][-1][1]) in paper

    assert [row[1] for row in found["meeting"]][-3:] == ["钢架", "雨棚", "搭棚"]
    assert found["meeting"][-1][4:6] == ["雨棚", "钢架"]
    assert "阳光花园" in found["coverage"][-1]
    assert any("PO-03" in row for row in found["proposals"])


def test_programs_correct_rename_and_end() -> None:
    meeting = make_meeting()
    body = make_organisation("villagers_committee", at=place_at())
    line = make_line(meeting, ListKind.NEED, "雨蓬")
    joined = send(KEEPER, f"meetings/{meeting.pk}/join", 200, name="小学")
    unit = joined["units"][0]["id"]

    tied = send(KEEPER, f"units/{unit}/correct", 200, name="小学", organisation=body.code)
    said = {"kind": "need", "title": "雨棚", "unit": unit, "state": "agreed"}
    right = send(KEEPER, f"lines/{line.pk}/correct", 200, edition=1, **said)
    send(KEEPER, f"lines/{line.pk}/correct", 409, edition=1, **said)
    ended = send(KEEPER, f"meetings/{meeting.pk}/change", 200, name="新名", until=str(TODAY))

    assert tied["units"][0]["organisation"] == body.code
    assert (right["title"], right["unit"], right["state"], right["edition"]) == (
        "雨棚",
        unit,
        "agreed",
        2,
    )
    assert (ended["name"], ended["until"], ended["units"]) == ("新名", str(TODAY), [])
