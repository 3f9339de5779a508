"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class FormkitConfig(AppConfig):
    name = "linli.formkit"

    def ready(self) -> None:
        """Register what others see of forms."""
        from linli.formkit import burden, desk, kinds, retention
        from linli.kernel.joined import ACCOUNT_COLUMNS
        from linli.kernel.registries import (
            DESK,
            FILE_VISIBILITY,
            PATH_COLUMNS,
            TABLE_GRANTS,
            PathColumn,
            TableGrant,
        )
        from linli.kernel.sealing.rotation import SEALED

        ACCOUNT_COLUMNS.add(kinds.DRAFT_ACCOUNT)
        DESK.add(desk.FORMS)
        FILE_VISIBILITY.add(kinds.DRAFT_FILES)
        PATH_COLUMNS.add(PathColumn("formkit_form.place"))
        SEALED.add(kinds.DRAFT_BODY)
        TABLE_GRANTS.add(TableGrant("formkit_formdraft", delete=True))
        TABLE_GRANTS.add(TableGrant("formkit_formtest", delete=True))
        TABLE_GRANTS.add(TableGrant("formkit_formrevision", append_only=True))
        burden.register()
        retention.register()
