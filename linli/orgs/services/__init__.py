"""Writes of orgs: what happens to organisations, posts, centres and Party numbers."""

from linli.orgs.services.centres import CentreFacts, change_service_area, describe_centre
from linli.orgs.services.handovers import (
    Leaving,
    end_at_once,
    end_holding,
    sign_handover,
    withdraw_handover,
)
from linli.orgs.services.holdings import appoint, correct_holding, link_account, note_shut_out
from linli.orgs.services.pairings import end_pairing, pair
from linli.orgs.services.posts import add_post, change_post, close_post
from linli.orgs.services.register import (
    add_organisation,
    close_organisation,
    correct_organisation,
    rename_organisation,
)
from linli.orgs.services.relations import ChangeFacts, put_under, reorganise, take_from_under
from linli.orgs.services.reopening import reopen_post
from linli.orgs.services.seeding import seed_invented, seed_official
from linli.orgs.services.staff import Holder, enter_certificate, enter_training, remove_certificate

__all__ = [
    "CentreFacts",
    "ChangeFacts",
    "Holder",
    "Leaving",
    "add_organisation",
    "add_post",
    "appoint",
    "change_post",
    "change_service_area",
    "close_organisation",
    "close_post",
    "correct_holding",
    "correct_organisation",
    "describe_centre",
    "end_at_once",
    "end_holding",
    "end_pairing",
    "enter_certificate",
    "enter_training",
    "link_account",
    "note_shut_out",
    "pair",
    "put_under",
    "remove_certificate",
    "rename_organisation",
    "reopen_post",
    "reorganise",
    "seed_invented",
    "seed_official",
    "sign_handover",
    "take_from_under",
    "withdraw_handover",
]
