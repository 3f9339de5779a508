"""Comments at the touch screen in the hall: no keyboard there, so a choice of words or one's own phone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from linli.kernel.permits import NOBODY
from linli.kernel.web import Request, page
from linli.portal import names, queries, services
from linli.portal.views.screens import feedback_address
from linli.runtime.types import Rate, client_address, limited

# what somebody without a keyboard says: key, words, icon
WORDS: tuple[tuple[str, Any, str], ...] = (
    ("missing", _("I did not find what I came for"), "search"),
    ("wrong", _("Something here is wrong or out of date"), "alert-triangle"),
    ("unclear", _("I do not understand what is written here"), "help-circle"),
    ("hard", _("The writing or the screen is hard to use"), "text-size"),
    ("wait", _("I waited too long at the counter"), "hourglass"),
    ("good", _("This was good, keep it so"), "heart-handshake"),
)
# one screen serves a whole hall
RATE = Rate(60, timedelta(hours=1))


@limited("portal.touch_feedback", RATE, client_address)
@require_http_methods(["GET", "POST"])
def touch_feedback(request: Request, code: str) -> HttpResponse:
    """Six sentences to touch, or a code that opens the form on one's phone; then the number to follow."""
    home = queries.home_of(code, NOBODY, timezone.localdate())
    start = reverse("portal:touch", args=[code])
    about = (request.POST.get("page") or request.GET.get("from") or start)[:300]
    frame: dict[str, object] = {
        "home": home, "name": names.short_name(home.place), "words": WORDS, "about": about,
        "feedback": settings.LINLI_PUBLIC_URL + feedback_address(about), "given": None,
    }  # fmt: skip
    chosen = next((one for one in WORDS if one[0] == request.POST.get("word")), None)
    if request.method == "POST" and chosen is not None:
        given = services.give_feedback(
            str(chosen[1]), page=about, path=home.place.path,
            language=get_language() or "zh-hans", actor=NOBODY, now=timezone.now(),
        )  # fmt: skip
        follow = f"{reverse('to_follow', kwargs={'number': given.number})}?code={given.code}"
        frame |= {"given": given, "follow": settings.LINLI_PUBLIC_URL + follow}
    status = 422 if request.method == "POST" and chosen is None else 200
    return page(request, "portal/touch_feedback.html", frame, status=status)


touch_feedback.reads_freely = True  # type: ignore[attr-defined]  # looking at it is not giving feedback
