"""A request of another system becomes a report like any other: same checks, same route, same clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.cases.queries.accusing import lead_elsewhere_once
from linli.cases.queries.questions import form_of
from linli.cases.queries.reading import get_case
from linli.cases.queries.suggesting import suggest
from linli.cases.services.filing import file_report
from linli.cases.services.photos import keep_photos
from linli.cases.types.filing import Answered, Contact, Filed, Filing, Naming
from linli.cases.types.words import Channel
from linli.exchange import permits, queries
from linli.exchange.errors import KeyNeeded, NotGiven, Unreadable
from linli.exchange.models import PostedRequest
from linli.exchange.queries.questions import answered
from linli.exchange.types import MOST_DESCRIPTION, OTHER, Attribute, Posted
from linli.files.types import Upload
from linli.kernel import locks
from linli.kernel.permits import NOBODY, Actor, open_to_all, require, system_actor
from linli.kernel.registries import PATH_OF

# so that the same sending of the same key is one request
ROOM = UUID("6f0e7a56-5f0c-4b52-9d0e-6d6f6e6c6c69")
MOST_WHERE = 100
TAKER = system_actor("exchange.post")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets: number and token; the code, with which its reporter follows it, once."""

    number: str
    token: str
    code: str = ""


@transaction.atomic
def post_request(
    posted: Posted, *, media: Sequence[Upload] = (), actor: Actor, now: datetime
) -> Receipt:
    """Take a request down as a report at its place, once for each sending that names itself.

    Refuses with KeyNeeded, NotAllowed outside the places of the key, NotGiven, Unreadable,
    NoService, AccusesOfficial, and as file_report does.
    """
    if not actor.paths(permits.REPORT):
        raise KeyNeeded()
    token = _token(posted, actor)
    # the same sending twice at once: the second waits, then gets the receipt of the first
    locks.hold("exchange.post", token)
    known = PostedRequest.objects.filter(token=token).first()
    if known is not None:
        return Receipt(known.number, str(token))
    service = queries.get_service(posted.service_code, localdate(now))
    answers, said = _answers(posted, service.code, now)
    filing = _filing(posted, answers, said, token, kept_media(media, actor=NOBODY, now=now))
    filing = replace(filing, category_id=service.category_id)
    if answers.get("meant_for_here") != "yes":
        words = "\n".join((filing.text, *said.said))
        lead_elsewhere_once(filing.where, words, service.category_id, filing.matter)
    filed = file_report(filing, actor=NOBODY, now=now)
    require(actor, permits.REPORT, at=get_case(TAKER, filed.number).path)
    return _noted(filed, token, actor, now)


def _token(posted: Posted, actor: Actor) -> UUID:
    if not posted.once:
        return uuid4()
    return uuid5(ROOM, f"{actor.account_id} {actor.label} {posted.once}")


def _noted(filed: Filed, token: UUID, actor: Actor, now: datetime) -> Receipt:
    PostedRequest.objects.create(
        token=token, number=filed.number, key_id=actor.account_id, by_label=actor.label[:160],
        posted_at=now,
    )  # fmt: skip
    return Receipt(filed.number, str(token), filed.code)


@open_to_all("photos wait for the request that they come with, whose service asked for the permit")
def kept_media(media: Sequence[Upload], *, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Keep the photos that came along. Refuses with Unreadable: the sender mends and sends again."""
    if not media:
        return ()
    kept, refused = keep_photos(media, actor=actor, now=now)
    if refused:
        raise Unreadable(name="media", why=str(refused[0]))
    return tuple(file.code for file in kept)


def _filing(
    posted: Posted, answers: dict[str, str], said: Answered, token: UUID, photos: tuple[str, ...]
) -> Filing:
    if len(posted.description) > MOST_DESCRIPTION:
        why = _("at most %(most)s characters") % {"most": MOST_DESCRIPTION}
        raise Unreadable(name="description", why=why)
    contact = Contact(posted.name, posted.phone)
    place, spot = _place(posted)
    has_point = posted.lat is not None and posted.long is not None
    words = (posted.description.strip(), posted.media_url.strip())
    return Filing(
        text="\n".join(filter(None, words)),
        channel=Channel.OPEN311,
        place=place,
        point=(posted.long or 0.0, posted.lat or 0.0) if has_point else None,
        spot=spot,
        where=" ".join(filter(None, (posted.address.strip(), answers.get("where", "")))),
        matter=answers.get("matter", "help"),
        answered=said,
        photos=photos,
        contact=contact,
        naming=Naming.WITHHELD if contact.phone or contact.name else Naming.ANONYMOUS,
        numbers_meant=answers.get("numbers_meant") == "yes",
        uuid=token,
    )


def _answers(posted: Posted, code: str, now: datetime) -> tuple[dict[str, str], Answered]:
    """Return the answers to what every service asks, and to the questions of this one's form.

    Refuses with NotGiven what the form needs, with Unreadable what no definition names.
    """
    given = {
        name: filled
        for name, values in posted.attributes.items()
        if (filled := [one.strip() for one in values if one.strip()])
    }
    known = {one.code: one for one in queries.attributes(code) if one.variable}
    for name in posted.attributes.keys() - known.keys():
        raise Unreadable(name=f"attribute[{name}]", why=_("no definition has such an attribute"))
    for name, values in given.items():
        _check(known[name], values)
    answers = {name: given[name][0] for name in given.keys() & set(queries.COMMON)}
    if len(answers.get("where", "")) > MOST_WHERE:
        why = _("at most %(most)s characters") % {"most": MOST_WHERE}
        raise Unreadable(name="attribute[where]", why=why)
    form = form_of(code) if code != OTHER else None
    own = {name: values for name, values in given.items() if name not in queries.COMMON}
    return answers, answered(form, own, today=localdate(now)) if form else Answered()


def _check(one: Attribute, values: Sequence[str]) -> None:
    """Refuse with Unreadable several values where one is asked, and values that no list has."""
    name, choices = f"attribute[{one.code}]", [key for key, _words in one.values]
    if len(values) > 1 and one.datatype != "multivaluelist":
        raise Unreadable(name=name, why=", ".join(choices) or _("one value alone"))
    if choices and not set(values) <= set(choices):
        raise Unreadable(name=name, why=", ".join(choices))


def _place(posted: Posted) -> tuple[str, str]:
    """Return the code of the place or of the spot that is named, empty where a point says it.

    An address in words is enough where it names one village. Refuses with NotGiven, Unreadable.
    """
    if posted.address_id.strip():
        code = posted.address_id.strip()
        return (code, "") if PATH_OF.call(code) else ("", code)
    if posted.lat is not None and posted.long is not None:
        return "", ""
    if posted.lat is not None or posted.long is not None:
        raise NotGiven(name="long" if posted.lat is not None else "lat")
    if not posted.address.strip():
        raise NotGiven(name="lat, long / address_string / address_id")
    villages = [one for one in suggest(posted.address).places if one.level == "village"]
    best = [one.code for one in villages if one.score == villages[0].score]
    if len(best) != 1:
        why = _("it names no village, or several; send lat and long, or the address_id of one")
        raise Unreadable(name="address_string", why=why)
    return best[0], ""
