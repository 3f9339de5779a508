"""JSON API of notify."""

from ninja import Router

from linli.notify.api import email, inbox

router = Router(tags=["notify"])
# messages have any code, so they come last
for part in (email, inbox):
    router.add_router("", part.router)
