"""The app's entry for Django."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "linli.cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give other apps what they show of cases, close the chain's tables, and fill kinds after each migration."""
        from django.db.models.signals import post_migrate

        _register_parts()
        _declare_rights()
        _declare_references()
        _declare_exports()
        _declare_lists()
        _declare_own_data()
        _listen()
        for fill in (_fill_kinds, _fill_categories):
            post_migrate.connect(fill, sender=self)


def _register_parts() -> None:
    from linli.cases import burden, desk, home, indicators, kinds, retention, search
    from linli.cases.clients import papers
    from linli.cases.kinds import intake, routing, sanitation, sections, sheet

    for part in (
        kinds, intake, routing, sheet, retention, burden, desk, home, indicators, search, papers,
        sanitation, sections,
    ):  # fmt: skip
        part.register()


def _declare_lists() -> None:
    from linli.cases.queries import reporting
    from linli.cases.views import list_rows
    from linli.kernel.list_files import LIST_FILES
    from linli.kernel.reporting import REPORT_SOURCES

    REPORT_SOURCES.add_all(reporting.SOURCES)
    LIST_FILES.add_all(list_rows.FILES)


def _listen() -> None:
    from linli.access.events import AccountErased
    from linli.cases import listeners
    from linli.cases.events import CaseMoved, CaseRouted, OfferLate, WordsLate
    from linli.kernel.events import subscribe
    from linli.orgs.events import PostsClosed
    from linli.people.events import PersonErased
    from linli.places.events import PathsChanged
    from linli.rulebook.events import CalendarLoaded

    subscribe(PathsChanged, listeners.on_paths_changed)
    subscribe(PostsClosed, listeners.on_posts_closed)
    subscribe(CaseRouted, listeners.on_case_routed)
    subscribe(CalendarLoaded, listeners.on_calendar_loaded)
    subscribe(CaseMoved, listeners.on_move_with_consequence)
    subscribe(CaseMoved, listeners.on_case_moved)
    subscribe(WordsLate, listeners.on_words_late)
    subscribe(OfferLate, listeners.on_offer_late)
    subscribe(PersonErased, listeners.on_person_erased)
    subscribe(AccountErased, listeners.on_account_erased)


def _fill_kinds(**kwargs: Any) -> None:
    from django.utils import timezone

    from linli.cases.services.publishing import publish_kinds
    from linli.kernel.permits import system_actor

    publish_kinds(actor=system_actor("cases.publish_kinds"), now=timezone.now())


def _fill_categories(**kwargs: Any) -> None:
    from django.utils import timezone

    from linli.cases.services.seeding import load_categories
    from linli.kernel.permits import system_actor

    load_categories(actor=system_actor("cases.load_categories"), now=timezone.now())


def _declare_rights() -> None:
    from linli.kernel.registries import PATH_COLUMNS, TABLE_GRANTS, PathColumn, TableGrant

    for table in ("cases_caseevent", "cases_weeklyreport"):
        TABLE_GRANTS.add(TableGrant(table, append_only=True))
    for table in ("cases_publicwords", "cases_internalwords"):
        TABLE_GRANTS.add(TableGrant(table, retention=True))
    # rules and tests of a draft; of a set that was in force nothing is deleted
    for table in ("cases_routingrule", "cases_routingtest", "cases_ruleset"):
        TABLE_GRANTS.add(TableGrant(table, delete=True))
    for table in ("responsibility", "ruleset", "routingrule", "routingtest"):
        PATH_COLUMNS.add(PathColumn(f"cases_{table}.path", merges=False))
    # cases of a place that ended go over by the reference below, to the part that takes them
    PATH_COLUMNS.add(PathColumn("cases_case.path", merges=False))


def _declare_exports() -> None:
    from linli.cases.kinds.exporting import EXPORT
    from linli.cases.queries.reading import may_see_export
    from linli.cases.services.exporting import OWNER
    from linli.kernel.registries import FILE_VISIBILITY, FileVisibility
    from linli.runtime.types import JOB_KINDS

    JOB_KINDS.add(EXPORT)
    FILE_VISIBILITY.add(FileVisibility(OWNER, may_see_export))


def _declare_references() -> None:
    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    from linli.cases.queries import references
    from linli.cases.services.moving import rehouse
    from linli.cases.services.succeeding import succeed
    from linli.kernel.permits import system_actor
    from linli.kernel.registries import REFERENCES, Reference

    def move(old_id: int, new_id: int) -> int:
        actor = system_actor("cases.rehouse")
        taken = succeed(old_id, new_id, actor=actor, now=timezone.now())
        return taken + rehouse(old_id, new_id, actor=actor)

    for key, title, count in (
        ("cases", _("Cases"), references.cases_at),
        ("in_charge", _("Posts in the list of responsibilities"), references.in_charge_at),
        (
            "rules",
            _("Rules of routing, as a draft that somebody puts in force again"),
            references.rules_at,
        ),
    ):
        REFERENCES.add(Reference(f"cases.{key}", "place", title, count, move))
    _declare_closing()


def _declare_closing() -> None:
    """Name what a post or body has of cases when it ends."""
    from django.utils import timezone
    from django.utils.translation import gettext_lazy as _

    from linli.cases.queries import closed_posts as left
    from linli.cases.queries.falling import falls_of_body, falls_of_post
    from linli.cases.services.closed_posts import hand_parts_on
    from linli.kernel.falling import FALLS, Falls
    from linli.kernel.permits import system_actor
    from linli.kernel.registries import REFERENCES, Reference

    def hand_on(old_id: int, new_id: int) -> int:
        actor = system_actor("cases.follow_closed_posts")
        return hand_parts_on(old_id, new_id, actor=actor, now=timezone.now())

    parts = _("Open cases; without a successor they go to whoever the post falls to")
    lines = _(
        "Lines of lists of responsibilities; another post takes their place once it has ended"
    )
    rules = _("Rules of routing; another post takes their place once it has ended")
    of_post = _("Open cases; they go to whoever the post falls to")
    REFERENCES.add_all(
        (
            Reference("cases.parts", "organisation", parts, left.parts_of_body, hand_on),
            Reference("cases.lines", "organisation", lines, left.lines_of_body),
            Reference("cases.parts_of_post", "post", of_post, left.parts_of_post),
            Reference("cases.lines_of_post", "post", lines, left.lines_of_post),
            Reference("cases.rules_of_body", "organisation", rules, left.rules_of_body),
            Reference("cases.rules_of_post", "post", rules, left.rules_of_post),
        )
    )
    FALLS.add(Falls("cases.parts", falls_of_body))
    FALLS.add(Falls("cases.parts_of_post", falls_of_post))


def _declare_own_data() -> None:
    from linli.cases.services import own_data
    from linli.kernel.own_data import OWN_DATA, OwnData

    OWN_DATA.add(OwnData("reports", own_data.reports))
