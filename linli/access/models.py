"""Tables of access."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import UserManager
from django.db import models


class Account(AbstractBaseUser):
    """Somebody who can sign in: a member of staff or a resident. Never shared between people."""

    username = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, default="staff")
    state = models.CharField(max_length=10, default="invited")
    display_name = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "username"
    objects = UserManager()

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def is_active(self) -> bool:
        """Django asks this before it lets somebody sign in."""
        return self.state == "active"
