"""JSON API on people, for tokens that hold the permits. Numbers leave masked, never in clear."""

from ninja import Router

from linli.people.api import homes, persons

router = Router(tags=["people"])
router.add_router("", persons.router)
router.add_router("", homes.router)
