"""The registers of schemes."""

from alembic import op

from migrations.of_scheme import register

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_TRIGGERS = """'LOCKDOWN', 'STAFF_SHORTAGE', 'LOSS_OF_SUPPORTERS', 'OUTBREAK', 'DEATH_IN_CUSTODY',
    'PARTNER_UNAVAILABLE', 'SUITE_OUT_OF_USE', 'SYSTEMS_DOWN'"""
_TELL = """'ORDERLY_OFFICER', 'WING_STAFF', 'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'PARTNER', 'HEALTHCARE',
    'CHAPLAINCY', 'MONITORING_BOARD', 'SUPPORTERS', 'PEOPLE_IN_CUSTODY'"""


def upgrade() -> None:
    _contingency()
    _risks()
    _times()
    _upkeep()


def downgrade() -> None:
    op.execute(
        "drop table contingency_plan, activation, log_entry, risk, action, service_time, meeting_place, outage,"
        " publicity, spot_check, routine_check, stakeholder, resource, meeting, proposal, outcome"
    )


def _contingency() -> None:
    register(
        "contingency_plan",
        """
        trigger text collate "C" not null, cover text[] collate "C" not null,
        cover_in_words text collate "C", tell text[] collate "C" not null, review_on date not null,
        in_force boolean not null, activation uuid
        """,
        f"trigger_known check (trigger in ({_TRIGGERS}))",
        """cover_known check (cover <@ array['SAMARITANS_PHONE', 'IN_CELL_PHONE', 'AT_THE_DOOR',
            'SUPPORTERS_OF_ANOTHER_WING', 'SUPPORTERS_OF_ANOTHER_PRISON', 'PARTNER_VISITS', 'CHAPLAINCY', 'STAFF',
            'PRINTED_MATERIAL', 'ANOTHER_ROOM', 'POSTPONED']::text[])""",
        f"tell_known check (tell <@ array[{_TELL}]::text[])",
    )
    register(
        "activation",
        """
        plan uuid not null, trigger text collate "C" not null, state text collate "C" not null,
        why text collate "C" not null, started_at timestamptz not null, started_by uuid not null,
        to_tell text[] collate "C" not null, told text[] collate "C" not null, log_entries integer not null,
        ended_at timestamptz, ended_by uuid, untold_because text collate "C", review_on date,
        reviewed_on date, learned text collate "C", learned_in_words text collate "C"
        """,
        f"trigger_known check (trigger in ({_TRIGGERS}))",
        "state_known check (state in ('ACTIVE', 'ENDED', 'REVIEWED'))",
        "why_known check (why in ('TRIGGER_MET', 'PRECAUTION', 'EXERCISE'))",
        f"to_tell_known check (to_tell <@ array[{_TELL}]::text[])",
        f"told_known check (told <@ array[{_TELL}]::text[])",
        """untold_because_known check (untold_because in ('OVER_BEFORE_THEY_COULD_BE', 'NOT_CONCERNED',
            'COULD_NOT_BE_REACHED', 'EXERCISE_ONLY'))""",
        """learned_known check (learned in ('PLAN_WORKED', 'PLAN_TO_BE_CHANGED', 'PLAN_NOT_FOLLOWED',
            'NOT_NEEDED'))""",
    )
    register(
        "log_entry",
        """
        activation uuid not null, at timestamptz not null, code text collate "C" not null,
        told text collate "C", words text collate "C", author uuid not null
        """,
        """code_known check (code in ('TOLD', 'COVER_STARTED', 'COVER_FAILED', 'COVER_CHANGED',
            'SUPPORTERS_STOOD_DOWN', 'SUPPORTERS_BACK', 'DECISION', 'NOTE'))""",
        f"told_known check (told in ({_TELL}))",
        by="at",
    )


_ANSWERABLE = """'COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB', 'SECURITY', 'HEALTHCARE', 'CHAPLAINCY',
    'EDUCATION', 'WING_STAFF', 'PARTNER', 'SUPPORTERS'"""


