"""Addresses of forms."""

from __future__ import annotations

from django.urls import path

from linli.formkit.views import building, forms, testing, trying

app_name = "formkit"
urlpatterns = [
    path("forms/", forms.form_list, name="list"),
    path("forms/new/", forms.form_new, name="new"),
    path("forms/<slug:key>/", forms.form_detail, name="detail"),
    path("forms/<slug:key>/begin", forms.version_begin, name="begin"),
    path("forms/<slug:key>/publish", forms.version_publish, name="publish"),
    path("forms/<slug:key>/retire", forms.version_retire, name="retire"),
    path("forms/<slug:key>/versions/<int:number>/export/", forms.version_export, name="export"),
    path("forms/<slug:key>/edit/", building.edit, name="edit"),
    path("forms/<slug:key>/edit/step", building.step, name="step"),
    path("forms/<slug:key>/edit/<str:path>/", building.field, name="field"),
    path("forms/<slug:key>/preview/", testing.preview, name="preview"),
    path("forms/<slug:key>/tests/", testing.tests, name="tests"),
    path("forms/<slug:key>/tests/<int:test_id>/drop", testing.test_drop, name="test_drop"),
    path("forms/<slug:key>/compare/", testing.comparison, name="compare"),
    path("forms/<slug:key>/fill/", forms.form_fill, name="ask"),
    path("forms/<slug:key>/paper/", testing.paper, name="paper"),
    path("forms/<slug:key>/try/", trying.start, name="start"),
    path("forms/<slug:key>/try/<slug:code>/", trying.fill, name="fill"),
    path("forms/<slug:key>/try/<slug:code>/check/", trying.check, name="check"),
    path("forms/<slug:key>/try/<slug:code>/keep", trying.keep, name="keep"),
    path("forms/<slug:key>/try/<slug:code>/drop", trying.drop, name="drop"),
    path("forms/<slug:key>/try/<slug:code>/take-over", trying.take_over, name="take_over"),
    path("forms/<slug:key>/try/<slug:code>/files/<slug:file>/", trying.picture, name="picture"),
]
