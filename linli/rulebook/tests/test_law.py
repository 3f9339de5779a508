"""The files of the law: complete, well-formed, and every change day gives one value."""

from datetime import date, timedelta

import pytest

from linli.kernel.numbers import Share
from linli.rulebook import rules
from linli.rulebook.errors import NotInForce
from linli.rulebook.law.load import FOLDER, Faulty, law, read_folder
from linli.rulebook.law.model import Entry
from linli.rulebook.law.values import form_of
from linli.rulebook.types import AnyOf, Certainty, Range
from tests.each import each

PLACE = "441900/441900990/441900990201/"
FIRST, LAST = date(2010, 1, 1), date(2030, 12, 31)
KEYS = sorted(law().parameters)
ENTRIES = [(key, entry) for key in KEYS for entry in law().parameters[key].entries]
SHEET = """
vc.size.min vc.size.max rc.size.min rc.size.max committee.term mediation_committee.term
mediation_committee.size election.age_min election.nonhukou.min_residence
election.list_publish_before election.objection_window election.objection_decide
election.turnout_min election.win_min election.runoff_min election.runoff_within
election.proxy_max election.proxy_apply_before election.candidate_publish_before
election.mobile_box_scrutineers_min election.handover recall.petition_voters recall.petition_reps
recall.hold_within reps.households_per_rep reps.share_min reps.women_share_min
reps.meeting_interval reps.quorum reps.pass village.quorum_adults village.quorum_households
village.call_demand village.notice group.quorum ceo.members.quorum ceo.members.pass ceo.notice
ceo.papers_before ceo.delegates_min ceo.nonmember_benefit_pass ceo.board.quorum ceo.board.pass
supervision.size review.per_year review.fail_streak disclosure.general disclosure.finance_busy
disclosure.major petition.transfer petition.notify petition.return petition.handle
petition.extend_max petition.review_request petition.review_decide petition.reps_max
mediation.judicial_confirm owners.participation owners.pass owners.pass_special
owners.call_demand owners.notice owners.committee_size owners.term_max owners.file_within
dongguan.owners.review dongguan.owners.guide party.branch_min party.committee_min
party.general_branch party.party_committee social_org.members gd.filing.association
gd.filing.service_body volunteer.stars grid.households legal_adviser.monthly pi.pia_keep log.keep
plan.weak_party_rate plan.participation plan.social_orgs village.meetings_per_year_min
election.nomination_sources election.proxy_holder election.committee_leave_on_relative
committee.near_relative_avoidance committee.guarantee_allowed supervision.term
disclosure.posted_min audit.demand rc.households rc.election.list_publish_before
rc.election.objection_window rc.election.objection_decide rc.election.nominators_min
rc.election.worker_min_service rc.election.nonhukou.min_residence rc.election.turnout.direct
rc.election.turnout.household rc.election.turnout.representative rc.election.win_min
rc.election.runoff_min rc.election.proxy_max rc.election.proxy_holder
rc.election.proxy_in_representative_mode rc.election.handover rc.recall.petition_voters
rc.recall.petition_households rc.recall.petition_reps rc.recall.turnout rc.recall.pass
rc.reps.households_per_rep rc.reps.share_min rc.reps.women_share_min rc.reps.meeting_interval
rc.reps.call_demand rc.reps.quorum rc.reps.pass rc.meeting.call_demand rc.meeting.notice
rc.meeting.quorum rc.meeting.pass rc.review.per_year rc.review.fail_streak rc.audit.demand
app.filing.required_before_launch app.filing.existing_within app.filing.completeness_check
cert.forbidden.national cert.forbidden.guangdong feedback.answer pi.right_request
plan.party.near_tolerance plan.party.many_orgs.committee plan.party.many_orgs.general_branch
""".split()  # noqa: SIM905 a list as people read it


def test_every_key_of_the_parameter_sheet_is_there() -> None:
    assert sorted(set(SHEET) - set(KEYS)) == []


@each(ENTRIES, lambda key, entry: f"{key} {entry.start}")
def test_every_value_has_source_unit_certainty_and_a_fresh_check(key: str, entry: Entry) -> None:
    parameter = law().parameters[key]

    assert all(entry.source)
    assert law().glossary.knows("units", parameter.unit)
    assert entry.certainty in list(Certainty)
    assert date(2026, 1, 1) <= entry.checked_on <= date(2026, 12, 31)
    assert entry.precision in ("day", "year")


@each(KEYS, str)
def test_every_parameter_speaks_both_languages(key: str) -> None:
    parameter = law().parameters[key]
    zh, en = parameter.title

    assert any("\u4e00" <= sign <= "\u9fff" for sign in zh)
    assert en.isascii()
    assert bool(parameter.text[0]) == bool(parameter.text[1])
    assert all(law().glossary.knows("apps", app) for app in parameter.used_by)
    assert "." in key


@each(KEYS, str)
def test_all_values_of_a_parameter_have_one_form(key: str) -> None:
    forms = {form_of(entry.value) for entry in law().parameters[key].entries} - {"none"}

    assert len(forms) <= 1


