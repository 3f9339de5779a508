"""Addresses of the pages of hotline and connections, and of Open311, which have no language: the reader's is told."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.exchange.views import connections, hotline, open311, order_lists, returns

app_name = "exchange"
urlpatterns: list[URLPattern] = [
    path("hotline/", hotline.order_list, name="orders"),
    path("hotline/waiting/", hotline.waiting, name="waiting"),
    path("hotline/orders/<str:number>/", hotline.order, name="order"),
    path("hotline/orders/<str:number>/again", hotline.order_again, name="order_again"),
    path("hotline/orders/<str:number>/looked", hotline.order_looked, name="order_looked"),
    path("hotline/orders/<str:number>/lead-away", hotline.order_lead_away, name="lead_away"),
    path("hotline/lists/", order_lists.order_lists, name="order_lists"),
    path("hotline/lists/new/", order_lists.order_list_new, name="order_list_new"),
    path("hotline/lists/<int:list_id>/", order_lists.order_list, name="order_list"),
    path("hotline/lists/<int:list_id>/columns", order_lists.order_list_map, name="order_list_map"),
    path("hotline/lists/<int:list_id>/take", order_lists.order_list_take, name="order_list_take"),
    path("hotline/lists/<int:list_id>/drop", order_lists.order_list_drop, name="order_list_drop"),
    path(
        "hotline/lists/<int:list_id>/lines", order_lists.order_list_lines, name="order_list_lines"
    ),
    path("hotline/results/", returns.result_list, name="results"),
    path("hotline/results/<str:number>/", returns.result_file, name="result_file"),
    path("hotline/hand-backs/", returns.hand_back_list, name="hand_backs"),
    path("hotline/hand-backs/<int:hand_back_id>/", returns.hand_back, name="hand_back"),
    path("hotline/cases/<str:number>/hand-back/", returns.hand_back_new, name="hand_back_new"),
    path("connections/", connections.overview, name="connections"),
    path("connections/letters/", connections.letter_list, name="letters"),
    path("connections/letters/<int:letter_id>/", connections.letter, name="letter"),
    path("connections/days/", connections.day_list, name="days"),
    path("connections/days/<slug:system>/<str:on>/", connections.day, name="day"),
]
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
