"""What row security reads: set in each transaction, also to nothing, gone afterwards."""

import pytest
from django.db import DataError, connection, transaction

from linli.kernel import scope
from linli.kernel.permits import NOBODY, Permit, system_actor
from linli.kernel.testing import TOWN, make_actor

SEE = Permit("kernel.test_see", "See, for a test of the kernel")
READ = (
    "SELECT current_setting('linli.scopes', true), current_setting('linli.person', true), "
    "current_setting('linli.system', true)"
)


def settings() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(READ)
        return tuple(cursor.fetchone())


@pytest.mark.django_db(transaction=True)
def test_a_transaction_sees_what_its_actor_may_see_and_the_next_one_does_not() -> None:
    actor = make_actor("town lead", SEE, at=TOWN, person_id=7)

    with scope.acting(actor), transaction.atomic():
        inside = settings()
    with transaction.atomic():
        after = settings()

    assert inside == ('{"441900/441900005/"}', "7", "")
    assert after == ("{}", "", "")


@pytest.mark.django_db(transaction=True)
def test_a_scope_inside_a_running_transaction_ends_with_its_block() -> None:
    with transaction.atomic():
        with scope.acting(system_actor("job")):
            assert settings()[2] == "on"
        assert settings()[2] == ""


@pytest.mark.django_db(transaction=True)
def test_a_refused_transaction_leaves_nothing_behind() -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), scope.acting(system_actor("job")), transaction.atomic():
        raise Stop

    with scope.acting(NOBODY), transaction.atomic():
        assert settings() == ("{}", "", "")


def test_a_path_with_quotes_cannot_break_out_of_the_list() -> None:
    odd = scope.Scope(scopes=('a","441900/',))

    assert odd.settings()[0] == '{"a,441900/"}'


@pytest.mark.django_db(transaction=True)
def test_an_error_of_the_database_is_told_as_it_is() -> None:
    """Setting the scope back in a broken transaction would put its own error before the cause."""
    with (
        pytest.raises(DataError, match="division by zero"),
        transaction.atomic(),
        scope.acting(system_actor("job")),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT 1/0")
