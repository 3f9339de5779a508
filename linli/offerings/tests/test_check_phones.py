"""Checks of centres from phones that had no network: sealed for their owner, never over what others answered."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.files.models import StoredFile
from linli.files.testing import own_home, photo
from linli.kernel.permits import NOBODY, STAFF
from linli.kernel.sealing import seal
from linli.kernel.testing import client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.models import CentreCheck, CentrePoint, CheckKey
from linli.offerings.queries.norms import norms
from linli.offerings.services import centre_checks
from linli.offerings.tests.visit_samples import NOON, TODAY, make_centre
from linli.offerings.types.centres import Met, Said
from linli.offerings.views.check_phones import FILES, MODULES

pytestmark = pytest.mark.django_db
API, OUTDOORS = "/api/v1/centre-checks/", "/en/desk/checks/"
VISITOR = make_actor("visitor", permits.VISIT_CENTRES, ceiling=STAFF, account_id=31)
OTHER = make_actor("other", permits.VISIT_CENTRES, ceiling=STAFF, account_id=32)
KEEPER = make_actor("keeper", permits.CENTRES, ceiling=STAFF, account_id=33)
NORM = norms()[0]
POINT, SECOND = NORM.points[0].key, NORM.points[1].key
DUE = (TODAY + timedelta(days=3650)).isoformat()


def begun() -> CentreCheck:
    return centre_checks.begin_check(
        make_centre(), "third", TODAY, "社工机构", actor=VISITOR, now=NOON
    )


def asked_key(actor: Any, boxes: list[str] | None) -> Any:
    """Ask for a key as a page does with the boxes of its phone; None: as a page from before boxes."""
    body = {} if boxes is None else {"boxes": boxes}
    return post_json(client_of(actor), f"{API}key", body)


def send(check: CentreCheck, said: Any, seen: Any = None, actor: Any = VISITOR) -> Any:
    body = {"said": said, "seen": seen or {}}
    return post_json(client_of(actor), f"{API}{check.pk}/norms/{NORM.key}", body)


def test_a_visitor_gets_her_checks_and_her_own_key_and_nobody_elses() -> None:
    check = begun()

    listed = client_of(VISITOR).get(API).json()
    first = asked_key(VISITOR, []).json()
    again, theirs = (
        asked_key(VISITOR, [first["box"]]).json(),
        asked_key(OTHER, [first["box"]]).json(),
    )

    assert [(one["id"], one["points"]) for one in listed["checks"]] == [(check.pk, {})]
    assert (first["id"], first["key"]) == (again["id"], again["key"])
    assert theirs["key"] != first["key"] not in first["box"]
    assert client_of(KEEPER).get(API).json()["checks"] == []
    stranger = make_actor("nobody", account_id=9)
    assert client_of(stranger).get(API).status_code == 403
    assert (
        asked_key(stranger, []).status_code
        == asked_key(stranger, [first["box"]]).status_code
        == 403
    )
    # who fills in no check any more still opens what she has
    gone = make_actor("visitor", account_id=31)
    assert asked_key(gone, [first["box"]]).json()["key"] == first["key"]


def test_a_key_from_before_boxes_is_given_to_old_and_new_pages_and_an_old_page_gets_no_new_one() -> (
    None
):
    old = seal("old-key", table="offerings_checkkey", column="secret", row="OLDCODE")
    CheckKey.objects.create(code="OLDCODE", account_id=31, secret=old, used_on=TODAY)

    before, boxed = asked_key(VISITOR, None).json(), asked_key(VISITOR, []).json()

    assert (before["code"], before["key"]) == (boxed["id"], boxed["key"]) == ("OLDCODE", "old-key")
    CheckKey.objects.all().delete()
    assert asked_key(VISITOR, [boxed["box"]]).json()["key"] == "old-key"
    renewed = asked_key(OTHER, None)
    assert (renewed.status_code, renewed.json()["code"]) == (409, "page_is_old")


def test_an_answer_comes_with_its_photo_and_one_that_is_gone_takes_nothing_with_it(
    tmp_path: Path, settings: Any
) -> None:
    with own_home(tmp_path, settings, NOON):
        check = begun()
        upload = SimpleUploadedFile("a.jpg", photo(60, 40), "image/jpeg")
        taken = client_of(VISITOR).post(
            "/api/v1/files/drafts/add", {"files": upload, "key": "1" * 12}
        )
        code = taken.json()["taken"][0]["code"]

        said = {POINT: {"met": "no", "words": "没有公开", "due_on": DUE, "files": [code, "GONE"]}}
        answer = send(check, said)

        assert answer.status_code == 200 and answer.json()["points"][POINT]["due_on"] == DUE
        point = CentrePoint.objects.get(check_of=check)
        assert StoredFile.objects.filter(owner_id=point.pk, code=code).exists()


def test_what_somebody_else_answered_meanwhile_is_not_written_over_until_it_was_seen() -> None:
    check = begun()
    theirs = {POINT: Said(Met.NONE, "本中心没有")}
    centre_checks.answer_norm(check, NORM.key, theirs, actor=OTHER, now=NOON)
    mine = {POINT: {"met": "yes"}}

    hindered = send(check, mine)
    elsewhere = send(check, {SECOND: {"met": "yes"}})
    again = send(check, mine, {POINT: {"met": "none", "words": "本中心没有", "due_on": ""}})

    assert (hindered.status_code, hindered.json()["code"]) == (409, "answered_meanwhile")
    assert elsewhere.status_code == again.status_code == 200
    assert CentrePoint.objects.get(key=POINT).met == "yes"


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({POINT: {"met": "no"}}, 422),
        ({POINT: {"met": "no", "words": "没有", "due_on": "2001-01-01"}}, 422),
        ({POINT: {"met": "maybe"}}, 422),
        ({"nosuch": {"met": "yes"}}, 404),
    ],
)
def test_what_is_not_whole_is_refused_and_nothing_changes(said: Any, status: int) -> None:
    check = begun()

    assert send(check, said).status_code == status
    check.refresh_from_db()
    assert (check.edition, CentrePoint.objects.count()) == (1, 0)


def test_who_may_not_fill_it_in_or_comes_after_its_end_changes_nothing() -> None:
    check = begun()
    elsewhere = make_actor("far", permits.VISIT_CENTRES, at="441900/441900006/", account_id=34)

    assert send(check, {POINT: {"met": "yes"}}, actor=KEEPER).status_code == 403
    assert send(check, {POINT: {"met": "yes"}}, actor=elsewhere).status_code == 404
    CentreCheck.objects.update(state="filed", filed_at=NOON)
    assert send(check, {POINT: {"met": "yes"}}).status_code == 409
    assert not CentrePoint.objects.exists()


def bare(html: str) -> str:
    """Return a page without what changes with each request."""
    return re.sub(r'value="[^"]*"|nonce="[^"]*"', "", html)


def test_the_page_is_the_same_for_everybody_and_asks_every_point() -> None:
    begun()

    hers = client_of(VISITOR).get(OUTDOORS).content.decode()

    assert bare(hers) == bare(client_of(NOBODY).get(OUTDOORS).content.decode())
    assert all(f"met-{point.key}" in hers for norm in norms() for point in norm.points)
    assert "csrfmiddlewaretoken" not in hers


def test_the_script_keeps_the_page_and_all_that_its_modules_import() -> None:
    got = client_of(NOBODY).get(f"{OUTDOORS}worker.js").content.decode()

    kept = json.loads(re.search(r"const FILES = (.*);", got)[1])  # type: ignore[index]
    assert json.loads(re.search(r"const SHELL = (.*);", got)[1]) == OUTDOORS  # type: ignore[index]
    assert 'const NAME = "linli-checks-' in got and 'credentials: "omit"' in got
    assert all(address.startswith("/static/") for address in kept)
    for name in ("app", "queue", "store", "draw"):
        path = finders.find(f"offerings/checks/{name}.js")
        assert isinstance(path, str)
        for other in re.findall(r'from "(.*)"', Path(path).read_text()):
            steps = [step for step in other.split("/") if step not in (".", "..")]
            base = ["offerings", "checks"] if other.startswith("./") else []
            assert "/static/" + "/".join([*base, *steps]) in kept
    assert [name for name in (*FILES, *MODULES) if finders.find(name) is None] == []
