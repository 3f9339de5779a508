"""Who is led where to sign in: residents to their code, staff to their password."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["me/", "follow/", "who-read-my-data/"])
def test_what_is_for_residents_leads_to_their_code(path: str) -> None:
    html = Client().get(f"/zh-hans/{path}").content.decode()
    main = html[html.index('id="main"') : html.index("</main>")]

    assert set(re.findall(r'href="(/zh-hans/access/sign-in/[^"?]*)', main)) == {
        "/zh-hans/access/sign-in/resident/"
    }


def test_the_desk_leads_to_the_password() -> None:
    html = Client().get("/zh-hans/desk/").content.decode()

    assert 'href="/zh-hans/access/sign-in/?next=/zh-hans/desk/"' in html
