"""Unique values for which two may reach at the same moment: the later one is told so (`kernel/errors.Meanwhile`).

What asks first whether a value is taken cannot see what another writes at that moment; the database does. When the later
one sends it again, the question before it answers in its own words. `tests/test_races.py` holds that each unique
constraint is here or cannot be met.
"""

from __future__ import annotations

ACCESS = "access_account_username_key account_badge account_badge_next one_account_of_person account_phone account_phone_next presence_once reset_open_once_each"
ACTIVITIES = """
    activities_came_once activities_booking_no_overlap activities_eventfeedback_enrolment_id_key activities_session_once
    activities_eventwish_case_id_key activities_hand_once activities_objection_once activities_struck_once
    activities_round_time_once activities_wish_rank_once activities_wish_time_once
"""
CASES = """
    cases_assignment_numbered cases_call_once cases_case_uuid_key cases_clock_once cases_event_in_order cases_event_once
    cases_casefile_file_id_key cases_casefile_shown_id_key cases_link_once cases_category_code_key cases_rating_once
    cases_review_once_at_a_time cases_one_in_charge cases_responsible_once cases_one_set_without_end cases_set_once_a_day
    cases_sampleseed_month_key cases_week_once cases_one_lead cases_one_lead_offer cases_rating_counts_once
"""
EXCHANGE = """
    comparison_once exchange_connection_system_key exchange_hallapplication_case_id_key
    exchange_hallapplication_number_key exchange_hallchange_number_key exchange_hallitem_code_key handback_one_open
    exchange_hotlineorder_case_id_key exchange_hotlineorder_number_key letter_once ordersender_once
    exchange_paynotice_trade_key payorder_one_open returnedresult_once
"""
GRID = """
    grid_part_in_one_cell grid_hazardcheck_again_id_key grid_hazardcheck_key_key grid_one_head_serves grid_queue_of_person
    grid_queued_in_order grid_queued_once grid_one_sheet_of_village grid_team_named_once grid_visit_key_key
    grid_note_once grid_seat_once grid_swap_asked_once grid_weatherwarning_followed_by_id_key
"""
NOTIFY = "channelchoice_once notify_emailaddress_account_id_key messageconsent_account messageconsent_person"
NOTICES = "notices_posting_current_id_key notices_posting_open_id_key posting_number_once postingversion_once postingversion_one_open"
OFFERINGS = """
    offerings_part_of_a_post_once offerings_visit_no_overlap offerings_visit_once offerings_benefit_once
    offerings_check_draft_once offerings_platform_once offerings_point_once offerings_checkkey_account_id_key
    offerings_drawentry_sign_key offerings_drawentry_visit_id_key offerings_entry_once offerings_homevisit_uuid_key
    offerings_item_key_key offerings_term_once offerings_version_once offerings_one_draft offerings_one_open_version
    offerings_paper_once offerings_question_once offerings_cell_once offerings_report_column_once offerings_row_once
    offerings_sheet_once offerings_window_number_once offerings_one_at_a_window offerings_one_ticket_a_visit
    offerings_ticket_once offerings_visitrating_ticket_id_key offerings_visitrating_visit_id_key
    offerings_hours_no_overlap offerings_waiver_takes_back_id_key
"""
ORGS = """
    certificate_number_once coveragelink_no_overlap coveragespot_once handover_one_open jointmeeting_one_open
    jointmember_once nonlocalduty_no_overlap orgs_organisation_code_key organisationversion_no_overlap
    orgedge_no_overlap_economic orgedge_no_overlap_government orgedge_no_overlap_owners orgedge_no_overlap_party
    orgedge_no_overlap_self_government pairing_no_overlap partymanagement_no_overlap post_title_once postholding_once
    postholding_one_seat reorganisation_once servicearea_no_overlap setupproposal_one_open
"""
PEOPLE = """
    duplicatepair_once dwelling_once dwellingparty_one_open household_number_once householdmember_once
    householdmember_one_head importsource_once document_index_once document_next_once residency_one_open roll_one_open
    rollentry_once
"""
PLACES = "cell_code_once places_layer_key_key outline_one_open places_place_code_key places_place_path_key"
PLAN = """
    call_once indicatorvalue_once plandocument_one_current plandocument_one_main plandocument_version report_once
    stage_number_once target_code_once task_number_once taskdepartment_one_leads taskdepartment_order_once townplan_once
"""
LOWER = """
    document_number_once sealuse_number_once shortcode_once electronicseal_one_at_a_time derivative_once formkit_form_key_key
    formrevision_once formtest_once formversion_once formversion_one_draft formversion_one_in_force localvalue_no_overlap
    savedview_name_once
"""
RACES = frozenset(
    " ".join(
        (ACCESS, ACTIVITIES, CASES, EXCHANGE, GRID, NOTIFY, NOTICES, OFFERINGS, ORGS, PEOPLE, PLACES, PLAN, LOWER)
    ).split()
)  # fmt: skip
