"""Makers of what is offered, for everybody's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from linli.cases.services.opening import Opened, Opening, open_case
from linli.cases.services.taking_down import note_asker
from linli.cases.testing import NOON
from linli.cases.types.filing import Contact
from linli.cases.types.moves import Given
from linli.cases.types.openings import Asker
from linli.cases.types.shapes import Hand
from linli.kernel.errors import NotFound
from linli.kernel.permits import NOBODY, Actor, system_actor
from linli.kernel.testing import make_actor
from linli.offerings import permits
from linli.offerings.clients.applicants import sealed
from linli.offerings.models import Application, ItemVersion, MaterialState
from linli.offerings.queries.applications import papers_of
from linli.offerings.rules.applications import materials_of
from linli.offerings.rules.item_data import read_item
from linli.offerings.services.checking import tick_papers
from linli.offerings.services.item_lists import publish_shipped
from linli.offerings.services.item_moves import submit_version
from linli.offerings.services.items import create_item
from linli.offerings.types.applications import KIND, Applicant, ItemAsked
from linli.offerings.types.items import ItemFacts
from linli.places import queries as places
from linli.places.testing import make_village

if TYPE_CHECKING:
    from linli.places.models import Place

TODAY = date(2026, 8, 10)
SYSTEM = system_actor("test")

# an item as its version keeps it: two questions, one paper for one answer, one that comes by sharing
PERMIT: dict[str, Any] = {
    "key": "residence-permit",
    "kind": "public_service",
    "name": {"zh": "居住证申领", "en": "Residence permit"},
    "says": {"zh": "给在本市居住半年以上的人。", "en": "For who has lived here half a year."},
    "level": "town",
    "office": {"zh": "公安部门", "en": "Police"},
    "statutory": {"days": 15, "unit": "working", "certainty": "sure"},
    "promised": {"days": 10, "unit": "working"},
    "fee": {"fen": 0},
    "channels": ["counter", "online"],
    "questions": [
        {
            "key": "whose",
            "ask": {"zh": "住的房子是谁的？", "en": "Whose is the home?"},
            "options": [
                {"key": "own", "zh": "自己的", "en": "my own"},
                {"key": "rented", "zh": "租的", "en": "rented"},
            ],
        }
    ],
    "materials": [
        {"key": "id-card", "zh": "身份证", "en": "Identity card", "form": "original"},
        {"key": "lease", "zh": "租房合同", "en": "Lease", "form": "copy", "when": {"whose": ["rented"]}},
        {"key": "hukou", "zh": "户籍信息", "en": "Household register", "by": "sharing", "source": "人口库"},
    ],
    "result": {"zh": "居住证", "en": "Residence permit"},
}  # fmt: skip


# the same, and the item itself asks for whom it is
PENSION: dict[str, Any] = {
    **PERMIT,
    "questions": [
        {
            "key": "whose",
            "ask": {"zh": "给谁办？", "en": "Whom is it for?"},
            "options": [
                {"key": "self", "zh": "本人", "en": "Myself"},
                {"key": "other", "zh": "替家人或别人办", "en": "Somebody else"},
            ],
        }
    ],
}  # fmt: skip


def make_application(
    code: str = "441900005001",
    *,
    item: dict[str, Any] | None = None,
    answers: dict[str, str] | None = None,
    now: datetime = NOON,
    clerk: Actor | None = None,
    fee_fen: int = 0,
    **more: Any,
) -> Opened:
    """Open an application of a resident in a village, which is made if there is none.

    `clerk` took it in at the window; without one it came by page.
    """
    make_village(code)
    asked = ItemAsked("residence-permit", 3, item or PERMIT)
    given = Given(public={"text": asked.name["zh"]}, by_reporter=True)
    channel = "counter" if clerk else "page"
    opening = Opening(
        KIND, tuple(places.chain_of(code)), channel, title=asked.name["zh"], given=given
    )
    said = {"whose": "rented"} if answers is None else answers
    with transaction.atomic():
        hand = None if clerk else Hand("reporter")
        opened = open_case(opening, actor=clerk or NOBODY, now=now, hand=hand)
        case_id = opened.held.id
        who = Applicant("陈大文", "11010519491231002X", "13800001234")
        application = Application.objects.create(
            case_id=case_id, item_key=asked.key, item_version=asked.version, item=dict(asked.content),
            answers=said, sealed=sealed(who, case_id), id_masked="1101**********002X",
            delivery="counter", fee_fen=fee_fen, **more,
        )  # fmt: skip
        MaterialState.objects.bulk_create(
            MaterialState(application=application, key=one.key, changed_at=now)
            for one in materials_of(asked, said)
            if one.is_hers
        )
        asker = Asker(Contact(who.name, who.phone), is_on_behalf=clerk is not None)
        note_asker(opened.held.id, asker, actor=clerk or NOBODY, now=now)
    return opened


def bring_papers(case_id: int, *, now: datetime = NOON) -> None:
    """Let every paper of an application lie on the table."""
    tick_papers(case_id, papers_of(case_id), actor=SYSTEM, now=now)


def item_data(key: str = "residence-permit", **more: Any) -> dict[str, Any]:
    """Return an item as its file has it: rented or own home, and one thing that a register has."""
    return {
        "key": key,
        "kind": "public_service",
        "name": {"zh": "居住证申领", "en": "Residence permit"},
        "says": {"zh": "住满半年的人领取居住证。", "en": "For people who have lived here half a year."},
        "events": [],
        "office": {"zh": "公安派出所", "en": "Police station"},
        "basis": [{"title": "居住证暂行条例", "number": "国务院令第663号", "article": "第九条", "certainty": "check"}],
        "statutory": {"days": 15, "unit": "working", "source": "居住证暂行条例", "certainty": "check"},
        "promised": {"days": 10, "unit": "working"},
        "fee": {"fen": 0},
        "visits": 1,
        "channels": ["counter", "online"],
        "questions": [
            {
                "key": "home", "ask": {"zh": "您住的房子是哪一种？", "en": "What kind of home do you live in?"},
                "options": [
                    {"key": "rented", "zh": "租的", "en": "Rented"},
                    {"key": "own", "zh": "自己的", "en": "My own"},
                ],
            },
            {
                "key": "register", "ask": {"zh": "租房合同备案了吗？", "en": "Is the lease filed?"},
                "options": [{"key": "yes", "zh": "已备案", "en": "Yes"}, {"key": "no", "zh": "没有", "en": "No"}],
            },
        ],
        "conditions": [{"zh": "住满半年。", "en": "You have lived here half a year."}],
        "materials": [
            {"key": "photo", "zh": "近照", "en": "Photo", "form": "original", "by": "applicant"},
            {"key": "identity", "zh": "身份证信息", "en": "Identity data", "form": "e_certificate", "by": "sharing", "source": "人口信息库"},
            {
                "key": "lease", "zh": "租房合同", "en": "Lease", "form": "copy", "by": "applicant",
                "when": {"home": ["rented"], "register": ["no"]},
            },
        ],
        "result": {"zh": "居住证", "en": "The permit"},
        "synonyms": ["暂住证", "绿卡"],
        "certainty": "check",
        **more,
    }  # fmt: skip


def refused_data(key: str = "proof-of-kinship", rule: str = "CE-01", **more: Any) -> dict[str, Any]:
    """Return a proof that a committee may not issue."""
    return {
        "key": key, "kind": "refused", "name": {"zh": "亲属关系证明", "en": "Proof of kinship"},
        "says": {"zh": "村（居）委会不开这个证明。", "en": "The committee does not issue this proof."},
        "refused": {"rule": rule, "instead": {"zh": "看户口簿；还不够时到派出所。", "en": "See the household register, else the police station."}},
        "synonyms": ["母子关系证明"], **more,
    }  # fmt: skip


def make_writer(place: Place, account: int = 1) -> Actor:
    """Return somebody who writes items of a place."""
    return make_actor("writer", permits.WRITE_ITEMS, at=place.path, account_id=account)


def make_publisher(place: Place, account: int = 2) -> Actor:
    """Return somebody who publishes items of a place."""
    return make_actor("publisher", permits.PUBLISH_ITEMS, at=place.path, account_id=account)


def read_facts(**more: Any) -> ItemFacts:
    """Return what `item_data` says, with what is named changed."""
    return read_item(item_data(**more))[0]


def make_draft(place: Place, **more: Any) -> ItemVersion:
    """Return a draft of somebody who writes items of a place."""
    return create_item(place, read_facts(**more), actor=make_writer(place), now=NOON)


def submit(version: ItemVersion, place: Place) -> ItemVersion:
    """Return a draft handed to a second person by its writer."""
    return submit_version(version, edition=version.edition, actor=make_writer(place), now=NOON)


def make_item(place: Place, now: datetime = NOON, **more: Any) -> ItemVersion:
    """Return a published item of a place; what is named differs from `item_data`."""
    data = more if more.get("kind") == "refused" else item_data(**more)
    found = publish_shipped(place, [data], actor=SYSTEM, now=now)
    version = found.versions[0]
    version.refresh_from_db()
    return version


def as_offered(monkeypatch: Any, content: dict[str, Any], number: int = 3, path: str = "") -> None:
    """Let an item be offered at a place, everywhere without one, whatever stands in the tables."""
    from linli.offerings.queries import items

    def begin_version(key: str, on: Any) -> Callable[[], items.Asked]:
        def told() -> items.Asked:
            if key != content["key"]:
                raise NotFound()
            return items.Asked(number, content, path)

        return told

    monkeypatch.setattr(items, "begin_version", begin_version)
