import pytest

from linli.people.models import Person


@pytest.mark.django_db
def test_x():
    assert Person.objects.count() == 0
