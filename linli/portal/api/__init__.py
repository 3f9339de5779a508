"""JSON API of the portal: feedback on pages, search, the desk, one's own affairs."""

from ninja import Router

from linli.portal.api import feedback, mixing

router = Router(tags=["portal"])
router.add_router("", feedback.router)
router.add_router("", mixing.router)
