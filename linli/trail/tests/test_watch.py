"""What doctor and the metrics tell of the trail and the keys."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from linli.kernel.registries import HEALTH
from linli.kernel.sealing import export, files, ring
from linli.trail.queries import watch
from linli.trail.testing import NOON, make_entry, seal


@pytest.mark.django_db(transaction=True)
def test_the_age_of_the_oldest_unsealed_entry_is_told() -> None:
    assert watch.unsealed_seconds(NOON) == 0
    make_entry()
    make_entry()

    assert watch.oldest_unsealed() == NOON
    assert watch.unsealed_seconds(NOON + timedelta(seconds=7)) == 7
    assert "trail_unsealed_seconds" in Client().get("/metrics").content.decode()
    assert "linli worker" in watch.check_sealing()[0][1] or watch.check_sealing() == []
    seal()
    assert watch.unsealed_seconds(NOON + timedelta(hours=1)) == 0
    assert watch.check_sealing() == []


@pytest.mark.django_db
def test_the_metric_is_in_the_answer_when_all_is_sealed() -> None:
    assert "trail_unsealed_seconds 0.0" in Client().get("/metrics").content.decode()


def test_doctor_asks_for_an_export_until_it_was_made(tmp_path: Path, settings: Any) -> None:
    settings.LINLI_HOME = tmp_path / "home"
    assert watch.check_keys()[0][1] == "linli keys import FILE"
    files.create_keyring(settings.LINLI_HOME, now=NOON)
    assert watch.check_keys()[0][1] == "linli keys export FILE"

    export.export_keys(settings.LINLI_HOME, tmp_path / "away.json", now=NOON)

    assert watch.check_keys() == []
    ring.forget()
    assert {"trail", "keys.export"} <= {entry.key for entry in HEALTH}
