"""The outcome of a round in the words of a notice."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.activities.models import Round
from linli.activities.queries import rounds as queries
from linli.activities.types.rounds import weekday_words
from linli.kernel.moments import clock_of
from linli.kernel.registries import PLACE_NAMES
from linli.notices.types import Text
from linli.ui.formats import day


def posting_text(at: Round) -> Text:
    """Return the words by which the outcome of a round is posted, in the language of the office.

    A group that did not agree to be shown is not named.
    """
    with override("zh-hans"):
        lines = []
        for one in queries.times_of(at):
            group = one.group
            whose = _("free: the group has ended") if queries.fell_free(at, one) else _("nobody wished it") if group is None else group.name if group.is_shown else _("a group of the place")  # fmt: skip
            lines.append(f"{weekday_words(one.weekday)} {clock_of(one.begins)}–{clock_of(one.ends)} {one.venue.name}：{whose}")  # fmt: skip
        lines += [
            _("Struck after an objection: %(reason)s") % {"reason": one.reason}
            for one in queries.strikes_of(at)
        ]
        lines.append(_("Objections until %(day)s, on the page of the round. Anybody can make the draw again.") % {"day": day(at.objections_until)})  # fmt: skip
        place = PLACE_NAMES.call([at.path]).get(at.path, "")
        title = _("Weekly times drawn: %(round)s") % {"round": at.title}
        return Text(title, "\n".join(lines), str(place))
