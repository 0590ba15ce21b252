"""Where supporters stand, and how they learn."""

from alembic import op

from migrations.fences import unfenced
from migrations.of_scheme import register

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_BEFORE = """'APPLIED', 'REJECTED', 'ACCEPTED', 'IN_TRAINING', 'PROBATION', 'ACTIVE', 'PAUSED', 'STOOD_DOWN',
    'DEFERRED', 'WAITING'"""
_STANDINGS = """'APPLIED', 'REJECTED', 'ACCEPTED', 'IN_TRAINING', 'PROBATION', 'ACTIVE', 'PAUSED', 'SUSPENDED',
    'LAPSED', 'STOOD_DOWN', 'DEFERRED', 'WAITING', 'TRAINING_FAILED', 'REMOVED', 'TRANSFERRED_OUT', 'RELEASED',
    'DECEASED'"""
_REASONS = """'OWN_WISH', 'TRANSFERRED', 'RELEASED', 'HEALTH', 'ROLE_ENDED', 'SCHEME_CLOSED', 'PRISON_DECISION',
    'PARTNER_DECISION'"""


def upgrade() -> None:
    _supporter(_STANDINGS, f"{_REASONS}, 'DIED'")
    # Whoever was turned down before is read of no more either. On which day he was is kept nowhere.
    with unfenced("supporter"):
        op.execute(
            "update supporter set version = version + 1, left_on = current_date"
            " where standing = 'REJECTED' and left_on is null"
        )
    op.execute(
        """
        alter table supporter
            add column own_word_on date,
            add column supervisor_word_on date,
            add column away text[] collate "C" not null default '{}',
            add column agreed_to_be_listed boolean not null default false,
            add column shadowed_contacts integer not null default 0,
            add column trained_by uuid[] not null default '{}',
            add column signed_off text[] collate "C" not null default '{}',
            add column failed_module text collate "C",
            add constraint supporter_signed_off_known check (signed_off <@ array['COMMUNICATION', 'PROBLEM_SOLVING',
                'SPECIFIC_NEED']::text[])
        """
    )
    for column in ("away", "agreed_to_be_listed", "shadowed_contacts", "trained_by", "signed_off"):
        op.execute(f"alter table supporter alter column {column} drop default")
    op.execute("create index supporter_by_expiry on supporter (standing, certificate_expires_on, id)")
    _suspension()
    _absence()
    _training()


def downgrade() -> None:
    op.execute("drop index supporter_by_expiry")
    op.execute("drop table suspension, absence, course, cohort, attendance, certificate, practice, sign_off")
    op.execute(
        """
        alter table supporter
            drop column own_word_on, drop column supervisor_word_on, drop column away, drop column agreed_to_be_listed,
            drop column shadowed_contacts, drop column trained_by, drop column signed_off, drop column failed_module
        """
    )
    with unfenced("supporter"):
        op.execute(
            """
            update supporter set standing = case standing when 'SUSPENDED' then 'PAUSED' when 'LAPSED' then 'PAUSED'
                else 'STOOD_DOWN' end
                where standing in ('SUSPENDED', 'LAPSED', 'TRAINING_FAILED', 'REMOVED', 'TRANSFERRED_OUT', 'RELEASED',
                    'DECEASED')
            """
        )
        op.execute("update supporter set left_for = null where left_for = 'DIED'")
    _supporter(_BEFORE, _REASONS)


def _supporter(standings: str, reasons: str) -> None:
    for column, words in (("standing", standings), ("left_for", reasons)):
        op.execute(f"alter table supporter drop constraint supporter_{column}_known")
        op.execute(f"alter table supporter add constraint supporter_{column}_known check ({column} in ({words}))")


