"""What a body of the API may say: what its shape names, and nothing else.

A name that is misspelt would be dropped by the API's library, and a telephone with it. It is refused
like any other fault, with its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from django.http import HttpRequest
from ninja import NinjaAPI, Router
from ninja.params.models import BodyModel, ParamModel
from pydantic import BaseModel

# queued moves carry the key of their call in the body (docs/adr/0007-idempotency.md)
KEY = "key"


def take_nothing_unnamed(api: NinjaAPI) -> None:
    """Let every body of the API refuse names that its shape does not have."""
    done: set[type[BaseModel]] = set()
    for model in bodies_of(api):
        for shape in shapes_in(model, set()):
            if shape not in done:
                done.add(shape)
                shape.model_config["extra"] = "forbid"
                shape.model_rebuild(force=True)
        model.model_rebuild(force=True)
        let_key_pass(model)


def bodies_of(api: NinjaAPI) -> Iterator[type[ParamModel]]:
    """Yield what the library made of each operation's body."""
    for router in (one for _prefix, top in api._routers for one in routers_in(top)):
        for view in router.path_operations.values():
            for operation in view.operations:
                yield from (one for one in operation.models if issubclass(one, BodyModel))


def routers_in(router: Router) -> Iterator[Router]:
    """Yield a router and those that hang below it."""
    yield router
    for _prefix, below, *_rest in router._routers:
        yield from routers_in(below)


def let_key_pass(model: type[ParamModel]) -> None:
    """Take the key of a call out of its body, where the shape has no field of that name."""
    name = getattr(model, "__read_from_single_attr__", "")
    shape = model.model_fields[name].annotation if name else None
    if not (isinstance(shape, type) and issubclass(shape, BaseModel)) or KEY in shape.model_fields:
        return
    read = model.get_request_data

    def without_key(request: HttpRequest, api: NinjaAPI, parts: dict[str, Any]) -> Any:
        said = read(request, api, parts)
        if said and isinstance(said[name], dict):
            said[name].pop(KEY, None)
        return said

    model.get_request_data = staticmethod(without_key)  # type: ignore[method-assign, assignment]


def shapes_in(kind: Any, seen: set[Any]) -> Iterator[type[BaseModel]]:
    """Yield the shapes inside a body or a field, the innermost first."""
    for part in get_args(kind):
        yield from shapes_in(part, seen)
    if isinstance(kind, type) and issubclass(kind, BaseModel) and kind not in seen:
        seen.add(kind)
        for field in kind.model_fields.values():
            yield from shapes_in(field.annotation, seen)
        if not issubclass(kind, ParamModel):
            yield kind
