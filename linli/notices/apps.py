"""The app's entry for Django."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "linli.notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what others see of notices, and subscribe."""
        from linli.documents.types import CODE_KINDS, TEMPLATES, CodeKind
        from linli.kernel.events import subscribe
        from linli.kernel.list_files import LIST_FILES
        from linli.kernel.registries import (
            DESK,
            FILE_VISIBILITY,
            PATH_COLUMNS,
            SEARCH,
            TABLE_GRANTS,
            FileVisibility,
            PathColumn,
            TableGrant,
        )
        from linli.notices import burden, desk, home, kinds, listeners, queries, retention, search
        from linli.notices.events import PostingPublished, PostingWithdrawn
        from linli.notices.types import POSTING, POSTING_FILE, POSTING_PHOTO
        from linli.notices.views.desk import FILE
        from linli.rulebook.events import CalendarLoaded

        subscribe(PostingPublished, listeners.on_posting_published)
        subscribe(PostingWithdrawn, listeners.on_posting_withdrawn)
        subscribe(CalendarLoaded, listeners.on_calendar_loaded)
        FILE_VISIBILITY.add(FileVisibility(POSTING, queries.may_see_print))
        FILE_VISIBILITY.add(FileVisibility(POSTING_FILE, queries.may_see_paper))
        FILE_VISIBILITY.add(FileVisibility(POSTING_PHOTO, queries.may_see_photo))
        # numbered within their place: notices of a merged one stay with it, and are shown where it went
        codes = (("town_code", 1), ("village_code", 2))
        PATH_COLUMNS.add(PathColumn("notices_posting.place", codes, merges=False))
        PATH_COLUMNS.add(PathColumn("notices_postingplace.path"))
        TABLE_GRANTS.add(TableGrant("notices_postingplace", delete=True))
        TEMPLATES.add_all(kinds.ALL)
        CODE_KINDS.add(CodeKind(POSTING, _address))
        SEARCH.add(search.NOTICES)
        DESK.add(desk.NOTICES)
        LIST_FILES.add(FILE)
        burden.register()
        retention.register()
        home.register()
        _declare_reference()


def _address(posting_id: int, code: str) -> str:
    from linli.kernel.addresses import address_of
    from linli.notices import queries

    return address_of("notices:posting", queries.code_of_posting(posting_id))


def _declare_reference() -> None:
    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    from linli.kernel.permits import system_actor
    from linli.kernel.registries import REFERENCES, Reference
    from linli.notices import queries, services

    def follow(old_id: int, new_id: int) -> int:
        follower = system_actor("notices.follow_office")
        return services.follow_office(old_id, new_id, actor=follower, now=timezone.now())

    title = _("Notices that it signed")
    REFERENCES.add(Reference("notices.office", "organisation", title, queries.offices_with, follow))
