"""What forms bring to the desk."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.formkit import permits
from linli.kernel.registries import DeskEntry

FORMS = DeskEntry(
    "formkit.forms",
    _("Forms"),
    "notes",
    "formkit:list",
    (permits.DESIGN,),
    order=75,
    group="papers",
)