def _risks() -> None:
    register(
        "risk",
        """
        risk text collate "C" not null, in_words text collate "C", state text collate "C" not null,
        likelihood integer, impact integer, owner text collate "C", assessed_on date, review_on date,
        settled_because text collate "C"
        """,
        """risk_known check (risk in ('ATTITUDE_USERS', 'ATTITUDE_PEERS', 'CONFIDENTIALITY',
            'PREFERENTIAL_TREATMENT', 'COERCION', 'OVERLOAD', 'STAFF_BUY_IN', 'CHURN', 'OTHER'))""",
        "state_known check (state in ('NOT_ASSESSED', 'OPEN', 'ACCEPTED', 'CLOSED'))",
        f"owner_known check (owner in ({_ANSWERABLE}))",
        "likelihood_of_five check (likelihood between 1 and 5)",
        "impact_of_five check (impact between 1 and 5)",
    )
    register(
        "action",
        """
        about text collate "C" not null, which uuid not null, what text collate "C" not null,
        owner text collate "C" not null, due_on date not null, done_on date, outcome text collate "C"
        """,
        """about_known check (about in ('RISK', 'CONTINGENCY_PLAN', 'ACTIVATION', 'CHECK', 'STAKEHOLDER', 'MEETING',
            'PROPOSAL'))""",
        f"owner_known check (owner in ({_ANSWERABLE}))",
        "outcome_known check (outcome in ('DONE', 'PARTLY_DONE', 'NOT_POSSIBLE', 'NO_LONGER_NEEDED'))",
        by="due_on",
    )


_OUT_OF_USE = """'DAMAGE', 'LIGATURE_RISK', 'USED_AS_CELL', 'USED_FOR_SOMETHING_ELSE', 'NO_STAFF_TO_SUPERVISE',
    'INFECTION_CONTROL', 'NOT_PRIVATE'"""


def _times() -> None:
    register(
        "service_time",
        """
        weekday text collate "C" not null, band text collate "C" not null, starts text collate "C" not null,
        ends text collate "C" not null, valid_from date not null, valid_until date, place uuid
        """,
        """weekday_known check (weekday in ('MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY',
            'SUNDAY'))""",
        "band_known check (band in ('AM', 'LUNCH_LOCKUP', 'PM', 'ED', 'NIGHT'))",
    )
    register(
        "meeting_place",
        """
        kind text collate "C" not null, name text collate "C" not null, wing text collate "C",
        out_of_use_since date, out_of_use_for text collate "C", outage uuid
        """,
        "kind_known check (kind in ('LISTENER_SUITE', 'ROOM', 'CELL_VISIT', 'AT_THE_DOOR', 'PHONE', 'OUTDOORS'))",
        f"out_of_use_for_known check (out_of_use_for in ({_OUT_OF_USE}))",
    )
    register(
        "outage",
        """
        place uuid not null, reason text collate "C" not null, since date not null, until date
        """,
        f"reason_known check (reason in ({_OUT_OF_USE}))",
        by="since",
    )


