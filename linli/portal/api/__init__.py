"""JSON API of the portal: homes of places, feedback on pages, search, the desk, one's own affairs."""

from ninja import Router

from linli.portal.api import feedback, homes, mixing

router = Router(tags=["portal"])
router.add_router("", feedback.router)
router.add_router("", mixing.router)
router.add_router("", homes.router)
