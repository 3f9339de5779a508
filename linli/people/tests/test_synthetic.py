"""Synthetic people."""

import time

import pytest
from django.utils import timezone

from linli.kernel.permits import system_actor
from linli.people.models import NameTerm, Person
from linli.people.services import synthetic
from linli.places.testing import seed

ACTOR = system_actor("test")


@pytest.mark.django_db
def test_time() -> None:
    seed()
    began = time.perf_counter()
    made = synthetic.generate_people(20000, 7, below="441900/", actor=ACTOR, now=timezone.now())
    print(made, time.perf_counter() - began, NameTerm.objects.count())
    assert Person.objects.count() == 20000
