"""Which pages open to whoever is not signed in."""

import pytest
from django.utils import translation

from linli.kernel.web import is_open_page


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("/zh-hans/places/441900/", True), ("/zh-hans/places/441900/?page=2#end", True),
        ("/zh-hans/desk/", False), ("/zh-hans/grid/441900005001/", False),
        ("/zh-hans/nothing-here/", False), ("", False), ("https://example.org/", False),
    ],
)  # fmt: skip
def test_a_link_is_shown_to_nobody_only_where_it_leads_somewhere(
    address: str, is_open: bool
) -> None:
    with translation.override("zh-hans"):
        assert is_open_page(address) is is_open
