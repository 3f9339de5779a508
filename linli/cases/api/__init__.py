"""JSON API of cases."""

from ninja import Router

from linli.cases.api import desk

router = Router(tags=["cases"])
# the desk's addresses take any number, so they come last
for part in (desk,):
    router.add_router("", part.router)
