"""What residents of the demo village reported these days, and what came of it so far."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from linli.access.models import Account
from linli.access.queries.actors import account_actor
from linli.cases.models import Assignment, Case, CaseFile, Category
from linli.cases.services import assigning, filing, following, photos, releasing, showing, words
from linli.cases.services.acting import act
from linli.cases.services.perform import perform
from linli.cases.types.acting import Typed
from linli.cases.types.filing import Contact, Filing, Naming
from linli.cases.types.moves import At, To, Wish
from linli.cases.types.words import AssignmentRole, Channel
from linli.demo.cast import RESIDENT_NAME, VILLAGE_1
from linli.demo.pictures import Picture, lane_swept, lane_with_rubbish
from linli.kernel.permits import NOBODY, Actor
from linli.orgs.models import Post

# in the first of the invented villages
LAMP = (114.3512, 22.7098)


def is_made() -> bool:
    """Say whether residents have reported; what they said about the pages is made before."""
    return Case.objects.filter(kind="report").exists()


@transaction.atomic
def make(office: Actor, town: Actor, *, now: datetime) -> None:
    """Let residents report once, and the village's office do its work. A second run changes nothing.

    All of it or nothing, pictures too: a first run that broke off left nothing, so the next begins anew.
    """
    if is_made():
        return
    resident = account_actor(
        Account.objects.get(display_name=RESIDENT_NAME, kind="resident").pk, now=now
    )
    for story in (_lamp, _rubbish, _papers, _bench, _praise):
        story(office, resident, now)
    _noise(office, town, now)


def _report(
    text: str,
    actor: Actor,
    at: datetime,
    about: str = "",
    shows: Picture | None = None,
    **more: object,
) -> int:
    told = {"channel": Channel.PAGE, "place": VILLAGE_1, **more}
    if shows:
        kept, refused = photos.keep_photos([shows], actor=actor, now=at)
        assert not refused, refused
        told["photos"] = tuple(photo.code for photo in kept)
    if about:
        told["category_id"] = Category.objects.get(code=about).pk
    return filing.file_report(Filing(text, **told), actor=actor, now=at).case_id  # type: ignore[arg-type]


def _do(
    case_id: int, name: str, who: Actor, at: datetime, public: str, shows: Picture | None = None
) -> None:
    """Take a step as its form would, with a picture of what was done."""
    given = Typed({"text": public}, uploads=(shows,) if shows else ())
    act(Case.objects.get(pk=case_id), name, At(case_id), given, actor=who, now=at)


def _release(case_id: int, who: Actor, at: datetime) -> None:
    """What the resident wrote and photographed was looked at, and everybody may see it now."""
    releasing.release_words(At(case_id), 1, actor=who, now=at)
    for photo in CaseFile.objects.filter(case_id=case_id, is_by_reporter=True):
        showing.release_photo(At(case_id), photo.pk, actor=who, now=at)


def _take(case_id: int, who: Actor, at: datetime) -> None:
    """The office accepts what was offered to it, and the case itself."""
    case = Case.objects.get(pk=case_id)
    if case.offered_post_id in who.posts:
        assigning.accept(At(case_id), _offer_of(case_id), actor=who, now=at)
    perform(Wish(case_id, "accept"), actor=who, now=at)


def _offer_of(case_id: int) -> int:
    return Assignment.objects.get(case_id=case_id, role="lead", state="offered").number


def _lamp(office: Actor, resident: Actor, now: datetime) -> None:
    """At work: reported yesterday by the demo's resident herself."""
    then = now - timedelta(days=1, hours=2)
    case_id = _report(
        "和顺路公交站旁边的路灯两盏不亮，晚上很黑，老人家差点摔倒。", resident, then, about="street_lamp",
        point=LAMP, is_mine=True, naming=Naming.NAMED,
    )  # fmt: skip
    _take(case_id, office, then + timedelta(hours=1))
    _release(case_id, office, then + timedelta(hours=2))
    text = "已联系供电所，配件明天到，到货当天更换。"
    words.tell_reporter(At(case_id), text, actor=office, now=then + timedelta(hours=3))


def _rubbish(office: Actor, resident: Actor, now: datetime) -> None:
    """Done, with a picture before and after; not yet said by the reporter to be solved."""
    then = now - timedelta(days=6)
    case_id = _report(
        "示范大道12号后巷的垃圾堆了好几天没人清运，臭味很大。",
        NOBODY,
        then,
        matter="complaint",
        about="sanitation",
        shows=lane_with_rubbish(),
    )
    _take(case_id, office, then + timedelta(hours=4))
    _release(case_id, office, then + timedelta(hours=5))
    done = "已清运并冲洗后巷，收运改为每天早晚各一次。"
    _do(case_id, "finish", office, now - timedelta(days=3), done, lane_swept())


def _papers(office: Actor, resident: Actor, now: datetime) -> None:
    """A question that was answered, and that settled it."""
    then = now - timedelta(days=4)
    case_id = _report(
        "外地户口的孩子在村里上公办小学要准备什么材料？", resident, then,
        matter="inquiry", is_mine=True, naming=Naming.NAMED,
    )  # fmt: skip
    _take(case_id, office, then + timedelta(hours=2))
    answer = "需要居住证、社保或就业证明和租赁登记，五月在镇里统一报名；清单可到服务中心领取。"
    _do(case_id, "answer", office, then + timedelta(days=1), answer)
    following.agree_to_answer(At(case_id), actor=resident, now=then + timedelta(days=2))


def _bench(office: Actor, resident: Actor, now: datetime) -> None:
    """Just in: to be accepted, and its words to be read before everybody does."""
    _report(
        "小公园的榕树下能不能加两张有靠背的长凳？", NOBODY, now - timedelta(hours=2), about="green",
        matter="suggestion",
    )  # fmt: skip


def _noise(office: Actor, town: Actor, now: datetime) -> None:
    """Handed to the town, which has not answered: taken down at the counter a week ago."""
    then = now - timedelta(days=8)
    phone = Contact(name="何女士", phone="13800000991")
    case_id = _report(
        "村口工地晚上十一点还在打桩，家里小孩睡不着。", office, then, channel=Channel.COUNTER, about="site_noise",
        matter="complaint", contact=phone, naming=Naming.NAMED,
    )  # fmt: skip
    _take(case_id, office, then + timedelta(hours=1))
    post = Post.objects.get(pk=min(town.posts))
    to = To(AssignmentRole.LEAD, post.organisation_id, post.pk)
    note = "施工许可在镇里，请到现场核实夜间施工。"
    assigning.offer(At(case_id), to, actor=office, now=then + timedelta(hours=2), note=note)


def _praise(office: Actor, resident: Actor, now: datetime) -> None:
    """Thanks, which the office answers."""
    then = now - timedelta(days=2)
    case_id = _report("保洁的阿姨每天把巷子扫得很干净，谢谢她们。", NOBODY, then, matter="praise")
    _take(case_id, office, then + timedelta(hours=5))
    _do(
        case_id,
        "finish",
        office,
        then + timedelta(hours=6),
        "谢谢您，我们已转告保洁班组。",
        lane_swept(),
    )
