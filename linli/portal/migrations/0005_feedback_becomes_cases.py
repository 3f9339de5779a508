"""Each row of feedback becomes a case of its kind, with the events of its life at their moments.

What follows is the kind in its first version, and the chain of a case, as they were written on the
day of this step. Every event says that it was carried over. Moments and hands of answers come from
the trail where it still tells all of them; otherwise from what the row knows.
"""

import hashlib
import json
import os
import uuid
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import migrations

SHANGHAI = ZoneInfo("Asia/Shanghai")
STAGES = {
    "received": "open", "answered": "answered", "helped": "solved", "closed": "ended",
    "withdrawn": "ended",
}  # fmt: skip
LEADS = {"open": "received", "answer": "answered", "ask_reopen": "received", "agree": "helped",
         "close": "closed"}  # fmt: skip
MOVES = {"portal.feedback_answered": "answer", "portal.feedback_reopened": "ask_reopen",
         "portal.feedback_confirmed": "agree"}  # fmt: skip
BEFORE = {"answer": "received", "ask_reopen": "answered", "agree": "answered"}
# days in which a writer may say that it did not help, as the rulebook has them today
SETTLE = 15
TITLE_SIGNS = 60
ROWS = """
SELECT id, code, page, path, text, is_staff, account_id, language, state, received_at, reopened_on,
       due_on, is_provisional, answer, answered_by, answered_at, law, version
  FROM portal_feedback ORDER BY received_at, id
"""
TOLD = """
SELECT key, verb, at, account_id, post_id FROM trail_entry
 WHERE kind = 'portal.feedback' AND verb = ANY(%s) ORDER BY key, epoch, xid, id
"""
PLACE = """
SELECT path, city_id, town_id, village_id, id, level FROM places_place
 WHERE code = ANY(%s) ORDER BY length(path) DESC LIMIT 1
"""
NUMBERS = """
INSERT INTO runtime_numberseries AS s (series, place, year, last, last_at)
VALUES ('YJ', '', %s, 1, %s)
ON CONFLICT (series, place, year) DO UPDATE SET last = s.last + 1 RETURNING last
"""
STATE = """
INSERT INTO cases_kindstate (kind, version, state, stage) VALUES ('feedback', 1, %s, %s)
ON CONFLICT DO NOTHING
"""


def moment(at):
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commit(payload):
    nonce = os.urandom(32)
    return nonce, hashlib.sha256(nonce + canonical(payload)).digest()


def end_of(day):
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI).astimezone(UTC)


def day_of(at):
    return at.astimezone(SHANGHAI).date()


def rows_of(cursor, text, params=None):
    cursor.execute(text, params)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def life_of(row, told):
    """Return (move, at, account, post) after the opening: as the trail tells it, or as the row does."""
    state, life = "received", []
    for one in told:
        move = MOVES[one["verb"]]
        if BEFORE[move] != state:
            break
        life.append((move, one["at"], one["account_id"], one["post_id"]))
        state = LEADS[move]
    wanted = "helped" if row["state"] == "confirmed" else row["state"]
    if len(life) == len(told) == row["version"] - 1 and state == wanted:
        return life
    return life_by_row(row)


def life_by_row(row):
    """What the row knows: the last answer, the day of the last no, and where it stands."""
    answered, life = row["answered_at"], []
    if row["reopened_on"] is not None:
        noon = datetime.combine(row["reopened_on"], time(12), SHANGHAI).astimezone(UTC)
        no = max(noon, row["received_at"])
        if row["state"] == "received":
            no = max(no, answered)
            life = [("answer", answered, None, None), ("ask_reopen", no, None, None)]
        else:
            no = min(no, answered)
            life = [("answer", no, None, None), ("ask_reopen", no, None, None)]
    if row["state"] in ("answered", "confirmed"):
        life.append(("answer", answered, None, None))
    if row["state"] == "confirmed":
        life.append(("agree", answered, None, None))
    return life


def with_end(life, now):
    """An answer to which nothing was said is closed when the time for a no was over."""
    if life and life[-1][0] == "answer":
        until = end_of(day_of(life[-1][1]) + timedelta(days=SETTLE))
        if until <= now:
            return [*life, ("close", until, None, None)]
    return life


