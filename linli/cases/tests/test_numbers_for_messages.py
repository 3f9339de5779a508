"""Whoever wants a text message gives a number, and nobody else is asked for one."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.cases import permits
from linli.cases.models import Reporter
from linli.cases.testing import VILLAGE
from linli.cases.tests.report_form import CODE, FORM, given
from linli.kernel.testing import client_of, make_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def test_the_number_is_needed_for_text_messages_alone_and_the_page_says_so() -> None:
    client = Client()

    page = client.get(f"{FORM}?place={CODE}").content.decode()

    label = page.split('for="id_phone"')[1].split("</label>")[0]
    assert "仅发短信时填写" in label and "选填" not in label
    bare = client.post(FORM, given(reply="sms"))
    assert bare.status_code == 422 and 'id="id_phone-err"' in bare.content.decode()


def test_the_counter_promises_no_text_message_without_a_number() -> None:
    clerk = client_of(make_actor("clerk", permits.INTAKE, at=VILLAGE))
    typed = given(channel="counter", by_sms="on")

    bare = clerk.post("/zh-hans/report/counter/", typed)
    called = clerk.post("/zh-hans/report/counter/", {**typed, "phone": "13800001234", "key": "k2"})

    assert bare.status_code == 422 and 'id="id_phone-err"' in bare.content.decode()
    assert called.status_code == 303 and Reporter.objects.get().by_sms
