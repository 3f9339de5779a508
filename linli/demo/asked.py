"""What residents of the demo village applied for these days, and how far it is."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.cases.services import assigning
from linli.cases.services.perform import perform
from linli.cases.types import AssignmentRole, Channel
from linli.cases.types.moves import At, Given, To, Wish
from linli.demo.cast import RESIDENT_NAME, VILLAGE_1
from linli.kernel.clock import add_months
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.offerings.models import Application, ApplicationPart, Benefit
from linli.offerings.services import benefits, delivering, fees, mandates, parts
from linli.offerings.services.applying import apply_for
from linli.offerings.services.checking import accept_application
from linli.offerings.services.window import take_in
from linli.offerings.types.applications import Applicant, Applying, Handed, PartWish
from linli.offerings.types.helping import Relation
from linli.offerings.types.mandates import Agent, MandateFacts
from linli.offerings.types.reminders import BenefitFacts
from linli.orgs.models import Post
from linli.people.models import Residency
from linli.places import queries as places

# what the tests look them up by
WAITS, PAID, BACK = "居住证申领", "身份证丢失补领", "核对房屋租赁登记"
# under which item the demo's resident owes a fee
OWED_FOR = "id-card-replacement"
NIECE = "000000199003072888"
GRANT, CARE = "高龄津贴（每年核对）", "护理补贴"


@transaction.atomic
def make(clerk: Actor, chair: Actor, town: Actor, head: Actor, *, now: datetime) -> None:
    """Let residents apply once, and window and departments do their work. A second run changes nothing."""
    if Application.objects.exists():
        return
    resident = account_actor(
        Account.objects.get(display_name=RESIDENT_NAME, kind="resident").pk, now=now
    )
    _lacking(clerk, now)
    _at_departments(clerk, chair, town, head, now)
    _paid(clerk, town, now)
    _by_page(resident, now)
    _owes(resident, clerk, town, now)
    _for_her_mother(now)
    # what somebody receives is there without the applications, too: benches take those out
    if not Benefit.objects.filter(name=GRANT).exists():
        _receives(clerk, now)


def _window(
    key: str, answers: dict[str, str], brought: set[str], who: Applicant, clerk: Actor, at: datetime
) -> int:
    applying = Applying(
        key, VILLAGE_1, who, answers, brought=frozenset(brought), channel=Channel.COUNTER
    )
    return take_in(applying, actor=clerk, now=at).case_id


def _lacking(clerk: Actor, now: datetime) -> None:
    """The lease was not there: told once what is missing, to come by phone photo."""
    answers = {"ground": "home", "home": "rented", "whose": "self"}
    who = Applicant("何女士", "", "13800000992")
    _window("residence-permit", answers, {"photo"}, who, clerk, now - timedelta(days=1, hours=3))


def _at_departments(clerk: Actor, chair: Actor, town: Actor, head: Actor, now: datetime) -> None:
    """Two departments work on it: one was asked and handed its part back."""
    then = now - timedelta(days=3)
    answers = {"ground": "work", "home": "dormitory", "whose": "self"}
    who = Applicant("冯先生", "", "13800000993")
    case_id = _window("residence-permit", answers, {"photo", "contract"}, who, clerk, then)
    chair_post, head_post = (Post.objects.get(pk=min(one.posts)) for one in (chair, head))
    lead = Post.objects.get(pk=min(town.posts))
    parts.distribute(
        At(case_id), To(AssignmentRole.LEAD, lead.organisation_id, lead.pk),
        [
            PartWish(chair_post.organisation_id, chair_post.pk, BACK, 1),
            PartWish(head_post.organisation_id, head_post.pk, "核对劳动合同和社保记录", 1),
        ],
        actor=clerk, now=then + timedelta(hours=1),
    )  # fmt: skip
    part = ApplicationPart.objects.get(application_id=case_id, task=BACK)
    assert part.number is not None, "its turn is the first"
    assigning.decline(
        At(case_id), part.number, reason="村里没有宿舍的租赁登记，请问出租屋管理站。", actor=chair,
        now=then + timedelta(days=1),
    )  # fmt: skip


def _paid(clerk: Actor, town: Actor, now: datetime) -> None:
    """Granted by the town, paid, and handed over at the window."""
    then = now - timedelta(days=6)
    who = Applicant("苏女士", "", "13800000994")
    case_id = _window(OWED_FOR, {"hurry": "wait"}, set(), who, clerk, then)
    given = Given(public={"text": "经核对，准予补领，请缴纳工本费后领取。"})
    perform(Wish(case_id, "grant", given), actor=town, now=then + timedelta(days=2))
    fee = Application.objects.get(pk=case_id).fee_fen
    at = then + timedelta(days=3)
    fees.take_payment(case_id, fee, "cash", actor=clerk, now=at)
    delivering.deliver(At(case_id), Handed("counter", "本人签收"), actor=clerk, now=at)


def _by_page(resident: Actor, now: datetime) -> None:
    """The demo's resident herself applied this morning; nobody looked at it yet."""
    applying = Applying(
        "residence-permit-endorsement", VILLAGE_1, Applicant(RESIDENT_NAME, "", "13800000990"),
        {"moved": "same"}, is_mine=True, person_id=resident.person_id,
    )  # fmt: skip
    apply_for(applying, actor=resident, now=now - timedelta(hours=2))