def _suspension() -> None:
    words = "'LIFT', 'REMOVE'"
    register(
        "suspension",
        """
        supporter uuid not null, person uuid not null, state text collate "C" not null,
        category text collate "C" not null, disclosed_reason text collate "C" not null,
        withheld_reason text collate "C", evidence text collate "C", pay_kept boolean not null,
        stood text collate "C" not null, suspended_on date not null, review_due_on date not null,
        suspended_by uuid not null, reviewed_on date, finding text collate "C", reviewed_by uuid,
        prison_word text collate "C", prison_decided_by uuid, partner_word text collate "C", partner_decided_by uuid,
        decided_by uuid[] not null,
        decided_on date, decision_reason text collate "C", appealed_on date, appeal_ground text collate "C",
        appeal_decided_on date, appeal_decided_by uuid, possible_retaliation boolean not null
        """,
        """state_known check (state in ('OPEN', 'REVIEWED', 'LIFTED', 'REMOVED', 'APPEALED', 'UPHELD', 'OVERTURNED',
            'LEFT'))""",
        "category_known check (category in ('RISK', 'ALLEGATION', 'SECURITY', 'WELFARE'))",
        """disclosed_reason_known check (disclosed_reason in ('WHILE_SOMETHING_IS_LOOKED_INTO',
            'THE_AGREEMENT_WAS_BROKEN', 'FOR_YOUR_OWN_SAFETY', 'FOR_YOUR_OWN_HEALTH',
            'GENERAL_REVIEW'))""",
        """withheld_reason_known check (withheld_reason in ('INTELLIGENCE', 'SAFETY_OF_SOMEBODY_ELSE',
            'INVESTIGATION'))""",
        f"stood_known check (stood in ({_STANDINGS}))",
        "finding_known check (finding in ('NOTHING_FOUND', 'CONCERN_REMAINS', 'CONCERN_CONFIRMED'))",
        f"prison_word_known check (prison_word in ({words}))",
        f"partner_word_known check (partner_word in ({words}))",
        """decision_reason_known check (decision_reason in ('NOTHING_WAS_FOUND', 'AGREED_A_WAY_BACK',
            'THE_AGREEMENT_WAS_BROKEN', 'NOT_SAFE_IN_THE_ROLE', 'SECURITY_DECISION'))""",
        """appeal_ground_known check (appeal_ground in ('IT_IS_NOT_TRUE', 'I_WAS_NOT_HEARD', 'TOO_HARSH',
            'BECAUSE_I_SPOKE_UP'))""",
        "reviewed_by_another check (reviewed_by <> suspended_by)",
        "decided_by_another check (prison_decided_by not in (suspended_by, reviewed_by))",
        "partner_is_another check (partner_decided_by not in (suspended_by, reviewed_by))",
        by="review_due_on",
    )
    op.execute("create index suspension_by_supporter on suspension (supporter, state)")


def _absence() -> None:
    register(
        "absence",
        """
        supporter uuid not null, person uuid not null, why text collate "C" not null,
        told_to_him boolean not null, first_on date not null, last_on date
        """,
        "why_known check (why in ('AT_COURT', 'HOSPITAL', 'SEGREGATED', 'ON_ROTL', 'OWN_WISH'))",
        "ends_after_it_begins check (first_on <= last_on)",
        by="first_on",
    )
    op.execute("create index absence_by_supporter on absence (supporter)")


_OF_SUPPORTER = "supporter uuid not null, person uuid not null"


def _training() -> None:
    register(
        "course",
        """
        module text collate "C" not null, skill text collate "C" not null, hours integer not null,
        mandatory boolean not null, in_force boolean not null
        """,
        "skill_known check (skill in ('COMMUNICATION', 'PROBLEM_SOLVING', 'SPECIFIC_NEED', 'SCHEME'))",
        "takes_time check (hours >= 1)",
    )
    register(
        "cohort",
        """
        starts_on date not null, ends_on date not null, places integer not null, trainer uuid not null,
        members uuid[] not null
        """,
        "ends_after_it_starts check (starts_on <= ends_on)",
        by="starts_on",
    )
    register(
        "attendance",
        f"""
        {_OF_SUPPORTER}, cohort uuid not null, module text collate "C" not null, held_on date not null,
        attended text collate "C" not null, hours integer not null
        """,
        "attended_known check (attended in ('ATTENDED', 'PARTLY', 'EXCUSED', 'ABSENT'))",
        by="held_on",
    )
    register(
        "certificate",
        f"""
        {_OF_SUPPORTER}, number text collate "C" not null, level text collate "C",
        awarding_body text collate "C" not null, awarded_on date not null, expires_on date not null,
        refresher_due_on date not null, in_force boolean not null
        """,
        by="expires_on",
    )
    op.execute("create index certificate_by_number on certificate (organisation, number)")
    register(
        "practice",
        f"""
        {_OF_SUPPORTER}, how text collate "C" not null, contacts integer not null, noted_for date not null,
        observer uuid not null
        """,
        "how_known check (how in ('OBSERVED', 'SHADOWED'))",
    )
    register(
        "sign_off",
        f'{_OF_SUPPORTER}, competence text collate "C" not null, signed_on date not null, signed_by uuid not null',
        "competence_known check (competence in ('COMMUNICATION', 'PROBLEM_SOLVING', 'SPECIFIC_NEED'))",
    )
    for table in ("attendance", "certificate", "practice", "sign_off"):
        op.execute(f"create index {table}_by_supporter on {table} (supporter)")