class Clocks:
    """The clocks of one case as its events tell them."""

    def __init__(self, row, life):
        self.row = row
        self.last_cycle = 1 + sum(one[0] == "ask_reopen" for one in life)
        self.now = {}

    def begin(self, key, cycle, at):
        row = self.row
        if key == "settle":
            term, unit, amount, is_unsure = "report.object", "days", SETTLE, False
            due = end_of(day_of(at) + timedelta(days=SETTLE))
        else:
            found = next(one for one in row["law"]["values"] if one["key"] == "feedback.answer")
            term, unit, amount = "feedback.answer", "working_days", int(found["value"])
            is_unsure = row["is_provisional"]
            due = end_of(row["due_on"])
            if cycle < self.last_cycle:
                # of earlier terms only their length is known: as many days as the last one took
                last = row["reopened_on"] or day_of(row["received_at"])
                due, is_unsure = end_of(day_of(at) + (row["due_on"] - last)), True
        self.now[cycle, key] = {
            "key": key, "cycle": cycle, "state": "running", "unit": unit, "amount": amount,
            "legal": amount, "roll": False, "extensions": [], "started": moment(at), "pauses": [],
            "due": moment(due), "warn": None, "next": moment(due), "warned": False,
            "overdue": False, "provisional": is_unsure, "ended": None,
            "law": {"key": term, "promise": amount, "legal": amount, "provisional": False},
        }  # fmt: skip
        return self.now[cycle, key]

    def end(self, key, cycle, at, *, is_void=False):
        clock = dict(self.now[cycle, key])
        in_time = moment(at) < clock["due"]
        state = "void" if is_void else "met" if in_time else "late"
        clock |= {"state": state, "ended": moment(at), "next": None}
        self.now[cycle, key] = clock
        return clock

    def after(self, move, cycle, at):
        """Return the clocks that a move changes; `cycle` is that to which it leads."""
        if move == "open":
            return [self.begin("answer", 1, at)]
        if move == "answer":
            return [self.end("answer", cycle, at), self.begin("settle", cycle, at)]
        if move == "ask_reopen":
            return [self.begin("answer", cycle, at), self.end("settle", cycle - 1, at)]
        return [self.end("settle", cycle, at, is_void=move == "close")]


def head_of(row, place, number):
    return {
        "level": 1, "channel": "page", "matter": "", "category_id": None, "path": place["path"],
        "city_id": place["city_id"] or place["id"],
        "town_id": place["id"] if place["level"] == "town" else place["town_id"] or 0,
        "village_id": place["id"] if place["level"] == "village" else place["village_id"] or 0,
        "lon": None, "lat": None, "parent_id": None, "merged_into_id": None, "bounced": 0,
        "reopened": 0, "is_released": False, "waits_for_release": False, "about_post_id": None,
        "number": number,
    }  # fmt: skip


def events_of(row, head, life):
    """Return the events of a case without their hashes, and its clocks in the end."""
    clocks, cycle, events = Clocks(row, life), 1, []
    answers = [place for place, one in enumerate(life) if one[0] == "answer"]
    for place, (move, at, account, post) in enumerate(
        [("open", row["received_at"], None, None), *life]
    ):
        cycle += move == "ask_reopen"
        facts = {"carried_over": 1}
        public = internal = None
        if move == "open":
            facts |= {"kind": "feedback", "version": 1, "set": head}
            facts |= {"staff": 1} if row["is_staff"] else {}
            public = {"text": row["text"], "page": row["page"]}
        if move == "answer" and place - 1 == answers[-1]:
            # of earlier answers the words were not kept
            public = {"text": row["answer"]}
            internal = {"note": row["answered_by"]} if post is None and row["answered_by"] else None
        if move == "ask_reopen":
            facts |= {"reason": 1, "set": {"reopened": cycle - 1}}
        facts["clocks"] = clocks.after(move, cycle, at)
        by = {"answer": "post" if post else "person", "close": "job"}.get(move, "reporter")
        hand = (account, post) if move == "answer" else (None, None)
        events.append((move, at, cycle, by, hand, facts, public, internal))
    return events, clocks.now


