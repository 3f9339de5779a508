"""What acts and things of the grid are called, for whoever reads the trail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from linli.kernel.registries import SYSTEM_WORK, THINGS, VERBS, Verb

ACTS = {
    "grid.duty_named": _("Post named for a cell"),
    "grid.duty_ended": _("Post relieved of a cell"),
    "grid.parts_named": _("Groups and buildings put into a cell"),
    "grid.contact_named": _("Contact person entered"),
    "grid.contact_tied": _("Entry of the register noted for a contact person"),
    "grid.stop_added": _("Place taken into the rounds"),
    "grid.stop_ended": _("Place taken out of the rounds"),
    "grid.visited": _("Place visited"),
    "grid.checked": _("Hazards checked"),
    "grid.stood": _("Stood as head"),
    "grid.head_chosen": _("Head chosen"),
    "grid.head_passed_over": _("Head not chosen"),
    "grid.head_tied": _("Entry of the register noted for a head"),
    "grid.head_withdrew": _("Stands no more"),
    "grid.head_ended": _("Term of a head ended"),
    "grid.head_handed_over": _("Hand-over of a head noted"),
    "grid.word_said": _("Word to a head"),
    "grid.word_moved": _("Head dealt with a word"),
    "grid.contact_ended": _("Contact person let go"),
    "grid.queue_opened": _("A phone's queue was opened"),
    "grid.entry_kept": _("An entry of a phone was kept for a decision"),
    "grid.entry_decided": _("Decided about an entry of a phone"),
    "grid.storm_began": _("Storm declared"),
    "grid.storm_went_on": _("Storm goes on in that of a wider place"),
    "grid.storm_kept": _("Storm said to go on"),
    "grid.storm_ended": _("Storm over"),
    "grid.shelter_added": _("Shelter entered"),
    "grid.shelter_changed": _("Shelter corrected"),
    "grid.shelter_closed": _("Shelter out of use"),
    "grid.sheet_typed": _("Numbers of a storm given"),
    "grid.home_named": _("Home to be moved named"),
    "grid.home_changed": _("Home to be moved corrected"),
    "grid.home_marked": _("Home to be moved marked"),
    "grid.home_struck": _("Home taken off the list"),
    "grid.home_restored": _("Home put back on the list"),
    "grid.warning_passed_on": _("Warning passed on"),
    "grid.warning_corrected": _("Warning corrected"),
    "grid.warning_lifted": _("Warning lifted"),
    "grid.warning_posted": _("Warning posted as a notice"),
    "grid.team_added": _("Team entered"),
    "grid.team_changed": _("Team corrected"),
    "grid.team_ended": _("Team dissolved"),
    "grid.seat_filled": _("Post put on duty"),
    "grid.seat_emptied": _("Post taken off duty"),
    "grid.roster_filled": _("Roster of a month filled"),
    "grid.note_written": _("Hand-over of a shift written"),
    "grid.swap_asked": _("Swap of a shift asked"),
    "grid.swap_answered": _("Swap of a shift answered"),
}
KINDS = {
    "grid.cellduty": _("Post in a cell"),
    "grid.stop": _("Place of the rounds"),
    "grid.hazardcheck": _("Hazard check"),
    "grid.headship": _("Head of a building, block or lane"),
    "grid.word": _("Word to a head"),
    "grid.cellcontact": _("Contact person of households"),
    "grid.phonequeue": _("Queue of a phone"),
    "grid.queued": _("Entry of a phone"),
    "grid.storm": _("Flood, typhoon or drought"),
    "grid.shelter": _("Shelter"),
    "grid.stormhome": _("Home to be moved"),
    "grid.stormsheet": _("Numbers of a storm"),
    "grid.weatherwarning": _("Warning of weather"),
    "grid.team": _("Team of the place"),
    "grid.watchseat": _("Shift of a post"),
    "grid.watchnote": _("Hand-over of a shift"),
    "grid.watchswap": _("Swap of a shift"),
}
WORK = {
    "grid.heads": _("keeping what is said to heads of buildings"),
    "grid.cells": _("letting go who was named for a cell that ended"),
    "grid.storm": _("keeping and forgetting who was moved"),
    "grid.send": _("sending what was seen to the post of the cell"),
    "grid.rehouse": _("following changes of places"),
}


def register() -> None:
    """Called once at start."""
    for registry, titles in ((VERBS, ACTS), (THINGS, KINDS), (SYSTEM_WORK, WORK)):
        registry.add_all(Verb(key, title) for key, title in titles.items())