@each(ENTRIES, lambda key, entry: f"{key} {entry.start}")
def test_every_value_can_be_read_aloud(key: str, entry: Entry) -> None:
    zh, en = law().glossary.words(entry.value, law().parameters[key].unit)

    assert zh
    assert en.isascii() or "–" in en


def test_bases_and_codes_of_the_glossary_are_all_in_use() -> None:
    bases: set[str] = set()
    codes: set[str] = set()
    for _key, entry in ENTRIES:
        for value in (entry.value, *(r.value for r in entry.readings)):
            match value:
                case Share():
                    bases.add(value.base)
                case AnyOf():
                    bases |= {option.base for option in value.options}
                case tuple():
                    codes |= {str(item) for item in value if isinstance(item, str)}
    assert sorted(set(law().glossary.keys("bases")) - bases) == []
    assert sorted(set(law().glossary.keys("codes")) - codes) == []


@each(KEYS, str)
def test_each_change_day_and_its_neighbours_give_one_value_or_a_declared_gap(key: str) -> None:
    """Temporal coverage 2010 to 2030: never two values, never an accident."""
    parameter = law().parameters[key]
    edges = {FIRST, LAST} | {
        entry.start + timedelta(days=step)
        for entry in parameter.entries
        for step in (-1, 0, 1)
        if FIRST < entry.start < LAST
    }
    for day in sorted(edges):
        if day < parameter.first_day:
            with pytest.raises(NotInForce):
                rules.resolve(parameter, {}, PLACE, day)
            continue
        value = rules.resolve(parameter, {}, PLACE, day)
        standing = [
            max((e for e in parameter.at(j) if e.start <= day), key=lambda e: e.start, default=None)
            for j in ("national", "44", "441900")
        ]
        allowed = [e for e in standing if e is not None and e.start == value.valid_from]
        assert value.value in [e.value for e in allowed]
        assert not value.provisional


@pytest.mark.parametrize(
    ("key", "on", "value"),
    [
        ("committee.term", "2018-12-28", 3),
        ("committee.term", "2018-12-29", 5),
        ("committee.term", "2026-11-24", 5),
        ("rc.households", "2025-12-31", Range(100, 700)),
        ("rc.households", "2026-01-01", Range(1000, 3000)),
        ("election.nomination_sources", "2025-12-31", ("villager",)),
        ("election.nomination_sources", "2026-01-01", ("party_org", "villager")),
        ("rc.reps.women_share_min", "2026-11-24", None),
        ("owners.count_non_vote", "2020-12-31", True),
        ("owners.count_non_vote", "2021-01-01", False),
        ("plan.social_orgs.urban", "2018-12-31", 10),
        ("plan.party.many_orgs.committee", "2026-11-24", None),
    ],
)
def test_values_before_and_after_their_change(key: str, on: str, value: object) -> None:
    found = rules.resolve(law().parameters[key], {}, PLACE, date.fromisoformat(on))

    assert found.value == value


def test_guangdongs_proxy_cap_gives_way_to_the_national_one() -> None:
    """VE-42, VE-99."""
    parameter = law().parameters["election.proxy_max"]

    before = rules.resolve(parameter, {}, PLACE, date(2025, 12, 31))
    after = rules.resolve(parameter, {}, PLACE, date(2026, 1, 1))

    assert (before.number, before.jurisdiction, before.certainty) == (3, "44", "check")
    assert (after.number, after.jurisdiction, after.certainty) == (3, "national", "sure")


def test_no_source_is_a_web_address() -> None:
    texts = [part for source in law().sources.values() for part in (*source.title, source.number)]

    assert [text for text in texts if "http" in text or "www." in text] == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("unit: days", "unit: moons", "unknown unit"),
        ("certainty: sure", "certainty: maybe", "maybe"),
        ("source: petition", "source: rumour", "rumour"),
        ("value: 15,", "value: fifteen,", "not a value"),
        ("tighten: down", "tighten: down\n    colour: red", "unknown fields"),
        ("description: Time for", "descriptions: Time for", "unknown fields"),
    ],
)
def test_a_file_with_a_fault_is_refused(tmp_path, old: str, new: str, fault: str) -> None:  # type: ignore[no-untyped-def]
    for name in ("words.yaml", "sources.yaml"):
        (tmp_path / name).write_text((FOLDER / name).read_text("utf-8"), "utf-8")
    text = (FOLDER / "petitions.yaml").read_text("utf-8")
    (tmp_path / "petitions.yaml").write_text(text.replace(old, new, 1), "utf-8")

    with pytest.raises(Faulty, match=fault):
        read_folder(tmp_path)


def test_a_key_in_two_files_is_refused(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("words.yaml", "sources.yaml", "time.yaml"):
        (tmp_path / name).write_text((FOLDER / name).read_text("utf-8"), "utf-8")
    (tmp_path / "again.yaml").write_text((FOLDER / "time.yaml").read_text("utf-8"), "utf-8")

    with pytest.raises(Faulty, match="twice"):
        read_folder(tmp_path)
