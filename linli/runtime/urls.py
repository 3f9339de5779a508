"""Addresses of runtime."""

from __future__ import annotations

from django.urls import path

from linli.runtime import views

app_name = "runtime"
urlpatterns = [
    path("jobs/", views.job_list, name="job_list"),
    path("jobs/<slug:code>/", views.job_detail, name="job_detail"),
    path("jobs/<slug:code>/cancel", views.job_cancel, name="job_cancel"),
    path("views/", views.view_list, name="view_list"),
    path("views/save", views.view_save, name="view_save"),
    path("views/<int:view_id>/rename", views.view_rename, name="view_rename"),
    path("views/<int:view_id>/share", views.view_share, name="view_share"),
    path("views/<int:view_id>/delete", views.view_delete, name="view_delete"),
]
