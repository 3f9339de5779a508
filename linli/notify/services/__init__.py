"""Writes of notify: sending, delivering, addresses, consent, reading."""

from linli.notify.services.addresses import (
    choose_way,
    confirm_address,
    drop_address,
    forget_account,
    forget_owner,
    forget_reaching,
    give_address,
    tie_account,
)
from linli.notify.services.consent import give_consent, withdraw_consent
from linli.notify.services.dead_letters import drop_delivery, revive_delivery
from linli.notify.services.delivering import deliver, set_aside, take_reports
from linli.notify.services.reading import mark_all_read, mark_read
from linli.notify.services.sending import (
    Announced,
    announce,
    send,
    send_announced,
    send_code,
    send_many,
)
from linli.notify.services.taking_over import take_over_account

__all__ = [
    "Announced",
    "announce",
    "choose_way",
    "confirm_address",
    "deliver",
    "drop_address",
    "drop_delivery",
    "forget_account",
    "forget_owner",
    "forget_reaching",
    "give_address",
    "give_consent",
    "mark_all_read",
    "mark_read",
    "revive_delivery",
    "send",
    "send_announced",
    "send_code",
    "send_many",
    "set_aside",
    "take_reports",
    "take_over_account",
    "tie_account",
    "withdraw_consent",
]
