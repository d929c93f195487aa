"""Writes the table of faults in docs/reliability.md from the figures of a run.

python -m tests.engine.virtual_camera.faults.table FIGURES
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

PAGE = Path(__file__).parents[4] / "docs" / "reliability.md"
BEGIN, END = "<!-- table -->\n", "<!-- end of the table -->\n"

ROWS: dict[str, str] = {
    "The user shows the original, then ends it (positive control)":
        "test_applications::test_the_reader_sees_raw_pictures_when_the_user_wants_them",
    "A second window shows the original, panics, releases, styles, stops, closes":
        "test_applications::test_a_refused_second_window_commands_nothing",
    "A second window releases the first one's panic":
        "test_applications::test_a_refused_second_window_cannot_undo_a_panic",
    "A second window is killed":
        "test_applications::test_a_refused_second_window_that_ends_takes_nothing_along",
    "Three applications start at once":
        "test_applications::test_of_two_applications_that_start_at_once_one_owns_the_camera",
    "Lock files deleted, then a second window":
        "test_folder::test_lock_files_that_are_deleted_let_no_second_writer_in",
    "Application killed":
        "test_applications::test_a_killed_application_leaves_the_placeholder_at_once",
    "Application stopped (SIGSTOP), then continued":
        "test_applications::test_a_stopped_application_leaves_the_placeholder_after_a_second",
    "Application quits":
        "test_applications::test_an_application_that_quits_leaves_the_placeholder_at_once",
    "Application killed and started again":
        "test_applications::test_an_application_that_comes_back_shows_nothing_of_before",
    "Panic with the original on air":
        "test_applications::test_panic_takes_one_picture_and_is_confirmed",
    "Publisher hangs with the original on air, panic pressed":
        "test_publisher::test_a_publisher_that_hangs_with_the_original_on_air_is_replaced_"
        "within_two_seconds",
    "Publisher hangs with a styled frame on air":
        "test_publisher::test_a_publisher_that_hangs_with_a_styled_frame_is_replaced",
    "Publisher runs in a circle":
        "test_publisher::test_a_publisher_that_runs_in_a_circle_is_replaced",
    "Publisher hangs while nobody owns it":
        "test_publisher::test_a_publisher_that_hangs_while_nobody_owns_it_is_replaced",
    "Publisher killed, terminated, crashed":
        "test_publisher::test_a_publisher_that_dies_with_the_original_on_air_is_replaced",
    "Publisher of another build runs":
        "test_publisher::test_a_publisher_of_another_build_gives_way",
    "Application of another build comes":
        "test_publisher::test_an_application_of_another_build_takes_nothing_from_an_owner",
    "Publisher cannot start":
        "test_publisher::test_a_publisher_that_cannot_start_says_why",
    "Clock jumps by hours (suspend)":
        "test_publisher::test_a_clock_that_jumps_is_not_taken_for_silence",
    "Socket's name deleted":
        "test_publisher::test_the_publisher_ends_when_nobody_can_reach_it_any_more",
    "Runtime folder removed, then the publisher killed":
        "test_folder::test_a_folder_that_is_removed_stops_nothing_and_comes_back",
    "A file in the folder's place":
        "test_folder::test_a_file_in_the_folders_place_is_named_and_its_removal_heals",
    "The folder belongs to another user":
        "test_folder::test_a_folder_of_another_user_is_named_and_its_return_heals",
    "The folder's file system is full":
        "test_folder::test_a_full_folder_kills_nobody",
    "No memory left for pictures":
        "process/test_service::test_too_little_memory_is_reported_and_tried_again",
    "Socket left over from a crash":
        "test_folder::test_a_socket_left_over_from_a_crash_is_replaced",
    "The owner truncates or enlarges the memory":
        "test_folder::test_the_owner_cannot_truncate_the_memory",
    "A former owner writes raw pictures into its memory":
        "test_folder::test_a_former_owner_writes_into_memory_that_nobody_reads",
    "A stranger sends garbage (6 kinds)":
        "test_socket::test_garbage_from_a_stranger_is_shut_out",
    "The owner sends garbage (5 kinds)":
        "test_socket::test_garbage_from_the_owner_ends_its_ownership",
    "Slots out of range, sequences that go back":
        "test_socket::test_a_slot_that_there_is_not_ends_the_ownership",
    "A message with another nonce":
        "test_socket::test_a_message_with_another_nonce_ends_the_ownership",
    "A stranger that knows the owner's nonce":
        "test_socket::test_a_stranger_that_knows_the_nonce_commands_nothing",
    "Formats that no camera has (7 kinds)":
        "test_socket::test_a_format_that_no_camera_has_is_left_alone",
    "Frames of an ended session":
        "test_socket::test_frames_of_an_ended_session_are_not_shown",
    "Twelve connections that say nothing":
        "test_socket::test_connections_that_say_nothing_are_dropped_and_keep_nobody_out",
    "Half a message":
        "test_socket::test_half_a_message_is_no_message",
    "Flood of connections":
        "test_socket::test_a_flood_of_connections_stops_no_picture",
    "Flood of the owner's messages":
        "test_socket::test_a_flood_of_the_owners_own_messages_stops_no_picture",
    "An owner that never reads":
        "test_socket::test_an_owner_that_never_reads_holds_up_nothing",
    "A stranger sends open files":
        "test_socket::test_open_files_that_a_stranger_sends_are_not_kept",
    "Another user connects":
        "test_socket::test_another_user_is_shut_out_even_where_the_folder_lets_him_in",
    "Camera device breaks":
        "process/test_service::test_a_camera_that_breaks_is_reported_and_opened_again",
    "Hostile working directory and PYTHONPATH":
        "test_code::test_neither_the_working_directory_nor_pythonpath_changes_the_code",
}  # fmt: skip
"""Each fault and the test that runs it."""


def table(figures: dict[str, dict[str, float | None]]) -> str:
    """The rows as Markdown, with a last one that sums up."""
    lines = ["| fault | test | seconds | pictures | raw |", "|---|---|---|---|---|"]
    pictures = raw = 0
    for fault, test in ROWS.items():
        name = test.rpartition("::")[2]
        runs = [run for key, run in figures.items() if key.partition("[")[0] == name]
        seconds = [run["seconds"] for run in runs if run["seconds"] is not None]
        seen = round(sum(run["pictures"] or 0 for run in runs))
        bad = round(sum(run["raw"] or 0 for run in runs))
        pictures, raw = pictures + seen, raw + bad
        took = f"{max(seconds):.2f}" if seconds else ""
        lines.append(f"| {fault} | `{test}` | {took} | {seen or ''} | {bad if runs else ''} |")
    return "\n".join([*lines, f"| **all** | | | {pictures} | **{raw}** |", ""])


def main() -> None:
    figures = json.loads(Path(sys.argv[1]).read_text())
    before, _, rest = PAGE.read_text().partition(BEGIN)
    PAGE.write_text(before + BEGIN + table(figures) + END + rest.partition(END)[2])


if __name__ == "__main__":
    main()