def _owes(resident: Actor, clerk: Actor, town: Actor, now: datetime) -> None:
    """What the demo's resident applied for by page is granted, and its fee is still to be paid."""
    then = now - timedelta(days=4)
    applying = Applying(
        OWED_FOR, VILLAGE_1, Applicant(RESIDENT_NAME, "", "13800000990"), {"hurry": "wait"},
        is_mine=True, person_id=resident.person_id,
    )  # fmt: skip
    case_id = apply_for(applying, actor=resident, now=then).case_id
    accept_application(At(case_id), actor=clerk, now=then + timedelta(hours=3))
    given = Given(public={"text": "经核对，准予补领，请缴纳工本费。"})
    perform(Wish(case_id, "grant", given), actor=town, now=then + timedelta(days=2))


def _for_her_mother(now: datetime) -> None:
    """A daughter applied for her mother by page; the mandate is still to be shown."""
    mother = Applicant("卫婆婆", agent_name="卫小姐", agent_phone="13800000997")
    applying = Applying(
        "very-old-allowance", VILLAGE_1, mother,
        {"age": "eighty", "whose": "other", "hukou": "here"}, agent_relation=Relation.FAMILY,
    )  # fmt: skip
    apply_for(applying, actor=NOBODY, now=now - timedelta(hours=5))


def _receives(clerk: Actor, now: datetime) -> None:
    """What three of the oldest receive: one ends this month, one has no end, one is asked about."""
    today = localdate(now)
    path = places.get_place(VILLAGE_1).path
    oldest = Residency.objects.filter(path=path, until__isnull=True, is_shadowed=False)
    persons = list(oldest.order_by("born_on", "pk").values_list("person_id", flat=True)[:3])
    mandates.prepare_mandate(
        persons[0], MandateFacts(Agent("何小敏", NIECE, "13800000998"), add_months(today, 6)),
        actor=clerk, now=now - timedelta(days=1),
    )  # fmt: skip
    last = add_months(today.replace(day=1), 1) - timedelta(days=1)
    began = add_months(today, -11)
    for person_id, name, until, key in zip(
        persons, (GRANT, "公益性岗位补贴", CARE), (last, None, None),
        ("very-old-allowance", "", "care-grant"), strict=True,
    ):  # fmt: skip
        facts = BenefitFacts("allowance", name, began, until, key)
        benefits.add_benefit(person_id, facts, actor=clerk, now=now - timedelta(days=20))
    benefits.ask_stop(
        persons[2], path, "left", today - timedelta(days=1),
        actor=system_actor("offerings.ask_stop"), now=now - timedelta(hours=5),
    )  # fmt: skip