def _upkeep() -> None:
    register(
        "publicity",
        """
        medium text collate "C" not null, shown_where text collate "C" not null,
        languages text[] collate "C" not null, easy_read boolean not null, shown_from date not null,
        shown_until date, reach integer
        """,
        """medium_known check (medium in ('POSTER', 'LEAFLET', 'RADIO', 'TELEVISION', 'KIOSK', 'NEWSLETTER',
            'INDUCTION_TALK', 'STAFF_BRIEFING', 'EVENT'))""",
        by="shown_from",
    )
    register(
        "spot_check",
        """
        asked_on date not null, asked_by text collate "C" not null, asked integer not null,
        knew integer not null
        """,
        "asked_by_known check (asked_by in ('STAFF', 'SUPPORTERS', 'PARTNER', 'MONITORING_BOARD'))",
        by="asked_on",
    )
    register(
        "routine_check",
        """
        looked_at text collate "C" not null, every_days integer not null, first_due_on date not null,
        in_force boolean not null, last_done_on date, outcome text collate "C",
        found_in_words text collate "C"
        """,
        """looked_at_known check (looked_at in ('COMMUNICATION_ROUTES', 'TRAINING', 'SUPPORT_FOR_SUPPORTERS',
            'SUPPORT_FOR_STAFF', 'PLACES', 'HOW_TO_ASK', 'PUBLICITY', 'NIGHT_ACCESS', 'CONTINGENCY_PLANS',
            'CONFIDENTIALITY'))""",
        "outcome_known check (outcome in ('GOOD', 'ACTION_NEEDED', 'NOT_WORKING'))",
        "a_cadence check (every_days >= 1)",
    )
    register(
        "stakeholder",
        """
        role text collate "C" not null, of_whom text collate "C" not null, contact bytea,
        interest text collate "C" not null, influence text collate "C" not null,
        ways text[] collate "C" not null, in_words text collate "C"
        """,
        """role_known check (role in ('GOVERNOR', 'SAFER_CUSTODY', 'WING_STAFF', 'NIGHT_STAFF', 'SECURITY',
            'ACTIVITIES', 'EDUCATION', 'HEALTHCARE', 'CHAPLAINCY', 'UNIONS', 'PARTNER', 'MONITORING_BOARD',
            'FUNDER', 'FAMILIES', 'SUPPORTERS', 'PEOPLE_WHO_MAY_SUPPORT', 'PEOPLE_WHO_MAY_ASK'))""",
        "interest_known check (interest in ('LOW', 'MEDIUM', 'HIGH'))",
        "influence_known check (influence in ('LOW', 'MEDIUM', 'HIGH'))",
        """ways_known check (ways <@ array['MEETING', 'BRIEFING', 'REPORT', 'VISIT', 'CONSULTATION',
            'NEWSLETTER', 'ONE_TO_ONE', 'FORUM']::text[])""",
    )
    register(
        "resource",
        """
        kind text collate "C" not null, month text collate "C" not null, planned integer not null,
        used integer
        """,
        "kind_known check (kind in ('STAFF_HOURS', 'ROOM', 'MATERIALS', 'MONEY', 'UNLOCK_TIME', 'TRAINING'))",
        "no_less_than_nothing check (planned >= 0 and used >= 0)",
        by="month",
    )
    register(
        "meeting",
        """
        kind text collate "C" not null, held_on date not null, staff integer not null,
        supporters integer not null, people_in_custody integer not null, partners integer not null,
        roles text[] collate "C" not null, decided text collate "C"
        """,
        """kind_known check (kind in ('SUPPORTERS', 'USERS_FORUM', 'STAFF', 'PARTNER', 'STEERING_GROUP',
            'PRISON_COUNCIL'))""",
        """roles_known check (roles <@ array['COORDINATOR', 'SAFER_CUSTODY', 'GOVERNOR', 'ACTIVITIES_HUB',
            'SECURITY', 'HEALTHCARE', 'CHAPLAINCY', 'EDUCATION', 'WING_STAFF', 'PARTNER', 'SUPPORTERS']::text[])""",
        by="held_on",
    )
    register(
        "proposal",
        """
        from_group text collate "C" not null, said text collate "C" not null, meeting uuid,
        state text collate "C" not null, proposed_on date not null, answered_on date,
        reason text collate "C", implemented_on date, outcome uuid
        """,
        """from_group_known check (from_group in ('SUPPORTERS', 'PEOPLE_IN_CUSTODY', 'STAFF', 'PARTNER',
            'FAMILIES'))""",
        "state_known check (state in ('PROPOSED', 'ACCEPTED', 'REJECTED', 'IMPLEMENTED'))",
        by="proposed_on",
    )
    register(
        "outcome",
        """
        proposal uuid not null, from_group text collate "C" not null, you_said text collate "C" not null,
        we_did text collate "C" not null, published_on date not null
        """,
        """from_group_known check (from_group in ('SUPPORTERS', 'PEOPLE_IN_CUSTODY', 'STAFF', 'PARTNER',
            'FAMILIES'))""",
        by="published_on",
    )
