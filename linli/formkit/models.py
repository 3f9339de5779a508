"""Tables of formkit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.formkit.states import VERSION, VersionState
from linli.formkit.types import Audience
from linli.kernel.shapes import one_of


class Form(models.Model):
    """A form under one key, whatever its versions; `place` is the path of the office that owns it."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=200)
    place = models.CharField(max_length=120, db_collation="C")
    audience = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [one_of("form_audience_known", "audience", Audience)]
        indexes = [
            models.Index(fields=["-changed_at", "-id"], name="form_newest"),
            models.Index(fields=["place", "-changed_at"], name="form_of_place"),
        ]

    def __str__(self) -> str:
        return self.key


class FormVersion(models.Model):
    """One version: a draft that is worked on, or one that was published and never changes again.

    `edition` counts the saves of a draft; whoever saves on an older one is told. `checksum` is the
    SHA-256 of the canonical JSON of the published spec.
    """

    form = models.ForeignKey(
        Form, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    spec = models.JSONField()
    state = models.CharField(max_length=10, default=VERSION.start.value)
    edition = models.PositiveIntegerField(default=1)
    checksum = models.CharField(max_length=64, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=120)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=120, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="formversion_once"),
            models.UniqueConstraint(
                fields=["form"], name="formversion_one_draft", condition=Q(state="draft")
            ),
            models.UniqueConstraint(
                fields=["form"], name="formversion_one_in_force", condition=Q(state="published")
            ),
            one_of("formversion_state_known", "state", VersionState),
            models.CheckConstraint(
                name="formversion_published_is_whole",
                condition=Q(state="draft", published_at__isnull=True, checksum="")
                | (~Q(state="draft") & Q(published_at__isnull=False) & ~Q(checksum="")),
            ),
        ]

    def held(self) -> FormVersion:
        """Lock this version as it is now: always its form first, so that no two steps wait for each other."""
        form = Form.objects.select_for_update().get(pk=self.form_id)
        version = FormVersion.objects.select_for_update().get(pk=self.pk)
        version.form = form
        return version

    def __str__(self) -> str:
        return f"{self.form_id} {self.number}"


class FormRevision(models.Model):
    """One save of a draft, to which one can return. Never changed."""

    version = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, related_name="revisions", db_index=False
    )
    edition = models.PositiveIntegerField()
    spec = models.JSONField()
    step = models.CharField(max_length=40)
    at = models.DateTimeField()
    label = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "edition"], name="formrevision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.edition}"


class FormTest(models.Model):
    """Saved answers with what must come of them; all of a form's must pass before it is published.

    `given` are texts as typed, by name; `expected` are values by path, or codes of faults by path.
    """

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="tests", db_index=False)
    name = models.CharField(max_length=120)
    given = models.JSONField()
    faults = models.JSONField()
    values = models.JSONField()
    on = models.DateField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "name"], name="formtest_once")]

    def __str__(self) -> str:
        return self.name


class FormDraft(models.Model):
    """What somebody has typed so far, sealed; found by its code, of which only the hash is kept.

    With an account it is that account's alone. `purpose` names what the answers are for.
    """

    code_hash = models.CharField(max_length=64, unique=True)
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="drafts")
    purpose = models.CharField(max_length=60)
    account_id = models.BigIntegerField(null=True)
    body_sealed = models.BinaryField()
    edition = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account_id", "-kept_at"], name="formdraft_of_account"),
            models.Index(fields=["ends_at"], name="formdraft_due"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.pk}"
