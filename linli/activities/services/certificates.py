"""A family that came every time gets a certificate, with a code by which anybody sees that it is genuine."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from linli.activities.errors import NoCertificate
from linli.activities.models import Enrolment
from linli.activities.queries.certificates import CERTIFICATE, certified
from linli.activities.services.enrolling import BY_CODE
from linli.documents.services import make_code
from linli.kernel.permits import Actor, open_to_all


@open_to_all(BY_CODE)
@transaction.atomic
def make_certificate(enrolment: Enrolment, *, actor: Actor, now: datetime) -> str:
    """Return the code of a family's certificate, made at the first call. Refuses with NoCertificate."""
    if not certified(enrolment, now):
        raise NoCertificate()
    return make_code(CERTIFICATE, enrolment.pk, actor=actor, now=now)
