"""A new database in a third of the time: a new table does not make the models of all others anew.

While it migrates Django keeps a model of each table as it stood then. For each new one it makes again
every model that is tied to it by any chain of keys, which here are all of them. None of it is needed to
write the statements: a model ties itself to the ones that are there, as at every start of the program.
Whatever else changes a table is left to Django, and work in Python inside a migration still sees all
models made anew (`is_delayed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState


def _add_model(state: Any, model_state: ModelState) -> None:
    key = (model_state.app_label, model_state.name_lower)
    state.models[key] = model_state
    if state._relations is not None:
        state.resolve_model_relations(key)
    # hasattr would make all models
    if "apps" in state.__dict__:
        state.is_delayed = True
        state.apps.render_multiple([model_state])


@contextmanager
def quick_states() -> Iterator[None]:
    """Let Django make only what is new while the block migrates."""
    states: Any = ProjectState
    theirs, states.add_model = states.add_model, _add_model
    try:
        yield
    finally:
        states.add_model = theirs
