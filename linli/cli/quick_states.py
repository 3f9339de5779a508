"""Migrations in a fraction of the time: a change of one table does not make the models of all others anew.

While it migrates Django keeps a model of each table as it stood then. For each new model, and for
each column that is a key, it makes again every model that is tied to it by any chain of keys, which
here are all of them; for each other change those next to it. None of it is needed to write the
statements: a model ties itself to the ones that are there, as at every start of the program, and an
index or constraint changes no field. A column that keys of other tables point to, and another name,
are left to Django. Work in Python inside a migration still sees all models made anew (`is_delayed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import field_is_referenced

Key = tuple[str, str]


def _add_model(state: Any, model_state: ModelState) -> None:
    key: Key = (model_state.app_label, model_state.name_lower)
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    # hasattr would make all models
    if "apps" in state.__dict__:
        state.is_delayed = True
        state.apps.render_multiple([model_state])


def _append_option(state: Any, app_label: str, model_name: str, option: str, new: object) -> None:
    options = state.models[app_label, model_name].options
    options[option] = [*options[option], new]
    if "apps" in state.__dict__:
        state.is_delayed = True
        setattr(state.apps.get_model(app_label, model_name)._meta, option, options[option])


def _reload_alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    if "apps" in state.__dict__:
        state.is_delayed = True
        state._reload({(app_label, model_name)})


def _add_field(
    state: Any, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool
) -> None:
    with _alone(state):
        THEIRS["add_field"](state, app_label, model_name, name, field, preserve_default)


def _remove_field(state: Any, app_label: str, model_name: str, name: str) -> None:
    with _alone(state):
        THEIRS["remove_field"](state, app_label, model_name, name)


def _alter_field(
    state: Any, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool
) -> None:
    is_pointed_to = field_is_referenced(state, (app_label, model_name), (name, field))
    with nullcontext() if is_pointed_to else _alone(state):
        THEIRS["alter_field"](state, app_label, model_name, name, field, preserve_default)


@contextmanager
def _alone(state: Any) -> Iterator[None]:
    state.reload_model = partial(_reload_alone, state)
    try:
        yield
    finally:
        del state.reload_model


OURS: dict[str, Any] = {
    "add_model": _add_model, "_append_option": _append_option, "add_field": _add_field,
    "remove_field": _remove_field, "alter_field": _alter_field,
}  # fmt: skip
THEIRS = {name: getattr(ProjectState, name) for name in OURS}


@contextmanager
def quick_states() -> Iterator[None]:
    """Let Django make only what is new while the block migrates."""
    for name, quick in OURS.items():
        setattr(ProjectState, name, quick)
    try:
        yield
    finally:
        for name, slow in THEIRS.items():
            setattr(ProjectState, name, slow)
