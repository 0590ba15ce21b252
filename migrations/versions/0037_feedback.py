"""Single-use codes and what is said by them, complaints, pulses; breaches and unusual looks."""

from alembic import op

from migrations import fences
from migrations.of_scheme import register

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _feedback()
    register(
        "complaint",
        """about text collate "C" not null, against text collate "C" not null, goes_up boolean not null,
            came_from text collate "C" not null, author uuid, week_of date not null, answer_by date not
            null, state text collate "C" not null, named uuid, looked_into_by uuid, had_a_part uuid[] not
            null, outcome text collate "C", reply text[] collate "C" not null, decided_by uuid, decided_on
            date""",
        """about_known check (about in ('NOT_KEPT_PRIVATE', 'ASKED_FOR_SOMETHING', 'TREATED_UNFAIRLY',
            'PRESSED', 'TURNED_AWAY', 'WRONG_ADVICE', 'NOT_CHOSEN_FAIRLY', 'OTHER_ASK_ME'))""",
        """against_known check (against in ('PEOPLE_IN_CUSTODY', 'SUPPORTERS', 'WING_STAFF', 'COORDINATOR',
            'PARTNER', 'SAFER_CUSTODY', 'GOVERNOR', 'NOT_SAID'))""",
        "came_from_known check (came_from in ('STAFF', 'PARTNER', 'NOT_SAID'))",
        "decided_says_by_whom check ((state = 'DECIDED') = (decided_by is not null))",
        "decided_says_what check ((state = 'DECIDED') = (outcome is not null))",
        "decided_says_when check ((state = 'DECIDED') = (decided_on is not null))",
        "looked_into_by_somebody check ((state = 'RECEIVED') = (looked_into_by is null))",
        "of_custody_nobody check (author is null or came_from in ('STAFF', 'PARTNER'))",
        "outcome_known check (outcome in ('UPHELD', 'PART_UPHELD', 'NOT_UPHELD', 'CANNOT_BE_TOLD'))",
        """reply_known check (reply <@ array['WE_ARE_SORRY', 'IT_WAS_PUT_RIGHT', 'RULES_WERE_EXPLAINED',
            'THE_SCHEME_WAS_CHANGED', 'NOTHING_WAS_FOUND', 'PASSED_TO_SAFER_CUSTODY', 'PASSED_TO_PARTNER',
            'ASK_US_IN_PERSON']::text[])""",
        "reply_once_decided check (state = 'DECIDED' or reply = '{}')",
        "state_known check (state in ('RECEIVED', 'LOOKED_INTO', 'DECIDED'))",
        "two_people check (decided_by <> looked_into_by)",
        "week_from_monday check (extract(isodow from week_of) = 1)",
        "who_decided_it_had_a_part check (decided_by is null or decided_by = any(had_a_part))",
        "who_looked_into_it_had_a_part check (looked_into_by is null or looked_into_by = any(had_a_part))",
        by="answer_by",
    )
    register(
        "pulse_result",
        """quarter date not null, of_group text collate "C" not null, item text collate "C" not null,
            answered integer, score integer, lowest integer, highest integer, why_not text[] collate "C" not
            null, why_not_times integer[] not null""",
        "answered_is_coarse check (answered >= 10 and answered % 5 = 0)",
        "interval_is_whole check ((lowest is null) = (highest is null))",
        "interval_of_a_score check (lowest is null or score is not null)",
        "interval_of_twenty_or_more check (lowest is null or answered >= 20)",
        "interval_in_order check (lowest between 10 and score and highest between score and 50)",
        """item_known check (item in ('KNOWS_THE_SUPPORTERS', 'KNOWS_HOW_TO_ASK_AT_NIGHT',
            'STAFF_WOULD_HELP', 'TRUSTS_IT_STAYS_PRIVATE', 'USERS_LOOKED_DOWN_ON', 'KNOWS_HOW_IT_WORKS',
            'MAKES_SHIFT_HARDER', 'SUPPORTERS_FAVOURED', 'KNOWS_WHAT_NEVER_TO_ASK', 'HAS_TIME_TO_UNLOCK',
            'FEELS_SAFE', 'ASKED_TO_DO_STAFF_WORK', 'CAN_SAY_NO', 'GETS_THE_DEBRIEF', 'NOBODY_PRESSES'))""",
        "of_group_known check (of_group in ('SUPPORTED', 'SUPPORTERS', 'STAFF', 'NON_USERS'))",
        "quarter_begins check (extract(day from quarter) = 1 and extract(month from quarter)::int % 3 = 1)",
        "reasons_are_whole check (cardinality(why_not) = cardinality(why_not_times))",
        "reasons_of_non_users check (of_group = 'NON_USERS' or why_not = '{}')",
        "score_of_ten_or_more check (score is null or answered is not null)",
        """why_not_known check (why_not <@ array['NO_NEED', 'DID_NOT_KNOW_OF_IT',
            'DID_NOT_KNOW_HOW_TO_ASK', 'NOT_SURE_IT_STAYS_PRIVATE', 'AFRAID_TO_LOOK_WEAK',
            'STAFF_DID_NOT_HELP', 'NOT_IN_MY_LANGUAGE', 'RATHER_SOMEBODY_ELSE']::text[])""",
        by="quarter",
    )
    register(
        "breach",
        """what text collate "C" not null, found_by text collate "C" not null, goes_up boolean not null,
            aware_at timestamptz not null, report_by timestamptz not null, report_on date not null, lines uuid[] not
            null, look uuid, whose uuid, entered_by uuid, state text collate "C" not null, finding text collate "C",
            harm text collate "C", people text collate "C", assessed_by uuid, had_a_part uuid[] not null,
            decision text collate "C", because text[] collate "C" not null, decided_by uuid, decided_at timestamptz""",
        "assessed_says_what check ((state = 'SUSPECTED') = (finding is null))",
        """assessment_is_whole check ((finding is null) = (harm is null) and (finding is null) = (people is
            null) and (finding is null) = (assessed_by is null))""",
        """because_known check (because <@ array['ACCESS_ENDED', 'TRAINED', 'RULES_EXPLAINED',
            'PLACE_CHANGED', 'SERVICE_CHANGED', 'PEOPLE_TOLD', 'PARTNER_TOLD', 'PASSED_TO_CONDUCT',
            'RISK_ASSESSED_ANEW']::text[])""",
        "closed_says_what check ((state = 'CLOSED') = (decision is not null))",
        """decision_is_whole check ((decision is null) = (decided_by is null) and (decision is null) =
            (decided_at is null))""",
        "decision_known check (decision in ('REPORTED', 'NOT_REPORTABLE'))",
        "done_once_decided check (state = 'CLOSED' or because = '{}')",
        "finding_known check (finding in ('BREACH', 'NEAR_MISS', 'NO_BREACH', 'CANNOT_BE_TOLD'))",
        """found_by_known check (found_by in ('UNUSUAL_LOOK', 'COMPLAINT', 'STAFF', 'PARTNER', 'AUDIT',
            'PERSON_CONCERNED'))""",
        "goes_up_unnamed check (goes_up = (whose is null))",
        "harm_known check (harm in ('NONE', 'SOME', 'HIGH'))",
        "people_known check (people in ('NOBODY', 'UP_TO_4', 'FROM_5_TO_20', 'OVER_20', 'NOT_KNOWN'))",
        "seventy_two_hours check (report_by = aware_at + interval '72 hours')",
        "state_known check (state in ('SUSPECTED', 'ASSESSED', 'CLOSED'))",
        "two_people check (decided_by <> all(had_a_part))",
        """what_known check (what in ('LOOKED_WITHOUT_NEED', 'TOLD_ON', 'SEEN_BY_OTHERS', 'LOST_OR_STOLEN',
            'SENT_WRONGLY', 'SHARED_ACCOUNT', 'ASKED_TO_BREAK_CONFIDENCE'))""",
        "who_assessed_it_had_a_part check (assessed_by is null or assessed_by = any(had_a_part))",
        by="report_on",
    )
    _letters("octet_length(sealed) = 1024 + 4096 * (box = 'by-code')::integer")
    op.execute("create unique index pulse_result_once on pulse_result (scheme, quarter, of_group, item)")
    _table(
        "feedback_code",
        """scheme uuid not null, jurisdiction text collate "C" not null, prison text collate "C" not null,
            organisation text collate "C" not null, quarter date not null""",
        "quarter_begins check (extract(day from quarter) = 1 and extract(month from quarter)::int % 3 = 1)",
    )
    _table(
        "feedback_sheets",
        """scheme uuid not null, jurisdiction text collate "C" not null, prison text collate "C" not null,
            organisation text collate "C" not null, quarter date not null, printed integer not null""",
        "one_is_printed check (printed >= 1)",
        "quarter_begins check (extract(day from quarter) = 1 and extract(month from quarter)::int % 3 = 1)",
    )
    _table(
        "unusual_look",
        """jurisdiction text collate "C" not null, prison text collate "C" not null, rule text collate "C"
            not null, at_least integer not null, times integer not null, whose uuid not null, role text
            collate "C" not null, day date not null, lines uuid[] not null, state text collate "C" not null,
            review_by date not null, review text collate "C", reviewed_by uuid, reviewed_on date""",
        "not_by_himself check (reviewed_by <> whose)",
        "over_its_limit check (times >= at_least)",
        "review_known check (review in ('PART_OF_THE_WORK', 'MISTAKE', 'SHARED_ACCOUNT', 'NOT_EXPLAINED'))",
        "reviewed_says_by_whom check ((state = 'REVIEWED') = (reviewed_by is not null))",
        "reviewed_says_what check ((state = 'REVIEWED') = (review is not null))",
        "reviewed_says_when check ((state = 'REVIEWED') = (reviewed_on is not null))",
        """role_known check (role in ('STAFF_MEMBER', 'WING_OFFICER', 'ORDERLY_OFFICER', 'COORDINATOR',
            'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB', 'SECURITY', 'HEALTHCARE',
            'INFORMATION_GOVERNANCE', 'ACCESS_ADMINISTRATOR', 'PARTNER_VOLUNTEER', 'PARTNER_LEAD',
            'EVALUATOR', 'MONITORING_BOARD', 'INSPECTORATE', 'OMBUDSMAN_CORONER', 'HEADQUARTERS',
            'INTEGRATOR', 'SERVICE', 'PERSON_IN_CUSTODY', 'SUPPORTER', 'PEER_COORDINATOR'))""",
        "rule_known check (rule in ('MANY_IN_AN_HOUR', 'MANY_TURNED_AWAY', 'BY_NIGHT'))",
        "state_known check (state in ('WAITING', 'REVIEWED'))",
    )
    op.execute("create index feedback_code_by_quarter on feedback_code (quarter, id)")
    op.execute("create index feedback_code_by_scheme on feedback_code (scheme, quarter)")
    op.execute("create unique index feedback_sheets_once on feedback_sheets (scheme, quarter)")
    op.execute("create index unusual_look_by_day on unusual_look (jurisdiction, day)")
    op.execute("create index unusual_look_by_prison on unusual_look (prison, day, id)")


