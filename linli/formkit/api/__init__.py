"""JSON API of forms: reading, checking and filling in; building for designers."""

from linli.formkit.api import designing
from linli.formkit.api.forms import router

__all__ = ["designing", "router"]
