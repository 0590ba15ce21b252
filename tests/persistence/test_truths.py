"""What records promise of the plans, lives and registers of schemes, their tables hold too: each truth refuses a row
that breaks it, whoever writes that row and by whatever way."""

from typing import Any

import asyncpg
import pytest
from sqlalchemy import CheckConstraint

from domain.records import KINDS
from persistence.cipher import Cipher
from persistence.mapping import mapped
from persistence.tables import METADATA
from tests.persistence.conftest import KEYS
from tests.persistence.drawn import Drawn

ASSESSED = "finding = 'BREACH', harm = 'NONE', people = 'NOBODY', assessed_by = id, had_a_part = array[id]"
BROKEN: tuple[tuple[str, str, str], ...] = (
    ("evaluation", "state = 'REGISTERED', registered_on = null", "drafts_are_not_registered"),
    ("evaluation", "state = 'DRAFT', ended_on = current_date", "ends_with_its_state"),
    ("evaluation", "abandoned_for = 'WOULD_HARM'", "a_reason_goes_with_giving_up"),
    ("evaluation", "refused = approached + 1", "no_more_refuse_than_are_asked"),
    ("evaluation", "reached = '{MDI-A}', reached_on = '{}'", "each_wing_has_its_day"),
    ("measurement", "closed = true", "never_closed"),
    ("measurement", "missed = null", "answers_or_a_reason"),
    ("measurement", "mode = 'ON_PAPER'", "how_goes_with_answers"),
    ("request", "closed = true, person = null, stage_of_sentence = 'SETTLED'", "closed_has_no_stage"),
    ("request", "stage_of_sentence = 'ANY', closed = false", "stage_of_sentence_known"),
    ("scheme", "supporters_needed = pilot_limit + 1, supporters_wanted = pilot_limit + 1", "floor_in_reach"),
    ("scheme", "supporters_needed = 0", "floor_in_reach"),
    ("scheme", "pilot_days = 0", "pilot_has_days"),
    ("scheme", "state = 'AT_RISK', open = true, at_risk_for = '{}'", "at_risk_says_why"),
    (
        "scheme",
        "state = 'SUSPENDED', open = false, at_risk_for = '{}', suspended_at = null",
        "suspended_says_until_when",
    ),
    ("scheme", "reviewed_on = current_date", "review_is_whole"),
    ("scheme-status", "supporters_wanted = -1", "counts_from_nought"),
    ("scheme-status", "supporters_in_role = supporters_active - 1", "counts_from_nought"),
    ("scheme-status", "gaps = '{NOT_ADVERTISED,because nobody did}'", "gaps_are_codes"),
    ("charter", "state = 'DISCARDED'", "held_if_published"),
    ("charter", "state = 'DRAFT', in_force_from = null", "ends_if_it_held"),
    ("charter", "in_force_until = in_force_from - interval '1 day'", "held_in_order"),
    ("charter", "money_minor_units_a_year = -1", "counts_from_nought"),
    ("objective", "target = -1", "counts_from_nought"),
    (
        "objective",
        "measured = '{-1}', measured_on = array[current_date], measured_from = '{SURVEY}'",
        "counts_from_nought",
    ),
    ("objective", "running_weeks = 0", "runs_for_weeks"),
    ("objective", "due_on = starts_on", "due_after_start"),
    ("objective", "state = 'CLOSED', closed_on = current_date", "closed_says_why"),
    ("finding", "state = 'ANSWERED'", "answered_by_a_plan"),
    ("finding", "state = 'DECLINED'", "declined_says_why"),
    ("scheme-kind", "published_on = null", "published_by_whom"),
    ("scheme-kind", "confirmed_by = made_by", "another_confirmed"),
    ("scheme-kind", "state = 'PUBLISHED', published_by = null, published_on = null", "published_once_seen"),
    ("exception-list", "published_on = null", "published_by_whom"),
    ("exception-list", "state = 'PUBLISHED', published_by = null, published_on = null", "published_once_seen"),
    ("service-time", "starts = '24:00'", "by_the_clock"),
    ("service-time", "ends = 'noon'", "by_the_clock"),
    ("service-time", "valid_until = valid_from - 1", "days_in_order"),
    ("meeting-place", "out_of_use_since = current_date", "out_of_use_says_why"),
    ("outage", "until = since - 1", "days_in_order"),
    ("activation", "state = 'ENDED', ended_at = null", "ended_says_when"),
    ("activation", "state = 'ENDED', ended_at = started_at - interval '1 minute'", "times_in_order"),
    ("activation", "log_entries = -1", "lines_are_counted"),
    ("log-entry", "code = 'TOLD'", "told_goes_with_told"),
    ("risk", "state = 'OPEN', likelihood = null", "assessed_says_how"),
    ("risk", "risk = 'OTHER', in_words = null", "other_needs_words"),
    ("publicity", "shown_until = shown_from - 1", "days_in_order"),
    ("publicity", "reach = -1", "reach_counts"),
    ("publicity", "languages = '{en,Welsh}'", "languages_are_codes"),
    ("spot-check", "knew = asked + 1", "knew_of_asked"),
    ("resource", "month = '2026-13'", "of_a_month"),
    ("meeting", "staff = 0, supporters = 0, people_in_custody = 0, partners = 0", "somebody_came"),
    ("meeting", "staff = -1", "somebody_came"),
    ("request", "delay_codes = '{NIGHT_STATE}'", "delays_whole"),
    ("conduct", "wing = repeat('A', 41)", "no_free_text"),
    (
        "conduct",
        "ended = 'EXPIRED', code = null, coded_by = null, decided_by_role = 'GOVERNOR'",
        "role_decided_on_a_code",
    ),
    ("conduct", "held_up_for = '{NIGHT_STATE}'", "held_up_by_whom"),
    ("conduct", "ended = 'EXPIRED', code = null, coded_by = gen_random_uuid()", "who_decided_gave_a_code"),
    ("conduct", "ended = 'EXPIRED', coded_by = null", "expired_says_no_code"),
    ("conduct", "ended = 'NOT_RECORDED', code = null, coded_by = null", "added_is_not_recorded"),
    (
        "conduct",
        "ended = 'NOT_RECORDED', code = null, coded_by = null, noted_by = id, accounts = '{ASKED}',"
        " accounts_on = current_date, reconciled = 'ADDED_RETROSPECTIVELY'",
        "not_recorded_names_nobody",
    ),
    ("conduct", "accounts = '{ASKED}'", "accounts_are_reconciled"),
    ("conduct", "accounts = '{ASKED}', reconciled = 'DISPUTED'", "accounts_say_when"),
    ("conduct", "review = 'REVIEWED'", "reviewed_says_what"),
    (
        "conduct",
        "review = 'NOT_NEEDED', verdict = 'IT_WAS_SO', reviewed_by = id, reviewed_on = current_date",
        "reviewed_says_what",
    ),
    ("conduct", "reviewed_by = gen_random_uuid()", "reviewed_says_by_whom"),
    ("conduct", "reviewed_on = current_date", "reviewed_says_when"),
    (
        "conduct",
        "coded_by = id, reviewed_by = id, reviewed_on = current_date, verdict = 'IT_WAS_SO', review = 'REVIEWED'",
        "two_people",
    ),
    ("envelope-hold", "last_day = first_day - 1", "days_in_order"),
    ("envelope-hold", "state = 'LIFTED', lifted_on = current_date", "lifted_says_by_whom"),
    ("envelope-hold", "state = 'LIFTED', lifted_by = id", "lifted_says_when"),
    ("envelope-hold", "deleted_on = current_date", "deleted_once_lifted"),
    (
        "envelope-hold",
        "recorded_by = id, state = 'LIFTED', lifted_on = current_date, lifted_by = id",
        "two_people",
    ),
    ("mixed-tally", "month = month + 1", "month_is_its_first"),
    ("residue", "month = month + 1", "month_is_its_first"),
    ("residue", "minutes_to_offer = 7", "waits_are_coarse"),
    ("residue", "minutes_to_accept = 7", "waits_are_coarse"),
    ("residue", "minutes_to_unlock = 7", "waits_are_coarse"),
    ("residue", "minutes_in_all = 7", "waits_are_coarse"),
    ("month-count", "month = month + 1", "month_is_its_first"),
    ("feedback-code", "quarter = quarter + 1", "quarter_begins"),
    ("feedback-sheets", "quarter = quarter + 1", "quarter_begins"),
    ("feedback-sheets", "printed = 0", "one_is_printed"),
    ("complaint", "week_of = week_of + 1", "week_from_monday"),
    ("complaint", "author = gen_random_uuid(), came_from = 'NOT_SAID'", "of_custody_nobody"),
    ("complaint", "outcome = 'UPHELD'", "decided_says_what"),
    ("complaint", "decided_on = current_date", "decided_says_when"),
    ("complaint", "decided_by = gen_random_uuid()", "decided_says_by_whom"),
    ("complaint", "reply = '{WE_ARE_SORRY}'", "reply_once_decided"),
    ("complaint", "looked_into_by = gen_random_uuid()", "looked_into_by_somebody"),
    (
        "complaint",
        "state = 'DECIDED', outcome = 'UPHELD', decided_on = current_date, decided_by = id, looked_into_by = id",
        "two_people",
    ),
    ("complaint", "state = 'LOOKED_INTO', looked_into_by = id", "who_looked_into_it_had_a_part"),
    (
        "complaint",
        "state = 'DECIDED', outcome = 'UPHELD', decided_on = current_date, decided_by = id, looked_into_by = scheme,"
        " had_a_part = array[scheme]",
        "who_decided_it_had_a_part",
    ),
    ("pulse-result", "quarter = quarter + 1", "quarter_begins"),
    ("pulse-result", "answered = 12", "answered_is_coarse"),
    ("pulse-result", "answered = null", "score_of_ten_or_more"),
    ("pulse-result", "lowest = null", "interval_is_whole"),
    ("pulse-result", "score = null", "interval_of_a_score"),
    ("pulse-result", "answered = 15", "interval_of_twenty_or_more"),
    ("pulse-result", "lowest = 25", "interval_in_order"),
    ("pulse-result", "of_group = 'STAFF', why_not = '{NO_NEED}', why_not_times = '{10}'", "reasons_of_non_users"),
    ("pulse-result", "why_not_times = '{10}'", "reasons_are_whole"),
    ("breach", "report_by = aware_at", "seventy_two_hours"),
    ("breach", "state = 'ASSESSED'", "assessed_says_what"),
    ("breach", "harm = 'NONE'", "assessment_is_whole"),
    ("breach", f"state = 'CLOSED', {ASSESSED}", "closed_says_what"),
    ("breach", "decided_at = aware_at", "decision_is_whole"),
    ("breach", "because = '{TRAINED}'", "done_once_decided"),
    (
        "breach",
        f"state = 'CLOSED', {ASSESSED}, decision = 'REPORTED', decided_by = id, decided_at = aware_at",
        "two_people",
    ),
    ("breach", "goes_up = not goes_up", "goes_up_unnamed"),
    ("breach", f"state = 'ASSESSED', {ASSESSED.replace('array[id]', 'array[scheme]')}", "who_assessed_it_had_a_part"),
    ("movement-review", "supporter = id, enrolment = id", "of_one_role"),
    ("movement-review", "settled_as = 'PUT_RIGHT'", "settled_says_as_what"),
    ("movement-review", "settled_on = raised_on", "settled_says_when"),
    ("movement-review", "settled_by = id", "settled_says_by_whom"),
    ("person-merge", "doubted_by = id", "doubted_says_by_whom"),
    ("person-merge", "reversed_by = id", "reversed_says_by_whom"),
    ("person-merge", "reversed_at = merged_at", "reversed_says_when"),
    (
        "person-merge",
        "state = 'REVERSED', undo = null, doubted_by = id, reversed_by = id, reversed_at = merged_at",
        "two_people",
    ),
    (
        "person-merge",
        "state = 'REVERSED', undo = removed, doubted_by = id, reversed_by = gen_random_uuid(), reversed_at = merged_at",
        "reversed_keeps_nothing",
    ),
    ("subscription", "address = 'http://hooks.example.org/'", "address_is_https"),
    ("subscription", "state = 'ENDED', ended_at = null", "ended_says_when"),
    ("subscription", "state = 'ACTIVE', ended_at = null, failing_since = since", "failing_says_since"),
    ("subscription", "secret_before = secret", "before_says_until"),
    ("unusual-look", "times = at_least - 1", "over_its_limit"),
    ("unusual-look", "review = 'MISTAKE'", "reviewed_says_what"),
    ("unusual-look", "reviewed_on = day", "reviewed_says_when"),
    ("unusual-look", "reviewed_by = gen_random_uuid()", "reviewed_says_by_whom"),
    (
        "unusual-look",
        "state = 'REVIEWED', review = 'MISTAKE', reviewed_on = day, reviewed_by = whose",
        "not_by_himself",
    ),
    ("month-report", "month = month + 1", "month_is_its_first"),
    ("month-report", "made_on = month", "counted_when_over"),
    ("roll-up", "of_month = of_month + 1, closed_in = closed_in + 1", "months_are_their_first"),
    ("roll-up", "of_month = closed_in + interval '1 month'", "closed_after"),
    ("roll-up", "counts = '{}'", "a_number_a_word"),
    ("roll-up", "words = array[repeat('A', 601)]", "no_free_text"),
    ("cover-kept", "month = month + 1", "month_is_its_first"),
    ("cover-kept", "wings = '{}'", "a_number_a_wing"),
    ("cover-kept", "night_covered = '{}'", "a_number_a_wing"),
    ("envelope-hold", "about = '{A1234BC}'", "about_is_hashes"),
    ("job", "kind = 'CHRONOLOGY', file = null, result = '{}'", "files_are_sealed"),
    ("job", "kind = 'ROTA', file = '\\x01', result = null", "files_are_sealed"),
    ("job", "about = 'A1234BC'", "about_is_a_hash"),
    ("figure", "first = first + 1", "first_is_a_first"),
    ("figure", "told = '{}'", "a_number_a_word"),
    ("figure", "words = '{A,B}', told_cleared = '{5}'", "told_once"),
    ("figure", "words = array[repeat('A', 401)]", "no_free_text"),
    ("figure", "median = 12", "waits_are_coarse"),
    ("month-count", "requests = 5", "people_where_five"),
    ("month-count", "people = 1", "people_where_five"),
    ("month-count", "unnamed = 1", "people_where_five"),
    ("month-count", "tallies_of_the_quarter = null", "quarter_at_its_end"),
    ("month-count", "requests_of_the_quarter = null", "quarter_at_its_end"),
    ("month-count", "month = month + interval '1 month'", "quarter_at_its_end"),
    ("escalation", "month = '2026-11-02'", "of_a_month"),
    ("escalation", "closed = true, told_on = current_date", "closed_keeps_no_day"),
    ("escalation", "ground = 'CHILD'::bytea, list_number = null", "a_ground_is_of_a_list"),
    ("escalation", "person_told = 'AFTER', not_told_for = null", "a_reason_goes_with_not_before"),
    ("escalation", "shared = '{}'", "something_was_shared"),
    ("concern", "closed = false", "always_closed"),
    ("referral", "closed = true", "never_closed"),
    ("referral", "answered_on = current_date", "answered_says_when"),
    ("proposal", "state = 'ACCEPTED'", "answered_says_when"),
    ("proposal", "state = 'IMPLEMENTED', answered_on = current_date", "implemented_says_when"),
)
"""(kind, what is wrong with a row that was right, the truth that it breaks)."""


