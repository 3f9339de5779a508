"""A second copy of the same request does nothing and gets the same answer."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from linli.kernel import registries
from linli.kernel.testing import make_actor
from linli.runtime.errors import StillRunning
from linli.runtime.models import IdempotencyKey, NumberSeries, RateLimit
from linli.runtime.retention import ENTRIES
from linli.runtime.services import idempotency, limits
from linli.runtime.services.idempotency import Claim
from linli.runtime.testing import Elsewhere
from linli.runtime.tests import addresses
from linli.runtime.types import Rate

pytestmark = [pytest.mark.urls("linli.runtime.tests.addresses")]
KEYS = ENTRIES[0]
CLERK = make_actor("clerk", account_id=7)
OTHER = make_actor("other", account_id=8)
FORM = {"key": "8f0c6a1e", "text": "路灯不亮"}
JSON = {"content_type": "application/json"}


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, **{"test.actor": CLERK})


def acts() -> int:
    return sum(NumberSeries.objects.values_list("last", flat=True))


@pytest.mark.django_db
def test_a_form_sent_twice_acts_once_and_leads_to_the_same_page(client: Client) -> None:
    first = client.post("/report", FORM)
    second = client.post("/report", FORM)

    assert (first.status_code, first["Location"]) == (303, "/reports/SF-2026-0001/")
    assert (second.status_code, second["Location"]) == (303, "/reports/SF-2026-0001/")
    assert second["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert acts() == 1


@pytest.mark.django_db
def test_a_new_csrf_token_does_not_make_it_another_form(client: Client) -> None:
    client.post("/report", {**FORM, "csrfmiddlewaretoken": "a"})
    client.post("/report", {**FORM, "csrfmiddlewaretoken": "b"})

    assert acts() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/report", "/reveal"])
def test_the_same_key_with_other_content_is_refused(client: Client, address: str) -> None:
    client.post("/report", FORM)

    again = client.post(address, {**FORM, "text": "水管爆了"})

    assert again.status_code == 422
    assert acts() == 1


@pytest.mark.django_db
def test_an_upload_with_the_same_name_but_other_bytes_is_other_content(client: Client) -> None:
    def upload(content: bytes) -> int:
        photo = SimpleUploadedFile("photo.jpg", content)
        return client.post("/report", {"key": "k", "photo": photo}).status_code

    assert [upload(b"a"), upload(b"a"), upload(b"b")] == [303, 303, 422]
    assert acts() == 1


@pytest.mark.django_db
def test_a_page_without_key_is_refused_and_nothing_is_done(client: Client) -> None:
    assert client.post("/report", {"text": "路灯不亮"}).status_code == 400
    assert client.post("/report", {**FORM, "key": "两个 字"}).status_code == 400
    assert acts() == 0


@pytest.mark.django_db
def test_somebody_else_with_the_same_key_acts_on_her_own(client: Client) -> None:
    client.post("/report", FORM)

    answer = Client(**{"test.actor": OTHER}).post("/report", FORM)

    assert answer["Location"] == "/reports/SF-2026-0002/"


@pytest.mark.django_db
def test_browsers_without_account_are_told_apart_by_their_cookie() -> None:
    one, other = Client(), Client()
    one.cookies["csrftoken"] = "a" * 32
    other.cookies["csrftoken"] = "b" * 32

    locations = [browser.post("/report", FORM)["Location"] for browser in (one, other, one)]

    assert locations == [f"/reports/SF-2026-000{n}/" for n in (1, 2, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"), [("/faulty", 422), ("/forbidden", 403), ("/broken", 500)]
)
def test_what_failed_left_no_trace_and_may_be_sent_again(
    client: Client, address: str, status: int
) -> None:
    assert [client.post(address, FORM).status_code for _ in range(2)] == [status, status]
    assert acts() == 0
    assert IdempotencyKey.objects.count() == 0


@pytest.mark.django_db
def test_a_kept_answer_cannot_be_read_in_the_database(client: Client) -> None:
    first = client.post("/reveal", FORM)

    row = IdempotencyKey.objects.get()
    assert b"441900199001011234" not in bytes(row.body)
    assert FORM["key"].encode() not in bytes(row.digest)
    assert client.post("/reveal", FORM).content == first.content


@pytest.mark.django_db
def test_where_an_answer_led_cannot_be_read_in_the_database_either(client: Client) -> None:
    """The address may bear the code by which a report is followed."""
    where = client.post("/report", FORM)["Location"]

    with connection.cursor() as cursor:
        cursor.execute("SELECT k::text FROM runtime_idempotencykey k")
        ((row,),) = cursor.fetchall()
    hidden = where.strip("/").encode()
    assert hidden.decode() not in row and hidden.hex() not in row
    assert client.post("/report", FORM)["Location"] == where


@pytest.mark.django_db
def test_when_the_server_secret_changed_what_was_done_stays_done(client: Client, settings) -> None:
    client.post("/reveal", FORM)
    settings.SECRET_KEY = "another secret of at least thirty-two signs"

    assert client.post("/reveal", FORM).status_code == 409
    assert acts() == 1


@pytest.mark.django_db
def test_an_exempt_page_needs_no_key(client: Client) -> None:
    assert client.post("/switch").content == b"switched"


@pytest.mark.django_db
def test_calls_carry_the_key_in_the_header_or_the_body(client: Client) -> None:
    body = {"text": "路灯不亮"}
    headers = {"Idempotency-Key": "a-1"}
    answers = [client.post("/api/reports", body, headers=headers, **JSON) for _ in range(2)]
    queued = [client.post("/api/reports", {**body, "key": "q-1"}, **JSON) for _ in range(2)]

    assert [a.json()["number"] for a in answers] == ["SF-2026-0001"] * 2
    assert [a.json()["number"] for a in queued] == ["SF-2026-0002"] * 2


@pytest.mark.django_db
def test_a_call_without_key_is_refused_in_the_shape_of_the_api(client: Client) -> None:
    answer = client.post("/api/reports", {"text": "x"}, **JSON)

    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message", "fields"}
    assert answer.json()["code"] == "key_missing"
    assert client.post("/api/free").json() == {"number": "SF-2026-0001"}


@pytest.mark.django_db
def test_a_refused_call_is_recorded_after_the_rollback(client: Client, monkeypatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr(
        registries.ON_REFUSAL, "_function", lambda actor, refusal, path: seen.append(acts())
    )

    assert client.post("/api/forbidden", headers={"Idempotency-Key": "f"}).status_code == 403
    assert seen == [0]


@pytest.mark.django_db
def test_a_limit_counts_tries_that_were_refused(client: Client) -> None:
    assert client.post("/once", FORM).status_code == 403

    second = client.post("/once", {**FORM, "key": "another"})

    assert second.status_code == 429
    assert 3590 <= int(second["Retry-After"]) <= 3600


@pytest.mark.django_db
def test_an_operation_of_the_api_has_limits_that_count_faulty_calls(client: Client) -> None:
    def call(body: str, key: str) -> int:
        headers = {"Idempotency-Key": key}
        return client.post("/api/limited", body, "application/json", headers=headers).status_code

    assert call("{}", "one") == 422
    assert call('{"text": "right"}', "two") == 429
    assert [client.get("/api/limited").status_code for _ in range(2)] == [200, 200]
    assert acts() == 0


@pytest.mark.django_db
def test_a_limit_of_what_was_taken_is_not_used_up_by_faults_refusals_and_copies(
    client: Client,
) -> None:
    def send(text: str, key: str) -> int:
        return client.post("/taken", {"text": text, "key": key}).status_code

    assert [send("faulty", "a"), send("refused", "b")] == [422, 403]
    assert send("right", "c") == 200
    # nothing is left: a copy waits too, as it does for every limit
    assert [send("right", "c"), send("right", "d")] == [429, 429]
    assert RateLimit.objects.count() == 2
    assert acts() == 1


@pytest.mark.django_db
def test_every_try_is_counted_beside_what_was_taken(client: Client) -> None:
    for n in range(5):
        client.post("/taken", {"text": "faulty", "key": f"k{n}"})

    assert client.post("/taken", {"text": "right", "key": "last"}).status_code == 429
    assert acts() == 0


@pytest.mark.django_db
def test_whoever_tries_too_often_is_told_that_first_and_leaves_no_key(client: Client) -> None:
    for n in range(5):
        client.post("/taken", {"text": "faulty", "key": f"k{n}"})
    keys = IdempotencyKey.objects.count()

    # without a key, and with one that another request has taken
    assert client.post("/taken", {"text": "right"}).status_code == 429
    assert client.post("/taken", {"text": "other", "key": "k0"}).status_code == 429
    assert client.post("/taken", {"text": "right", "key": "new"}).status_code == 429
    assert (IdempotencyKey.objects.count(), acts()) == (keys, 0)


@pytest.mark.django_db(transaction=True)
def test_the_row_of_a_busy_limit_is_free_while_a_view_acts(client: Client) -> None:
    def other() -> None:
        limits.take("tests.tries", "all", rate=Rate(5, timedelta(days=1)), now=timezone.now())

    def act_meanwhile(*_args: object) -> str:
        Elsewhere(other).result()
        return "done"

    with patch.object(addresses, "act", act_meanwhile):
        assert client.post("/taken", {"text": "right", "key": "one"}).status_code == 200


@pytest.mark.django_db
def test_keys_are_forgotten_after_a_week(client: Client) -> None:
    client.post("/report", FORM)

    assert KEYS.going.step(timezone.now() + timedelta(days=6), 10) == 0
    assert KEYS.going.step(timezone.now() + timedelta(days=8), 10) == 1


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_comes_while_the_first_runs_waits_and_gets_its_answer(client: Client) -> None:
    addresses.GATE.clear()
    addresses.INSIDE.clear()
    first = Elsewhere(lambda: client.post("/slow", FORM))
    assert addresses.INSIDE.wait(10)
    second = Elsewhere(lambda: Client(**{"test.actor": CLERK}).post("/slow", FORM))
    assert second.is_waiting()

    addresses.GATE.set()

    assert first.result().content == second.result().content == b"SF-2026-0001"
    assert acts() == 1


@pytest.mark.django_db(transaction=True)
def test_a_copy_does_not_wait_for_ever(monkeypatch) -> None:
    monkeypatch.setattr(idempotency, "AT_ONCE", idempotency.AT_ONCE.replace("5s", "200ms"))
    claimed = Claim("account 7", "k", b"f" * 32)
    with transaction.atomic():
        idempotency.claim(claimed, now=timezone.now())
        second = Elsewhere(lambda: claim_in_own_transaction(claimed))
        with pytest.raises(StillRunning):
            second.result()


@pytest.mark.django_db(transaction=True)
def test_a_killed_connection_leaves_neither_act_nor_key(client: Client, admin_db) -> None:
    addresses.GATE.clear()
    addresses.INSIDE.clear()
    first = Elsewhere(lambda: client.post("/slow", FORM))
    assert addresses.INSIDE.wait(10)

    admin_db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND state = 'idle in transaction'"
    )
    addresses.GATE.set()

    assert first.result().status_code == 500
    assert (acts(), IdempotencyKey.objects.count()) == (0, 0)
    assert client.post("/slow", FORM).content == b"SF-2026-0001"


def claim_in_own_transaction(claimed: Claim) -> object:
    with transaction.atomic():
        return idempotency.claim(claimed, now=timezone.now())


@pytest.mark.django_db
def test_other_database_errors_are_not_hidden(monkeypatch) -> None:
    monkeypatch.setattr(idempotency, "AT_ONCE", "SELECT %s, %s, %s, 1/(SELECT 0)")
    with pytest.raises(Exception) as raised, transaction.atomic():
        idempotency.claim(Claim("a", "k", b"f"), now=timezone.now())
    assert not isinstance(raised.value, (StillRunning, OperationalError))
