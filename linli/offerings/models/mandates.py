"""Mandates on paper: a relative or friend without an account comes to the window for somebody."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.kernel.shapes import one_of
from linli.offerings.states import AGENCY, AgencyState

# indexes of the numbers of either; the idle one of each pair is empty
BY_CARD = {
    "giver_number_index": "offerings_giver_card",
    "giver_number_index_next": "offerings_giver_card_next",
    "agent_number_index": "offerings_agent_card",
    "agent_number_index_next": "offerings_agent_card_next",
}


class AgentMandate(models.Model):
    """A mandate as it was printed, and the scan of what was signed.

    It holds from `since` to `until` at most a year (rulebook), for one item or for all, and ends at
    once when either of the two says so. `sealed` has name, number and telephone of the agent.

    `ended_by` names who of the office ended it, or is `giver` where she did so herself.

    Who gives it is of the register, or stands in none: then name and telephone lie in `giver_sealed`,
    and the numbers of both are found by their blind indexes when a card is laid on the reader.
    """

    person_id = models.BigIntegerField(null=True)
    giver_masked = models.CharField(max_length=60, blank=True, db_default="")
    giver_sealed = models.BinaryField(null=True)
    giver_number = models.BinaryField(null=True)
    giver_number_index = models.BinaryField(null=True)
    giver_number_index_next = models.BinaryField(null=True)
    agent_number = models.BinaryField(null=True)
    agent_number_index = models.BinaryField(null=True)
    agent_number_index_next = models.BinaryField(null=True)
    path = models.CharField(max_length=120, db_collation="C")
    item_key = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=16, unique=True)
    sealed = models.BinaryField()
    agent_masked = models.CharField(max_length=60)
    document_code = models.CharField(max_length=20)
    file_code = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, default=AGENCY.start.value)
    since = models.DateField(null=True)
    until = models.DateField()
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=120, blank=True, db_default="", default="")

    class Meta:
        constraints = [
            one_of("offerings_agency_state_known", "state", AgencyState),
            models.CheckConstraint(
                name="offerings_held_mandate_is_signed",
                condition=~Q(state=AgencyState.HELD.value)
                | Q(since__isnull=False) & ~Q(file_code=""),
            ),
            models.CheckConstraint(
                name="offerings_mandate_of_one",
                condition=Q(person_id__isnull=False, giver_sealed__isnull=True)
                | Q(
                    person_id__isnull=True, giver_sealed__isnull=False,
                    giver_number__isnull=False, agent_number__isnull=False,
                ),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["person_id", "-id"], name="offerings_agency_of"),
            models.Index(
                fields=["path", "-id"], name="offerings_agency_outside",
                condition=Q(person_id__isnull=True),
            ),
            *(
                models.Index(fields=[column], name=name, condition=Q(**{f"{column}__isnull": False}))
                for column, name in BY_CARD.items()
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code
