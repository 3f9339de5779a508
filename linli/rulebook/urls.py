"""Addresses of the rulebook."""

from __future__ import annotations

from django.urls import path

from linli.rulebook.views import calendar, reading, setting

app_name = "rulebook"
urlpatterns = [
    path("rulebook/", reading.parameter_list, name="list"),
    path("rulebook/changes/", reading.changes, name="changes"),
    path("rulebook/calendar/", reading.calendar_now, name="calendar"),
    path("rulebook/calendar/<int:year>/", calendar.calendar_year, name="calendar_year"),
    path("rulebook/calendar/load", setting.calendar_load, name="calendar_load"),
    path("rulebook/values/<int:pk>/withdraw", setting.value_withdraw, name="value_withdraw"),
    path("rulebook/<str:key>/", reading.parameter_detail, name="detail"),
    path("rulebook/<str:key>/add", setting.value_add, name="value_add"),
]
