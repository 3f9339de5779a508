"""Migrations in a third of the time: a new table does not make the models of all others anew.

While it migrates Django keeps a model of each table as it stood then. For each new model it makes
again every model that is tied to it by any chain of keys, which here are all of them, and for each
new index or constraint those next to it. Neither is needed to write the statements: a new model
ties itself to the ones that are there, as at every start of the program, and an index or constraint
changes no field. Work in Python inside a migration still sees all models made anew (`is_delayed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState

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


@contextmanager
def quick_states() -> Iterator[None]:
    """Let Django make only what is new while the block migrates."""
    ours: dict[str, Any] = {"add_model": _add_model, "_append_option": _append_option}
    theirs = {name: getattr(ProjectState, name) for name in ours}
    for name, quick in ours.items():
        setattr(ProjectState, name, quick)
    try:
        yield
    finally:
        for name, slow in theirs.items():
            setattr(ProjectState, name, slow)
