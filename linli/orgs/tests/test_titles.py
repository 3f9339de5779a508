"""What posts are called: by the name that their body bears today."""

from datetime import timedelta

import pytest
from django.utils import translation
from django.utils.timezone import localdate

from linli.orgs.models import OrganisationVersion
from linli.orgs.queries.titles import names_of_posts
from linli.orgs.testing import make_organisation, make_post


@pytest.mark.django_db
def test_a_post_is_called_after_the_name_of_its_body_today() -> None:
    body = make_organisation(name="市农业局")
    post = make_post(body, title="局长")
    today = localdate()
    OrganisationVersion.objects.filter(organisation=body).update(until=today - timedelta(days=9))
    for name, since, until in (
        ("市农业农村局", today - timedelta(days=9), today + timedelta(days=30)),
        ("市农村局", today + timedelta(days=30), None),
    ):
        OrganisationVersion.objects.create(
            organisation=body, name=name, name_en=name, since=since, until=until
        )

    with translation.override("zh-hans"):
        assert names_of_posts([post.pk]) == {post.pk: "市农业农村局局长"}
