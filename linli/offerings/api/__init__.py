"""JSON API of offerings, part by part."""

from ninja import Router

from linli.offerings.api import (
    application_papers,
    application_parts,
    application_work,
    applications,
    centre_checking,
    centre_checks,
    centre_writing,
    centres,
    draw_claims,
    draws,
    fees,
    hall_items,
    hall_sent,
    home_visits,
    hsds,
    item_lists,
    item_parts,
    item_work,
    items,
    mandates,
    queue,
    rating_tablets,
    reaching,
    reminders,
    reporting,
    reporting_asking,
    reporting_rows,
    visit_ratings,
    visits,
    windows,
)

router = Router(tags=["offerings"])
router.add_router("/items", items.router)
router.add_router("", item_lists.router)
router.add_router("", item_work.router)
router.add_router("", item_parts.router)
router.add_router("", applications.router)
router.add_router("", application_work.router)
router.add_router("", application_parts.router)
router.add_router("", application_papers.router)
router.add_router("", hall_items.router)
router.add_router("", hall_sent.router)
router.add_router("", fees.router)
router.add_router("", mandates.router)
router.add_router("", reminders.router)
# before those of visits at home, whose moves would catch its address
router.add_router("", reaching.router)
router.add_router("", visits.router)
router.add_router("", visit_ratings.router)
router.add_router("", windows.router)
router.add_router("", home_visits.router)
router.add_router("", centre_checks.router)
router.add_router("", centre_checking.router)
router.add_router("", centre_writing.router)
router.add_router("", centres.router)
router.add_router("", queue.router)
router.add_router("", rating_tablets.router)
router.add_router("", draw_claims.router)
router.add_router("", draws.router)
router.add_router("", reporting.router)
router.add_router("", reporting_asking.router)
router.add_router("", reporting_rows.router)
router.add_router("/hsds", hsds.router)
