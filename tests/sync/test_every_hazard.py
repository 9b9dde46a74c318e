"""Every hazard of the exchange, and the test that meets it: none is forgotten, none has gone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
HAZARDS: dict[str, tuple[str, ...]] = {
    # Files
    "empty": ("test_an_empty_file_is_refused",),
    "truncated by a byte, at an age chunk": ("test_a_file_cut_short_anywhere_is_refused",),
    "truncated at a zstd frame": ("test_a_chunk_whose_frame_is_cut_is_refused",),
    "a bit flipped in every region": ("test_a_bit_flipped_in_any_region_is_refused",),
    "any bytes": (
        "test_no_change_of_bytes_does_more_than_be_refused",
        "test_no_change_under_the_seal_does_more_than_be_refused",
    ),
    "bytes appended": (
        "test_bytes_appended_are_refused",
        "test_bytes_appended_under_the_seal_are_refused",
    ),
    "two files joined": ("test_two_files_joined_are_refused",),
    "renamed, non-ASCII and long paths": ("test_a_name_says_nothing",),
    "imported twice": ("test_the_same_package_twice_says_so_and_changes_nothing",),
    "under two names": ("test_one_package_under_two_names_is_taken_in_once",),
    "in reverse order": ("test_packages_in_reverse_order_end_alike",),
    "first lost for ever": ("test_the_first_package_lost_for_ever_is_made_good",),
    "two years old": ("test_a_package_two_years_old_is_taken_in_and_overwrites_nothing",),
    "for another office": ("test_a_package_for_another_office_is_refused",),
    "another realm": ("test_a_package_of_another_circle_is_refused",),
    "re-encrypted by a third party": ("test_a_package_readdressed_by_a_third_party_is_refused",),
    "unknown signer": (
        "test_a_package_of_an_unknown_sender_is_refused",
        "test_an_unknown_author_is_set_aside_until_the_hub_knows_him",
    ),
    "revoked signer": ("test_a_revoked_machine_is_set_aside_from_that_number_on",),
    "chunk swapped between two packages": ("test_a_chunk_of_another_valid_package_is_refused",),
    "manifest and content disagree": (
        "test_a_package_that_holds_fewer_changes_than_it_says_is_refused",
    ),
    "zstd bomb": ("test_a_bomb_is_refused_before_it_goes_off",),
    "10 M ops": (
        "test_a_chunk_of_nothing_but_empty_changes_is_refused",
        "test_too_many_ops_in_one_change_set_are_set_aside",
    ),
    "deep nesting": ("test_a_value_nested_too_deep_is_set_aside",),
    "values of another type": ("test_a_value_of_another_type_is_set_aside",),
    "stick full, removed, read-only": (
        "test_a_stick_that_is_full_or_gone_or_read_only_is_said",
        "test_no_room_for_a_new_package_leaves_nothing_and_marks_nothing",
        "test_no_room_to_open_a_package_is_said_as_that",
    ),
    "stick that lies": ("test_a_stick_that_returns_other_bytes_is_said",),
    ".part left behind": (
        "test_what_a_crash_left_half_written_is_swept_away",
        "test_a_half_written_package_on_a_stick_is_refused",
    ),
    "every refusal has its sentence": ("test_every_refusal_says_what_to_do",),
    # Identity
    "restore then goes on writing": (
        "test_a_restored_office_goes_on_and_loses_nothing",
        "test_a_register_put_back_by_hand_goes_on_as_another",
    ),
    "fork in prev; own unknown change set": (
        "test_a_copy_with_its_keys_is_noticed_and_nothing_is_lost",
    ),
    "image of the disk": ("test_a_disk_image_put_back_is_noticed_and_sent_everything_again",),
    "restore before the last ack": (
        "test_a_restore_before_the_last_receipt_loses_nothing",
        "test_a_late_receipt_says_nothing_of_what_the_office_has_become_since",
    ),
    "restore on both sides": ("test_restores_on_both_sides_lose_nothing",),
    "restored twice": ("test_an_office_restored_twice_from_one_backup_still_receives",),
    "hub restored": ("test_a_restored_hub_never_signs_two_rosters_with_one_number",),
    "cloned without keys": ("test_a_copy_without_its_keys_may_only_be_read",),
    "machine replaced, the old one back": (
        "test_a_machine_that_was_replaced_comes_back_and_waits_for_a_person",
        "test_an_identity_that_a_replaced_machine_gave_itself_goes_with_it",
        "test_an_old_request_cannot_bring_a_retired_machine_back",
    ),
    "sidecar missing": ("test_a_restored_register_with_a_lost_sidecar_goes_on_as_another",),
    # Time
    "clock in 2009, in 2099": (
        "test_a_wrong_clock_is_told_and_decides_nothing",
        "test_a_machine_whose_clock_is_behind_is_told_by_the_first_package",
    ),
    "clock back during a save": ("test_a_clock_that_goes_back_during_a_save_changes_no_order",),
    "Lamport jump": ("test_a_number_that_jumps_is_set_aside_for_good",),
    # Meaning
    "three-way edit": ("test_three_offices_edit_one_field_and_all_three_values_stand",),
    "two different resolutions": ("test_two_different_decisions_are_again_a_conflict",),
    "equal values": ("test_equal_values_written_apart_are_agreement",),
    "delete against edit": ("test_withdrawn_here_and_edited_there_stays_in_sight",),
    "a delete years old": ("test_a_withdrawal_years_old_still_travels_and_still_counts",),
    "delete against delete": ("test_withdrawn_in_two_places_is_withdrawn",),
    "delete against new child": ("test_a_child_added_to_what_was_withdrawn_elsewhere_is_kept",),
    "delete against undelete": ("test_withdrawn_and_brought_back_apart",),
    "A→B→A": ("test_a_value_changed_and_changed_back_is_no_conflict_with_those_who_saw_it",),
    "same regulation twice, merged, late edit": (
        "test_two_offices_that_merge_the_other_way_round_agree",
        "test_a_late_edit_that_contradicts_is_settled_by_a_person_and_stays_settled",
    ),
    "participant added and removed at once": (
        "test_a_body_taken_out_and_brought_in_at_once_stays_in",
        "test_bodies_of_a_set_taken_out_and_brought_in_at_once",
    ),
    "group changed half on each side": ("test_a_group_changed_half_on_each_side_is_one_conflict",),
    "two occurrences for one date": ("test_one_occurrence_touched_in_two_offices_is_one_record",),
    "rule changed while completed": ("test_the_rule_changes_while_its_occurrence_is_completed",),
    "package applied while a form is open": (
        "test_a_form_opened_before_a_package_came_cannot_overwrite_what_it_brought",
    ),
    "undo after others went on": ("test_undo_of_ones_own_work_after_others_went_on_is_refused",),
    "blob missing": (
        "test_a_file_left_out_is_waited_for_and_asked_for",
        "test_a_file_that_is_gone_or_altered_at_the_sender_stays_out",
    ),
    "blob wrong or larger than stated": (
        "test_a_file_that_is_not_what_its_record_states_is_refused",
    ),
    "names that lead elsewhere": ("test_a_name_that_leads_elsewhere_is_set_aside",),
    # Scope
    "growth with long history": (
        "test_growth_of_scope_sends_the_whole_history",
        "test_what_happened_while_a_body_was_out_comes_with_its_return",
    ),
    "shrink": ("test_a_body_taken_out_is_sent_nothing_more_and_keeps_a_marked_copy",),
    "shrink with pending edits": (
        "test_pending_edits_of_a_body_taken_out_travel_once_and_wait",
        "test_what_waits_at_the_door_and_comes_in_vouched_for_is_taken_in_once",
    ),
    "write outside one's right": (
        "test_an_office_cannot_write_where_it_has_no_part",
        "test_an_office_cannot_reach_a_closed_record_through_an_open_family",
        "test_a_record_cannot_be_born_into_another_family_than_it_says",
        "test_a_record_cannot_be_moved_to_another_family",
    ),
    "one id, two kinds": ("test_one_id_cannot_stand_for_two_kinds_of_record",),
    "reference to the unseen": ("test_a_reference_to_the_unseen_travels_bare_and_resolves_later",),
    "relay through the hub": ("test_the_hub_passes_on_what_two_offices_share_with_it_alone",),
    "side doors": (
        "test_labels_names_and_hashes_of_other_families_do_not_travel",
        "test_a_wish_for_a_file_out_of_scope_is_not_answered",
    ),
    "secret records": ("test_a_secret_regulation_never_leaves_nor_while_that_is_in_dispute",),
    # Versions
    "unknown field, entity, kind": ("test_what_is_not_understood_is_held_and_counted",),
    "held and passed on": ("test_what_is_held_is_acknowledged_and_passed_on",),
    "upgraded, replayed": ("test_what_was_held_is_applied_after_an_upgrade",),
    "interrupted migration": ("test_an_interrupted_step_leaves_the_old_schema",),
    "older program": ("test_an_older_programs_edit_leaves_fields_it_does_not_know_alone",),
    "old packages for ever": ("test_a_package_of_this_version_still_opens_and_says_the_same",),
    # Process
    "kill -9, ENOSPC, EIO, short write at every step": (
        "test_every_named_step_did_fail",
        "test_no_failure_leaves_a_register_that_disagrees_with_its_log",
        "test_no_failure_leaves_half_a_package",
        "test_after_every_failure_the_work_can_be_done_again",
    ),
    "two processes": ("test_a_folder_is_opened_by_one_process_at_a_time",),
    "locked file": ("test_a_file_that_another_program_holds_is_said",),
    "a package withdrawn out of a conflict": (
        "test_withdrawing_a_package_takes_its_value_out_of_a_conflict_and_keeps_ours",
    ),
    "a rhythm in conflict": ("test_rhythms_in_dispute_remind_on_the_earliest_date_of_each_period",),
    "years with every fault on": ("test_a_few_weeks_of_work_post_and_accidents",),
}


def _defined() -> set[str]:
    """The name of every test function under tests/."""
    return {
        node.name
        for path in TESTS.rglob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


DEFINED = _defined()


@pytest.mark.parametrize("hazard", HAZARDS)
def test_every_hazard_has_a_test(hazard: str) -> None:
    missing = [name for name in HAZARDS[hazard] if name not in DEFINED]
    assert HAZARDS[hazard]
    assert missing == []
