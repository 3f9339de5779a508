"""Addresses of categories and rules of routing."""

from __future__ import annotations

from django.urls import URLPattern, path

from linli.cases.views import categories, duties, placing, replacing, rule_compare, rule_sets, rules

urlpatterns: list[URLPattern] = [
    path("routing/", rule_sets.start, name="routing"),
    path("routing/cases/<str:number>/", placing.case_put_right, name="put_right"),
    path("routing/categories/", categories.category_list, name="categories"),
    path("routing/categories/new/", categories.category_new, name="category_new"),
    path("routing/categories/<slug:code>/", categories.category_change, name="category"),
    path("routing/categories/<slug:code>/end/", categories.category_end, name="category_end"),
    path("routing/responsibilities/<str:code>/", duties.duty_list, name="duties"),
    path("routing/responsibilities/<str:code>/own/", duties.duty_lines, name="duty_lines"),
    path("routing/responsibilities/<str:code>/new/", duties.duty_new, name="duty_new"),
    path("routing/ended-posts/", replacing.ended_list, name="ended_posts"),
    path("routing/ended-posts/<int:post_id>/", replacing.ended_replace, name="ended_post"),
    path("routing/lines/<int:line_id>/end/", duties.duty_end, name="duty_end"),
    path("routing/places/<str:code>/", rule_sets.set_list, name="rule_sets"),
    path("routing/places/<str:code>/new/", rule_sets.set_new, name="rule_set_new"),
    path("routing/rules/<int:set_id>/", rule_sets.set_detail, name="rule_set"),
    path("routing/rules/<int:set_id>/in-force/", rule_sets.set_in_force, name="rule_set_in_force"),
    path("routing/rules/<int:set_id>/compare/", rule_compare.set_compare, name="rule_compare"),
    path("routing/rules/<int:set_id>/drop", rule_sets.set_drop, name="rule_set_drop"),
    path("routing/rules/<int:set_id>/do/<slug:move>", rule_sets.set_move, name="rule_set_move"),
    path("routing/rules/<int:set_id>/new/", rules.rule_edit, name="rule_new"),
    path("routing/rules/<int:set_id>/<int:rule_id>/", rules.rule_edit, name="rule"),
    path("routing/rules/<int:set_id>/<int:rule_id>/move", rules.rule_move, name="rule_move"),
    path("routing/rules/<int:set_id>/<int:rule_id>/drop", rules.rule_drop, name="rule_drop"),
    path("routing/rules/<int:set_id>/<int:rule_id>/end/", rules.rule_end, name="rule_end"),
    path("routing/rules/<int:set_id>/tests/", rules.test_list, name="rule_tests"),
    path("routing/rules/<int:set_id>/tests/new/", rules.test_edit, name="rule_test_new"),
    path("routing/rules/<int:set_id>/tests/<int:test_id>/", rules.test_edit, name="rule_test"),
    path(
        "routing/rules/<int:set_id>/tests/<int:test_id>/drop",
        rules.test_drop,
        name="rule_test_drop",
    ),
]