@pytest.mark.parametrize(("kind", "wrong", "truth"), BROKEN, ids=[f"{k}-{t}-{n}" for n, (k, _, t) in enumerate(BROKEN)])
async def test_a_row_that_breaks_a_truth_is_refused(owner: Any, kind: str, wrong: str, truth: str) -> None:
    """The row is one that its kind may have; changed so, its table refuses it by the name of that truth."""
    of = mapped(KINDS[kind])
    row = of.row(Drawn(1).record(KINDS[kind], 0), Cipher(KEYS), 1)
    spread = ", ".join(f"${n}" for n in range(1, len(row) + 1))
    transaction = owner.transaction()
    await transaction.start()
    try:
        await owner.execute("set local session_replication_role = replica")
        await owner.execute(f"insert into {of.name} ({', '.join(row)}) values ({spread})", *row.values())
        with pytest.raises(asyncpg.CheckViolationError) as refused:
            await owner.execute(f"update {of.name} set {wrong}")
    finally:
        await transaction.rollback()
    assert f'"{of.name}_{truth}"' in str(refused.value)


def test_every_truth_of_these_tables_has_a_row_that_breaks_it() -> None:
    """But for closed vocabularies, which have tests of their own, and what every table says of versions and ids."""
    tables = {mapped(KINDS[kind]).name for kind, _, _ in BROKEN} - {"request"}
    broken = {f"{mapped(KINDS[kind]).name}_{truth}" for kind, _, truth in BROKEN}
    said = {
        str(check.name)
        for table in METADATA.sorted_tables
        if table.name in tables
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    usual = ("_known", "_version_counts", "_scheme_is_id", "_open_is_serving")
    older = {
        *("scheme_kind_number_counts", "scheme_kind_another_published", "scheme_kind_variant_has_base"),
        *("exception_list_number_counts", "exception_list_another_published", "charter_numbered_from_one"),
        *("objective_points_are_whole", "risk_likelihood_of_five", "risk_impact_of_five"),
        *("resource_no_less_than_nothing", "job_progress_in_per_cent"),
    }
    assert {name for name in said if not name.endswith(usual)} - older == broken - {
        "request_closed_has_no_stage",
        "request_delays_whole",
        "request_stage_of_sentence_known",
    }
