"""JSON API of documents: the register of papers, the seal book, and the check that anybody makes."""

from ninja import Router

from linli.documents.api import check, papers, seal_book, seals

router = Router(tags=["documents"])
router.add_router("", check.router)
router.add_router("", papers.router)
router.add_router("", seals.router)
router.add_router("", seal_book.router)
