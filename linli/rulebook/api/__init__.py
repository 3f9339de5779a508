"""JSON API of the rulebook. Reading is public; setting takes the permit, as on the pages."""

from ninja import Router

from linli.rulebook.api import calendar, history, setting, values

router = Router(tags=["rulebook"])
# fixed words before keys: the first pattern that fits answers
router.add_router("", calendar.router)
router.add_router("", history.router)
router.add_router("", setting.router)
router.add_router("", values.router)