def downgrade() -> None:
    op.execute("drop table complaint, pulse_result, breach, feedback_code, feedback_sheets, unusual_look")
    op.execute(
        "alter table feedback drop constraint feedback_a_code_names_nobody,"
        " drop constraint feedback_by_code_or_null, drop column by_code,"
        " drop column would_again"
    )
    # An older release has no such box. Of what lies in one its owner sees nothing either, unless he is let.
    op.execute("alter table letterbox no force row level security")
    with fences.unfenced("letterbox"):
        op.execute("delete from letterbox where box = 'by-code'")
    op.execute("alter table letterbox force row level security")
    _letters("octet_length(sealed) = 1024")


def _feedback() -> None:
    op.execute("alter table feedback add column would_again boolean, add column by_code boolean")
    op.execute("alter table feedback add constraint feedback_by_code_or_null check (by_code)")
    op.execute(
        "alter table feedback add constraint feedback_a_code_names_nobody"
        " check (by_code is null or (words is null and author is null))"
    )


def _letters(length: str) -> None:
    op.execute("alter table letterbox drop constraint letterbox_constant_length")
    op.execute(f"alter table letterbox add constraint letterbox_constant_length check ({length})")


def _table(table: str, columns: str, *truths: str) -> None:
    checks = "".join(f", constraint {table}_{truth}" for truth in ("version_counts check (version >= 1)", *truths))
    op.execute(
        f"""
        create table {table} (
            id uuid not null,
            version integer not null,
            {columns},
            constraint {table}_pkey primary key (id)
            {checks}
        )
        """
    )
    for statement in fences.fenced(table, fences.of_prison()):
        op.execute(statement)