def write(apps, row, place, number, life):
    """Write one case: its head, then what happened, chained."""
    case_uuid, head = str(uuid.uuid4()), head_of(row, place, number)
    events, clocks = events_of(row, head, life)
    state, (_move, last, cycle, *_rest) = LEADS[events[-1][0]], events[-1]
    stage, is_open = STAGES[state], state in ("received", "answered")
    running = [one for one in clocks.values() if one["state"] == "running"]
    due = min(running, key=lambda one: one["due"], default=None)
    case = apps.get_model("cases", "Case").objects.create(
        **{**head, "reopened": cycle - 1}, uuid=case_uuid, kind="feedback", version=1, state=state,
        stage=stage, is_open=is_open, title=" ".join(row["text"].split())[:TITLE_SIGNS],
        opened_at=row["received_at"], changed_at=last, closed_at=None if is_open else last,
        due_at=due["due"] if due else datetime(9999, 12, 31, tzinfo=UTC),
        due_clock=due["key"] if due else "", is_provisional=bool(due and due["provisional"]),
        cycle=cycle, seq=len(events), head=b"",
        follow_digest=hashlib.sha256(b"linli follow\n" + row["code"].encode()).digest(),
    )  # fmt: skip
    case.head = write_events(apps, case, case_uuid, events)
    case.save(update_fields=["head"])
    apps.get_model("cases", "CaseClock").objects.bulk_create(
        [clock_row(apps, case.pk, one) for one in clocks.values()]
    )
    apps.get_model("cases", "Reporter").objects.create(
        case_id=case.pk, naming="anonymous", account_id=row["account_id"], language=row["language"]
    )
    apps.get_model("portal", "EarlierCode").objects.create(
        case_id=case.pk, digest=case.follow_digest
    )


def write_events(apps, case, case_uuid, events):
    link = hashlib.sha256(b"linli case 1\n" + case_uuid.encode()).digest()
    event_model = apps.get_model("cases", "CaseEvent")
    for seq, (move, at, cycle, by, hand, facts, public, internal) in enumerate(events, 1):
        kept = {"public": public, "internal": internal}
        sealed = {name: commit(said) for name, said in kept.items() if said is not None}
        committed = {name: sealed[name][1] if name in sealed else None for name in kept}
        body = {
            "case": case_uuid, "seq": seq, "move": move, "at": moment(at), "state": LEADS[move],
            "cycle": cycle, "by": by, "account": hand[0], "post": hand[1], "for": None,
            "facts": facts,
            **{name: one.hex() if one else None for name, one in committed.items()},
        }  # fmt: skip
        link = hashlib.sha256(link + canonical(body)).digest()
        event = event_model.objects.create(
            case_id=case.pk, seq=seq, move=move, at=at, state=LEADS[move], cycle=cycle, by=by,
            account_id=hand[0], post_id=hand[1], facts=facts, hash=link, **committed,
        )  # fmt: skip
        words = {"event_id": event.pk, "case_id": case.pk}
        if public is not None:
            apps.get_model("cases", "PublicWords").objects.create(
                **words, nonce=sealed["public"][0], said=public, is_by_reporter=move == "open"
            )
        if internal is not None:
            apps.get_model("cases", "InternalWords").objects.create(
                **words, nonce=sealed["internal"][0], said=internal, level=3
            )
    return link


def clock_row(apps, case_id, fact):
    never = datetime(9999, 12, 31, tzinfo=UTC)
    return apps.get_model("cases", "CaseClock")(
        case_id=case_id, cycle=fact["cycle"], key=fact["key"], state=fact["state"],
        unit=fact["unit"], amount=fact["amount"], legal_amount=fact["legal"],
        started_at=fact["started"], due_at=fact["due"], warn_at=never,
        next_at=fact["next"] or never, is_provisional=fact["provisional"],
        ended_at=fact["ended"], law=fact["law"],
    )  # fmt: skip


def place_of(cursor, path):
    """Return the place of a path, or the nearest above it that is still there."""
    found = rows_of(cursor, PLACE, [path.strip("/").split("/")])
    assert found, f"no place of {path} is known"
    return found[0]


def carry_over(apps, schema_editor, now=None):
    """Turn every row of feedback into a case. The table is emptied; the next step drops it."""
    now = now or datetime.now(UTC)
    with schema_editor.connection.cursor() as cursor:
        rows = rows_of(cursor, ROWS)
        if not rows:
            return
        cursor.executemany(STATE, list(STAGES.items()))
        told = {}
        for one in rows_of(cursor, TOLD, [list(MOVES)]):
            told.setdefault(one["key"], []).append(one)
        for row in rows:
            if isinstance(row["law"], str):
                row["law"] = json.loads(row["law"])
            year = day_of(row["received_at"]).year
            cursor.execute(NUMBERS, [year, now])
            number = f"YJ-{year:04d}-{cursor.fetchone()[0]:04d}"
            life = with_end(life_of(row, told.get(str(row["id"]), [])), now)
            write(apps, row, place_of(cursor, row["path"]), number, life)
        cursor.execute("DELETE FROM portal_feedback")


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_earlier_codes"),
        ("places", "0004_why_drawn_again"),
        ("runtime", "0003_headers_sealed"),
        ("trail", "0002_append_only"),
    ]

    # cases stay cases: going back brings the empty table, and their chains are whole
    operations = [migrations.RunPython(carry_over, migrations.RunPython.noop)]
