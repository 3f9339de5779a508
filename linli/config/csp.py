"""The policy that tells browsers what a page may load; worked out once, not for each answer."""

from __future__ import annotations

from functools import cached_property

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponseBase

# what a view of its own says on its answer
OWN = frozenset({"_csp_config", "_csp_update", "_csp_replace", "_csp_exempt"})


class PolicyMiddleware(CSPMiddleware):
    """As its library's, which builds the same words anew for every answer that says nothing of its own."""

    @cached_property
    def usual(self) -> str:
        """Return the policy of this installation."""
        answer = HttpResponseBase()
        super().process_response(HttpRequest(), answer)
        return str(answer[HEADER])

    def process_request(self, request: HttpRequest) -> None:
        """Offer no word for scripts inside a page: no page has one, and the policy lets none run."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if not OWN.isdisjoint(response.__dict__):
            return super().process_response(request, response)
        if HEADER not in response:
            response[HEADER] = self.usual
        return response
