"""The app's entry for Django: what access gives to the apps around it."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error, register

DELETES = (
    "access_signin",
    "access_signincode",
    "access_keptform",
    "access_onetimelink",
    "access_totpsecret",
    "access_counterpresence",
    "access_resetrequest",
    "access_datarequest",
    "mfa_authenticator",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
    "axes_accessattemptexpiration",
)


class AccessConfig(AppConfig):
    name = "linli.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the actor on requests, and give other apps what access contributes."""
        from linli.access import burden, retention, search

        _load_permits()
        burden.register()
        retention.register()
        search.register()
        _answer_below()
        _declare_tables()
        _declare_own_data()
        _contribute()
        _listen()
        register(_templates_name_known_permits, deploy=True)


def _answer_below() -> None:
    """Fill what apps below ask of whoever knows accounts and rights."""
    from linli.access import kinds, middleware
    from linli.access.queries import seats
    from linli.access.queries.accounts import accounts_of, languages_of
    from linli.access.queries.others import others_may
    from linli.access.queries.rights_left import rights_left
    from linli.access.services import joining, parting
    from linli.kernel.joined import ACCOUNTS_OF, JOIN_RIGHTS, PART_ACCOUNTS
    from linli.kernel.registries import ACTOR_OF, OTHERS_MAY, RIGHTS_NOW
    from linli.kernel.seats import POST_HAS_RIGHTS, POST_SHAPED, SEAT_TAKEN
    from linli.notify.types import LANGUAGES_OF, PHONE_OF_ACCOUNT

    ACTOR_OF.fill(middleware.actor_of_request)
    RIGHTS_NOW.fill(rights_left)
    OTHERS_MAY.fill(others_may)
    JOIN_RIGHTS.fill(joining.let_join)
    POST_SHAPED.fill(seats.post_shaped)
    SEAT_TAKEN.fill(seats.seat_taken)
    POST_HAS_RIGHTS.fill(seats.post_has_rights)
    ACCOUNTS_OF.fill(accounts_of)
    PART_ACCOUNTS.fill(parting.part_accounts)
    PHONE_OF_ACCOUNT.fill(kinds.phone_of_account)
    LANGUAGES_OF.fill(languages_of)


def _declare_tables() -> None:
    from linli.access import kinds
    from linli.access.services import moving
    from linli.kernel.joined import ACCOUNT_COLUMNS, PERSON_COLUMNS
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant
    from linli.kernel.sealing.rotation import SEALED

    PERSON_COLUMNS.add_all(kinds.PERSON_COLUMNS)
    ACCOUNT_COLUMNS.add_all(kinds.ACCOUNT_COLUMNS)
    SEALED.add_all(kinds.SEALED_COLUMNS)
    for table in DELETES:
        if TABLE_GRANTS.get(table) is None:
            TABLE_GRANTS.add(TableGrant(table, delete=True))
    # what merges or splits is brought along by the references, at one place alone
    for table in moving.TABLES:
        PATH_COLUMNS.add(PathColumn(f"{table}.path", merges=False))


def _contribute() -> None:
    from linli.access import desk, kinds
    from linli.access.kinds.letters import LETTERS
    from linli.documents.types import TEMPLATES as DOCUMENT_TEMPLATES
    from linli.kernel.list_files import LIST_FILES
    from linli.kernel.registries import DESK, FILE_VISIBILITY, HEALTH, HOME_SLOTS, REFERENCES
    from linli.notify.types import TEMPLATES as MESSAGE_TEMPLATES
    from linli.runtime.types import JOB_KINDS

    DESK.add_all(desk.ENTRIES)
    LIST_FILES.add_all(desk.LISTS)
    HOME_SLOTS.add(desk.MINE)
    DOCUMENT_TEMPLATES.add_all((kinds.RIGHTS_LIST, kinds.RECEIPT))
    JOB_KINDS.add(kinds.STAFF_IMPORT)
    MESSAGE_TEMPLATES.add_all(LETTERS)
    FILE_VISIBILITY.add(kinds.IMPORT_FILES)
    REFERENCES.add_all(kinds.REFERENCES)
    HEALTH.add(kinds.HEALTH)


def _listen() -> None:
    from linli.access import listeners
    from linli.kernel.events import subscribe
    from linli.people.events import (
        DeathWithdrawn,
        PeopleJoined,
        PeopleParted,
        PersonDied,
        PersonErased,
    )
    from linli.rulebook.events import CalendarLoaded

    subscribe(CalendarLoaded, listeners.on_calendar_loaded)
    subscribe(PersonErased, listeners.on_person_erased)
    subscribe(PersonDied, listeners.on_person_died)
    subscribe(DeathWithdrawn, listeners.on_death_withdrawn)
    subscribe(PeopleJoined, listeners.on_people_joined_or_parted)
    subscribe(PeopleParted, listeners.on_people_joined_or_parted)


def _load_permits() -> None:
    """Let every app register its permits, also those whose pages were not asked for yet."""
    for config in apps.get_app_configs():
        if config.name.startswith("linli.") and find_spec(f"{config.name}.permits"):
            import_module(f"{config.name}.permits")


def _templates_name_known_permits(**_options: Any) -> list[CheckMessage]:
    from linli.access.templates_of_rights import unknown_names

    return [
        Error(
            f"template {template} names the permit {name}, which no app registers",
            hint="Correct the name in linli/access/templates_of_rights.py.",
            id="access.E001",
        )
        for template, name in unknown_names()
    ]


def _declare_own_data() -> None:
    from linli.access.services import own_data
    from linli.kernel.own_data import OWN_DATA, OwnData

    OWN_DATA.add(OwnData("accounts", own_data.accounts))
    OWN_DATA.add(OwnData("mandates", own_data.mandates))
    OWN_DATA.add(OwnData("requests", own_data.requests))
