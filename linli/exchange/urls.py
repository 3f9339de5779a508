"""Addresses of Open311; they have no language: what is read is told in the reader's."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.exchange.views import open311

app_name = "exchange"
urlpatterns: list[URLPattern] = []
bare_urlpatterns = [
    path("open311/discovery.<slug:form>", open311.discovery, name="open311_discovery"),
    path("open311/v2/discovery.<slug:form>", open311.discovery),
    path("open311/v2/services.<slug:form>", open311.service_list),
    path("open311/v2/services/<str:code>.<slug:form>", open311.service_definition),
    path("open311/v2/requests.<slug:form>", open311.request_list),
    path("open311/v2/requests/<str:number>.<slug:form>", open311.request_one),
    path("open311/v2/tokens/<str:token>.<slug:form>", open311.token),
    path("open311/v2/servicerequestupdates.<slug:form>", open311.update_list),
    path("open311/v2/<path:rest>", open311.nothing),
]
