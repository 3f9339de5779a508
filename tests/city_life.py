"""What happens in the demo city of the tests, so that every list has a line and every page a thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.timezone import localdate

from linli.access.queries.posts import posts_by_id
from linli.access.services import (
    accounts,
    acting,
    counter,
    deputies,
    imports,
    lists,
    requests,
    resets,
    rights,
)
from linli.access.types import NewAccount
from linli.cases.queries.following import digest_of
from linli.cases.services import words
from linli.cases.services.opening import Opening, open_case
from linli.cases.services.perform import perform
from linli.cases.types.moves import At, Given, Wish
from linli.demo.cast import TOWN, VILLAGE_1, VILLAGE_2
from linli.documents import services as papers
from linli.documents.services.seals import Application
from linli.documents.testing import NOTICE
from linli.documents.types import Issue
from linli.files import services as files
from linli.files.testing import BytesUpload, photo
from linli.files.types import ATTACHMENT, DRAFT, Owner
from linli.kernel import scope
from linli.kernel.money import Money
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.notify import services as notify
from linli.notify.types import To
from linli.orgs.services import (
    handovers,
    intake,
    pairings,
    staff,
)
from linli.orgs.types import (
    CertificateKind,
    EndReason,
    Subject,
)
from linli.people.services import duplicates, importing, register, rolls, vault
from linli.people.testing import make_number, make_row
from linli.people.types import RollKind
from linli.places import queries as places
from linli.places.models import Place
from linli.plan import services as plan
from linli.portal import services as portal
from linli.portal.models import EarlierCode
from linli.rulebook.testing import make_local_value
from linli.runtime.services import long_jobs, saved_views
from linli.trail import services as trail
from linli.translog import services as translog
from tests import city_grid, city_public, city_venues

LATELY = date(2026, 3, 2)
PERSON = "陈涌埗"
# hers too: entered twice, so that the register has a pair to compare
PASSPORT = "E12345678"
BORN = date(1988, 5, 20)
PHONE = "13800138000"
CASE = "榕树巷口路灯不亮"
# of feedback from before it had a number
EARLIER_CODE = "ABCDEFGHJK"
# who stands as the handler in lists and pictures
AT_WORK = "麦润根 (委员)"


def one(model: str, **which: Any) -> Any:
    """Return the first row of a table that fits."""
    app, name = model.split(".")
    found = apps.get_model(app, name).objects.filter(**which).order_by("pk").first()
    assert found is not None, (model, which)
    return found


def live(*, now: datetime) -> None:
    """Let it all happen, once."""
    actor = system_actor(AT_WORK)
    with scope.acting(actor):
        for happening in (
            _office,
            _people,
            _papers,
            _orgs,
            _plan,
            _access,
            _grid,
            _record,
            _routing,
            _cases,
            city_public.live,
            city_venues.live,
            _kinds,
        ):
            happening(actor=actor, now=now)


def _routing(*, actor: Actor, now: datetime) -> None:
    """A village names who is in charge of street lamps, and writes rules of its own."""
    from linli.cases.services import duties, rule_sets, rule_tests, rules
    from linli.cases.types.keeping import Charge, RuleDetails, TestDetails
    from linli.cases.types.routing import Duty

    path = Place.objects.get(code=VILLAGE_1).path
    lamps = one("cases.category", code="street_lamp").pk
    post = one("orgs.post", path=path, kind_id="committee_vice_chair").pk
    charge = Charge(lamps, path, Duty.RESPONSIBLE, post, localdate(now), "村委会分工〔2026〕1号")
    duties.name_responsible(charge, actor=actor, now=now)
    made = rule_sets.begin_set(path, "2026年派单规则", actor=actor, now=now)
    rule = RuleDetails("夜间噪音", post, categories=(one("cases.category", code="noise").pk,))
    rules.save_rule(made.pk, rule, edition=1, actor=actor, now=now)
    test = TestDetails("路灯不由规则派", now, path, category_id=lamps)
    rule_tests.save_test(made.pk, test, edition=2, actor=actor, now=now)
    _ended_post(path, actor=actor, now=now)


def _ended_post(path: str, *, actor: Actor, now: datetime) -> None:
    """A post of the village that the list names ends."""
    from linli.cases.services import duties
    from linli.cases.types.keeping import Charge
    from linli.cases.types.routing import Duty
    from linli.orgs.services import add_post, close_post
    from linli.orgs.types import PostDetails

    committee = one("orgs.organisation", place__path=path, kind_id="villagers_committee")
    post = add_post(committee, PostDetails("路灯管理员", kind="clerk"), actor=actor, now=now)
    charge = Charge(one("cases.category", code="street_lamp").pk, path, Duty.INFORMED, post.pk,
                    localdate(now), "村委会分工〔2026〕1号")  # fmt: skip
    duties.name_responsible(charge, actor=actor, now=now)
    close_post(post, on=localdate(now), actor=actor, now=now)


def account(name: str) -> Any:
    return one("access.account", username=name)


def person_of(name: str) -> int:
    """Return the entry of somebody in the register, past the walls of row security."""
    with scope.acting(system_actor(AT_WORK)), transaction.atomic():
        return int(one("people.person", name=name).pk)


def clerk_of(name: str, *, now: datetime) -> Actor:
    from linli.access.queries.actors import account_actor

    return account_actor(account(name).pk, now=now)


def _cases(*, actor: Actor, now: datetime) -> None:
    """A street lamp is dark; the report is at work and has a note, another just came in."""
    place = tuple(places.chain_of(VILLAGE_1))
    with transaction.atomic():
        for title in ("和顺路排水沟堵塞", CASE):
            said = Given(public={"text": f"{title}，请尽快处理。"}, by_reporter=True)
            opening = Opening(
                "report", place, "page", matter="complaint", title=title, given=said,
                point=(113_751_000, 23_041_000),
            )  # fmt: skip
            opened = open_case(opening, actor=NOBODY, now=now - timedelta(days=1))
        perform(Wish(opened.held.id, "accept"), actor=actor, now=now)
        words.add_note(At(opened.held.id), "电工下午到场。", actor=actor, now=now)


def _kinds(*, actor: Actor, now: datetime) -> None:
    """Petitions, a visit, a complaint, a task and a paper: each waits where its next step is."""
    from linli.cases.services import directives, incoming, petitions, property, visits
    from linli.cases.types.filing import Contact
    from linli.cases.types.openings import (
        Asker,
        Complaining,
        Directing,
        Petitioning,
        Receiving,
        Visiting,
    )

    who = Asker(Contact(PERSON, PHONE))
    for text in ("征地补偿款至今没有发放。", "要求公布村道工程的验收结果。"):
        opened = petitions.open_petition(
            Petitioning(TOWN, text, asker=who), actor=actor, now=now - timedelta(days=40)
        )
    case_id = opened.held.id
    with transaction.atomic():
        for name, words_ in (("accept", "予以受理。"), ("reply", "验收结果已公布。")):
            perform(Wish(case_id, name, Given(public={"text": words_})), actor=actor, now=now)
    visits.register_visit(
        Visiting(VILLAGE_1, "邻居建房占了巷道，想请镇里处理。", visitors=2, asker=who),
        actor=actor, now=now,
    )  # fmt: skip
    property.open_property_complaint(
        Complaining(VILLAGE_1, "电梯停用两周没有人修。", "示例物业", matter="repair", asker=who),
        actor=actor, now=now,
    )  # fmt: skip
    post = one("orgs.post", path=Place.objects.get(code=VILLAGE_1).path, kind_id="committee_chair")
    directives.open_directive(
        Directing(
            TOWN, "汛期排水沟清淤", "清理村内主要排水沟。", localdate(now) + timedelta(days=20),
            posts=(post.pk,), basis="村民委员会组织法第四十三条", cost="镇财政专项",
        ),
        actor=actor, now=now,
    )  # fmt: skip
    incoming.open_incoming(
        Receiving(VILLAGE_1, "关于做好汛期排水工作的通知", "示范镇人民政府", "示范府〔2026〕8号"),
        actor=actor, now=now,
    )  # fmt: skip


def _office(*, actor: Actor, now: datetime) -> None:
    """Feedback waits and was answered, a view is kept, a job was started, a value is local."""
    path = Place.objects.get(code=VILLAGE_1).path
    for text in ("公示栏的字太小，看不清。", "周末能不能开放议事厅？", "地图上的村名看不清。"):
        given = portal.give_feedback(
            text, page=f"/zh-hans/places/{VILLAGE_1}/", path=path,
            language="en" if text.isascii() else "zh-hans", actor=NOBODY, now=now - timedelta(days=3),
        )  # fmt: skip
    EarlierCode.objects.create(case_id=given.case_id, digest=digest_of(EARLIER_CODE))
    clerk = clerk_of("ye.shaofen", now=now)
    said = Given(public={"text": "已换成大字版。"})
    with transaction.atomic():
        perform(Wish(given.case_id, "answer", said), actor=clerk, now=now)
    saved_views.save_view("desk", name="本周到期", query="view=week", actor=clerk, now=now)
    params = {"state": "", "kind": "", "words": "", "language": "zh-hans"}
    long_jobs.start_job(
        "documents.export_register", params=params, place=path, actor=clerk, now=now
    )
    drafts = Owner(DRAFT, clerk.account_id or 0)
    picture = BytesUpload(photo(640, 480), "雨棚.jpg")
    files.take_in(picture, policy=ATTACHMENT, owner=drafts, place="", actor=clerk, now=now)
    notify.send(
        "documents.seal_decided", To(account_id=clerk.account_id), _SEAL, actor=actor, now=now
    )
    make_local_value(actor=actor)


_SEAL = {"number": "YY-2026-0001", "state": "已批准"}


def _people(*, actor: Actor, now: datetime) -> None:
    """Somebody lives here whose number is known, twice over; a roll; a list handed in."""
    path = Place.objects.get(code=VILLAGE_1).path
    card = make_row(PERSON, VILLAGE_1, number=make_number(BORN), born_on=BORN)
    person = register.register_person(card, actor=actor, now=now)
    vault.set_contact(person, "phone", PHONE, actor=actor, now=now)
    passport = make_row(PERSON, VILLAGE_1, kind="passport", number=PASSPORT, born_on=BORN)
    register.register_person(passport, actor=actor, now=now)
    duplicates.find_pairs(path, actor=actor, now=now)
    roll = rolls.open_roll(
        VILLAGE_1, RollKind.VOTER, "2026年换届选民名册", "选举办法", on=LATELY, actor=actor, now=now
    )
    rolls.enter_on_roll(roll, person, rolls.Entered(LATELY, "本人登记"), actor=actor, now=now)
    sheet = BytesUpload("姓名,身份证号\n李月,1\n".encode(), "名单.csv")
    importing.receive_upload(sheet, "村里的名单", place=path, actor=actor, now=now)


def _papers(*, actor: Actor, now: datetime) -> None:
    """A notice was printed for a seal, another use of the seal waits."""
    path = Place.objects.get(code=VILLAGE_1).path
    issue = Issue(place=path, office="示范一村村民委员会")
    papers.issue_document("documents.notice", NOTICE, issue=issue, actor=actor, now=now)
    wanted = Application("contract", "环卫服务合同", 2, "示范保洁公司")
    papers.apply_for_seal(wanted, place=path, actor=actor, now=now)


def _orgs(*, actor: Actor, now: datetime) -> None:
    """Certificates, courses, two villages paired, somebody hands over."""
    committee = one("orgs.organisation", place__code=VILLAGE_1, kind_id="villagers_committee")
    clerk = staff.Holder("叶少芬")
    staff.enter_certificate(
        committee, clerk, kind=CertificateKind.SOCIAL_WORKER, number="SW-2024-0990",
        valid=(date(2024, 11, 1), None), actor=actor, now=now,
    )  # fmt: skip
    staff.enter_training(
        committee, clerk, course=(Subject.EMERGENCY, 2026, "防汛防台"), half_hours=12,
        actor=actor, now=now,
    )  # fmt: skip
    both = tuple(Place.objects.filter(code__in=(VILLAGE_1, VILLAGE_2)).order_by("code"))
    pairings.pair((both[0], both[1]), since=LATELY, content="互派干部", actor=actor, now=now)
    leaving = handovers.Leaving(EndReason.TRANSFERRED, "麦润根", "曾宪章")
    going = one("orgs.postholding", holder_name="卢建邦")
    handovers.end_holding(going, leaving, actor=actor, now=now)
    names = BytesUpload("姓名,职务\n李月,委员\n".encode(), "名单.csv")
    intake.receive_staff_list(names, place=both[0].path, actor=actor, now=now)


def _plan(*, actor: Actor, now: datetime) -> None:
    """The town reported, pilots, was visited and spends."""
    document, town = one("plan.plandocument"), Place.objects.get(code=TOWN)
    tasks = [one("plan.task", document=document, number=8)]
    plan.file_report(tasks[0], town, "网格划分见公示。", actor=actor, now=now)
    started = {"title": "邻里议事", "started_on": LATELY}
    plan.start_pilot(document, town, tasks, started, actor=actor, now=now)
    card = {"title": "楼栋议事", "problem": "停车难", "steps": "一议二公示", "effect": "有序"}
    plan.add_practice(document, town, tasks, card, actor=actor, now=now)
    seen = {
        "visited_on": LATELY,
        "visitors": "市民政局",
        "findings": "公示栏未更新",
        "due_on": None,
    }
    plan.record_visit(document, town, tasks, seen, actor=actor, now=now)
    money = {"year": 2026, "source": "town", "amount": Money(1234500), "purpose": "议事点建设"}
    plan.add_funding_line(document, town, money, actor=actor, now=now)


def _access(*, actor: Actor, now: datetime) -> None:
    """A counter computer, an invitation, a reset, a deputy, a request, emergency access, a list."""
    path = Place.objects.get(code=VILLAGE_1).path
    chair = clerk_of("he.weiming", now=now)
    counter.enrol_device("二号窗口", path, actor=chair, now=now)
    invited = NewAccount("lin.meifang", "林美芳", path, unit="示范一村")
    accounts.invite_account(invited, actor=chair, now=now)
    resets.ask_reset("mai.rungen", "换了手机", actor=NOBODY, now=now)
    rights.break_glass("people.view", path, 4, "台风转移群众", actor=chair, now=now)
    home = one("access.account", kind="resident")
    # the resident who signs in by telephone is somebody of this city: the demo's entry lets her account go
    type(home).objects.filter(pk=home.pk).update(person=None)
    home.refresh_from_db()
    acting.tie_person(home, person_of(PERSON), path=path, actor=chair, now=now)
    resident = Actor(account_id=home.pk, person_id=None, label="居民")
    requests.file_request("copy", "我的全部资料", path=path, actor=resident, now=now)
    lists.make_list(path, actor=chair, now=now)
    guard = clerk_of("security", now=now)
    clerk = replace(guard, account_id=account("ye.shaofen").pk)
    imports.start_import("名单.xlsx", path, is_dry_run=True, actor=clerk, now=now)
    post = posts_by_id({min(chair.posts)}, on=localdate(now))[min(chair.posts)]
    days = (localdate(now), localdate(now) + timedelta(days=7))
    deputies.name_deputy(post, account("ye.shaofen"), days, "年假", actor=chair, now=now)


def _grid(*, actor: Actor, now: datetime) -> None:
    """Cells, and what happened in them."""
    city_grid.live(actor=actor, now=now)


def _record(*, actor: Actor, now: datetime) -> None:
    """The trail is sealed and the public log has a signed head."""
    trail.seal_once(actor=system_actor("trail.seal"), now=now)
    translog.enter_trail_head(actor=system_actor("translog"), now=now)
    translog.sign_head(actor=system_actor("translog"), now=now)
