"""The app's entry for Django: what access gives to the apps around it."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

DELETES = (
    "access_signin",
    "access_signincode",
    "access_keptform",
    "access_counterpresence",
    "mfa_authenticator",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
)


class AccessConfig(AppConfig):
    name = "linli.access"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from linli.access import desk, middleware
        from linli.kernel.registries import ACTOR_OF, DESK, TABLE_GRANTS, TableGrant

        ACTOR_OF.fill(middleware.actor_of_request)
        for table in DELETES:
            if TABLE_GRANTS.get(table) is None:
                TABLE_GRANTS.add(TableGrant(table, delete=True))
        for entry in desk.ENTRIES:
            DESK.add(entry)
        register(_templates_name_known_permits, deploy=True)


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
