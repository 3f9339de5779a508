"""The addresses of the API, loaded when somebody asks for one of them, in service at the start.

What works in the background and what is typed never asks: it is 85 % of the time that all addresses take, and 70 MB.
"""

from __future__ import annotations

from linli.config.api import api
from linli.config.grouping import Known, by_first_word

calls, app_name, namespace = api.urls
urlpatterns = [Known(by_first_word(calls))]
