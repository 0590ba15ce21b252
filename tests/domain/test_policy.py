"""How a request is decided: deny by default, one capacity, one purpose, one rule."""

import itertools

import pytest

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import GRANTS
from domain.confidentiality.grants.evaluation import EVALUATION_MEMBERS
from domain.confidentiality.policy import decide, grants_of
from domain.confidentiality.record import KINDS
from domain.confidentiality.roles import IN_CUSTODY, Purpose, Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within
from domain.evaluation.plan import Evaluation
from domain.kernel.errors import Absent, CapacityRequired, PurposeRequired, Refused
from domain.schemes.questions import MEMBERS
from domain.sessions.request import Request
from tests.domain.world import World

TABLE = {(g.role, v) for g in GRANTS for v in g.may}
NOT_IN_TABLE = sorted(set(itertools.product(Role, Verb)) - TABLE)


@pytest.mark.parametrize("role", Role)
def test_what_no_line_grants_is_refused(world: World, role: Role) -> None:
    """Each role is refused each verb that no line of the table gives it: with 403, or, in custody, as absent."""
    verbs = [v for r, v in NOT_IN_TABLE if r is role]
    assert verbs
    for verb in verbs:
        with pytest.raises(Absent if role in IN_CUSTODY else Refused):
            decide([world.viewer(role)], verb)


@pytest.mark.parametrize("role", Role)
def test_what_a_line_grants_is_decided_by_that_line(world: World, role: Role) -> None:
    """Each role gets each verb that a line gives it, by that line's rule and for its purpose, and no other's."""
    granted = [(g, v) for g in GRANTS if g.role is role for v in g.may]
    assert granted
    for grant, verb in granted:
        viewer = world.viewer(role)
        decision = decide([viewer], verb, purpose=grant.purpose)
        assert (decision.grant, decision.rule, decision.viewer, decision.verb) == (grant, grant.rule, viewer, verb)


def test_nobody_is_refused_everything() -> None:
    """Without capacities there is nothing to decide by: refused."""
    for verb in Verb:
        with pytest.raises(Refused):
            decide([], verb)


def test_one_purpose_is_implied(world: World) -> None:
    """Where a role has a verb for one purpose, it need not be said, and is recorded all the same."""
    assert decide([world.viewer(Role.WING_OFFICER)], Verb.READ_REQUEST).grant.purpose is Purpose.SUPPORT


def test_several_purposes_must_be_told_apart(world: World) -> None:
    """Where a role has a verb for several purposes, the answer lists this role's own purposes, and no others."""
    several = [k for k in TABLE if len(grants_of(*k)) > 1]
    assert (Role.GOVERNOR, Verb.READ_LEDGER) in several
    for role, verb in several:
        with pytest.raises(PurposeRequired) as required:
            decide([world.viewer(role)], verb)
        assert required.value.choices == tuple(sorted(g.purpose for g in grants_of(role, verb)))
        assert len(required.value.choices) < len(Purpose)


def test_a_purpose_that_the_role_lacks_is_refused(world: World) -> None:
    """Saying another purpose than one's own opens nothing: refused, or absent in custody."""
    for role, verb in TABLE:
        for purpose in set(Purpose) - {g.purpose for g in grants_of(role, verb)}:
            with pytest.raises(Absent if role in IN_CUSTODY else Refused):
                decide([world.viewer(role)], verb, purpose=purpose)


def test_two_capacities_are_never_a_union(world: World) -> None:
    """Of two assignments that fit, the caller says which acts; what it then may is that one's alone (rule 29)."""
    officer, coordinator = world.viewer(Role.WING_OFFICER), world.viewer(Role.COORDINATOR)
    both = [officer, coordinator]
    with pytest.raises(CapacityRequired) as required:
        decide(both, Verb.READ_REQUEST)
    assert required.value.choices == tuple(sorted([str(officer.assignment), str(coordinator.assignment)]))
    as_officer = decide(both, Verb.READ_REQUEST, acting_as=str(officer.assignment))
    as_coordinator = decide(both, Verb.READ_REQUEST, acting_as=str(coordinator.assignment))
    assert as_officer == decide([officer], Verb.READ_REQUEST)
    assert as_coordinator == decide([coordinator], Verb.READ_REQUEST)
    assert Classification.CONTENT in as_coordinator.grant.sees
    assert Classification.CONTENT not in as_officer.grant.sees
    with pytest.raises(Refused):
        decide(both, Verb.AMEND_SCHEME, acting_as=str(officer.assignment))


def test_two_assignments_of_one_role_are_two_capacities(world: World) -> None:
    """A coordinator of two schemes acts for one of them at a time."""
    one, two = world.viewer(Role.COORDINATOR), world.viewer(Role.COORDINATOR)
    with pytest.raises(CapacityRequired):
        decide([one, two], Verb.AMEND_SCHEME)
    assert decide([one, two], Verb.AMEND_SCHEME, acting_as=str(two.assignment)).viewer is two


def test_the_one_capacity_that_fits_needs_no_name(world: World) -> None:
    """Where only one assignment has the verb, or has it for the purpose that was said, it acts."""
    officer, coordinator = world.viewer(Role.WING_OFFICER), world.viewer(Role.COORDINATOR)
    assert decide([officer, coordinator], Verb.AMEND_SCHEME).viewer is coordinator
    assert decide([officer, coordinator], Verb.READ_SUPPORTER, purpose=Purpose.RECRUITMENT).viewer is coordinator


def test_own_capacity_serves_where_no_assignment_fits(world: World) -> None:
    """The capacity without an assignment gives way to an assigned one, and `own` names it."""
    own, officer = world.viewer(Role.STAFF_MEMBER), world.viewer(Role.WING_OFFICER)
    assert decide([own, officer], Verb.ASK).viewer is officer
    assert decide([own, officer], Verb.ASK, acting_as="own").viewer is own
    healthcare = world.viewer(Role.HEALTHCARE)
    assert decide([own, healthcare], Verb.ASK).viewer is own
    with pytest.raises(Refused):
        decide([own, officer], Verb.READ_REQUEST, acting_as="own")


def test_an_assignment_of_another_is_no_capacity(world: World) -> None:
    """Acting-As chooses among one's own: any other name is refused, or absent in custody."""
    other = str(world.viewer(Role.GOVERNOR).assignment)
    with pytest.raises(Refused):
        decide([world.viewer(Role.WING_OFFICER)], Verb.READ_SCHEME, acting_as=other)
    with pytest.raises(Absent):
        decide([world.viewer(Role.PERSON_IN_CUSTODY)], Verb.READ_SCHEME, acting_as=other)


def test_custody_learns_nothing_from_a_choice(world: World) -> None:
    """Somebody in custody is never told of purposes or capacities: whatever is wrong, it is absent."""
    prisoner, one, two = (world.viewer(r) for r in (Role.PERSON_IN_CUSTODY, Role.SUPPORTER, Role.SUPPORTER))
    for capacities, verb, acting_as in (
        ([prisoner, one, two], Verb.HAND_IN_TALLY, None),
        ([prisoner, one], Verb.READ_REQUEST, None),
        ([prisoner, one], Verb.ASK, str(one.assignment)),
    ):
        with pytest.raises(Absent) as absent:
            decide(capacities, verb, acting_as=acting_as)
        assert absent.value.failures == ()


def test_rule_ids_are_one_to_a_line() -> None:
    """The ledger keeps a rule's id for years: each names one line, in a form that says which."""
    rules = [g.rule for g in GRANTS]
    assert len(rules) == len(set(rules))
    assert "wing-officer.support.own-wing-on-duty" in rules


# What the table must never say, whoever edits it. The tests above hold for any table; these hold for this one.


def _verbs(role: Role) -> set[Verb]:
    return {v for r, v in TABLE if r is role}


EVERYBODY = {Verb.READ_ME, Verb.READ_POLICY, Verb.READ_KIND, Verb.READ_EXCEPTIONS, Verb.SIGN_OUT}
ON_THE_WALL = {
    Verb.READ_SERVICE_TIME,
    Verb.READ_AVAILABILITY,
    Verb.READ_MEETING_PLACE,
    Verb.READ_OUTCOME,
    Verb.READ_VACANCY,
}
"""When and where a scheme is to be had, and what came of proposals: what hangs on every wing."""


def test_the_peer_coordinator_sees_schemes_and_no_queue() -> None:
    """A prisoner with a rota gets no request, supporter's file, search or message (rule 10)."""
    rota = {Verb.READ_SCHEME, Verb.READ_CHARTER, Verb.READ_ROSTER, Verb.READ_ROSTER_ENTRY}
    assert _verbs(Role.PEER_COORDINATOR) == EVERYBODY | rota | ON_THE_WALL


def test_custody_never_reads_requests_or_feedback() -> None:
    """A view of one's own requests or feedback turns a forced log-in into proof: there is none (rule 7)."""
    never = {Verb.READ_REQUEST, Verb.READ_BOARD, Verb.READ_FEEDBACK, Verb.READ_LEDGER, Verb.OFFER_REQUEST}
    for role in IN_CUSTODY:
        assert _verbs(role) & never == set()


OF_HIS_OWN = {
    *(Verb.ISSUE_PASSPORT, Verb.WITHDRAW_PASSPORT, Verb.READ_PASSPORT),
    Verb.READ_PASSPORT_DOCUMENT,
    *(Verb.SIGN_REFERENCE, Verb.DECLINE_REFERENCE, Verb.READ_REFERENCE),
    *(Verb.RECORD_SELF_RATING, Verb.READ_SELF_RATING, Verb.READ_PAY_ENTRY, Verb.READ_OWN_RECORD),
}
"""What somebody does with what is his."""
OF_HIS_CONTACTS = {
    *(Verb.READ_PROGRESS, Verb.READ_ENROLMENT_GOAL, Verb.READ_AWARD, Verb.SHARE_ENROLMENT, Verb.READ_MEASUREMENT),
    *(Verb.READ_FOLLOW_UP, Verb.SETTLE_FOLLOW_UP, Verb.READ_TASKS),
    *(Verb.KEEP_SUPPORT_RECORD, Verb.SUBMIT_SUPPORT_RECORD, Verb.CORRECT_SUPPORT_RECORD, Verb.READ_SUPPORT_RECORD),
    *(Verb.READ_GROUP_PLACE, Verb.READ_MANDATE, Verb.READ_APPOINTMENT, Verb.NOTE_APPOINTMENT),
}
"""What a supporter writes of what he did himself, and what whoever he helps reads of himself: nobody in custody
approves, enrols, or awards."""


def test_nobody_in_custody_decides_over_another() -> None:
    """No prisoner certifies, activates, stands down, refuses, unlocks, assigns or enrols anybody."""
    allowed = (
        EVERYBODY
        | ON_THE_WALL
        | {
            Verb.READ_SCHEME,
            Verb.READ_CHARTER,
            Verb.ASK,
            Verb.GIVE_FEEDBACK,
            Verb.COMPLAIN,
            Verb.READ_FEEDBACK_COUNTS,
            Verb.APPLY,
            Verb.READ_SUPPORTER,
            Verb.AMEND_SUPPORTER,
            Verb.PAUSE_SUPPORTER,
            *OF_HIS_OWN,
            Verb.RESUME_SUPPORTER,
            Verb.READ_SUSPENSION,
            Verb.APPEAL_SUSPENSION,
            Verb.READ_ABSENCE,
            Verb.KEEP_ABSENCE,
            Verb.READ_ROSTER,
            *(Verb.READ_ATTENDANCE, Verb.READ_CERTIFICATE, Verb.READ_SIGN_OFF, Verb.READ_PRACTICE),
            Verb.HAND_IN_TALLY,
            Verb.HAND_IN_DISPUTE,
            Verb.RECORD_INDUCTION,
            Verb.READ_INDUCTION,
            Verb.READ_ENROLMENT,
            Verb.READ_SESSION,
            Verb.READ_REFERRAL,
            Verb.RECORD_SESSION,
            *OF_HIS_CONTACTS,
            Verb.READ_APPLICATION,
            Verb.WITHDRAW_SUPPORTER,
            Verb.APPEAL_SUPPORTER,
            Verb.READ_ROSTER_ENTRY,
            Verb.READ_NEWS,
            Verb.READ_SUPERVISION,
            Verb.READ_STRAIN,
            Verb.READ_SUPERVISION_TALK,
            Verb.ANSWER_SUPERVISION_TALK,
            Verb.ASK_DEBRIEF,
            Verb.RATE_DEBRIEF,
            Verb.READ_DEBRIEF,
            Verb.MAKE_WELLBEING_CHECK,
            Verb.READ_WELLBEING_CHECK,
            Verb.ANSWER_POSTVENTION_TASK,
            Verb.READ_POSTVENTION_TASK,
            Verb.REPORT_INCIDENT,
            Verb.TELL_TASK_REQUEST,
            Verb.ASK_ROTA_WISH,
            Verb.ANSWER_ROTA_WISH,
            Verb.WITHDRAW_ROTA_WISH,
            Verb.READ_ROTA_WISH,
        }
    )
    own = {Within.OWN_PERSON, Within.OWN_PERSON_TOLD, Within.OWN_SUPPORT, Within.ANYONE}
    for grant in GRANTS:
        if grant.role in IN_CUSTODY:
            assert grant.may <= allowed
            roster = grant.may == {Verb.READ_ROSTER} and grant.role is Role.PEER_COORDINATOR
            public = grant.may <= {Verb.READ_SCHEME, Verb.READ_CHARTER, Verb.READ_NEWS} | ON_THE_WALL
            of_scheme = grant.may in ({Verb.READ_ROSTER_ENTRY}, {Verb.TELL_TASK_REQUEST})  # names on the noticeboard
            of_scheme = of_scheme or grant.may == {Verb.READ_FEEDBACK_COUNTS}  # counts of many, of a quarter
            assert grant.within in own or of_scheme or roster or (public and grant.sees == {Classification.OPEN})


def test_the_access_administrator_reads_no_content() -> None:
    """Who grants roles reads nothing but assignments, and who is told by webhook (rule 14); whom he locks out he does
    not read."""
    grants = [g for g in GRANTS if g.role is Role.ACCESS_ADMINISTRATOR]
    assert _verbs(Role.ACCESS_ADMINISTRATOR) == EVERYBODY | {
        Verb.PROPOSE_ASSIGNMENT,
        Verb.CONFIRM_ASSIGNMENT,
        Verb.END_ASSIGNMENT,
        Verb.READ_ASSIGNMENT,
        Verb.READ_SUBSCRIPTION,
        Verb.LOCK_OUT,
        Verb.LOCK_OUT_BY_NUMBER,
    }
    assert {c for g in grants for c in g.sees} == {Classification.OPEN, Classification.OPERATIONAL}
    assert {g.role for g in GRANTS if Verb.PROPOSE_ASSIGNMENT in g.may} == {Role.ACCESS_ADMINISTRATOR}


def test_live_closed_requests_are_read_on_duty_only() -> None:
    """A request to a Listener is reached by the officer on the wing and by whoever runs tonight, and by no other line
    that reads; the rest that reach closed schemes only put something in (rule 2)."""
    putting_in = {Verb.ASK, Verb.GIVE_FEEDBACK, Verb.HAND_IN_TALLY, Verb.HAND_IN_DISPUTE, Verb.REPORT_INCIDENT}
    putting_in.add(Verb.COMPLAIN)
    requests = {verb for verb, facts in ABOUT.items() if facts.kind == "request"}
    readers = {g.role: g.within for g in GRANTS if g.closed and g.may & requests and not g.may <= putting_in}
    assert readers == {
        Role.WING_OFFICER: Within.OWN_WING_ON_DUTY,
        Role.ORDERLY_OFFICER: Within.OWN_PRISON_TONIGHT,
    }


def test_what_else_of_closed_schemes_is_read_is_a_worry_for_a_day_and_what_the_partner_notes() -> None:
    """A concern by whoever runs the prison tonight and by safer custody, while it lives; what left a scheme by the
    partner alone (rule 31, X7)."""
    worries, left = {Verb.READ_CONCERN, Verb.SETTLE_CONCERN}, {Verb.READ_ESCALATION, Verb.NOTE_ESCALATION}
    assert {g.role: g.within for g in GRANTS if g.may & worries} == {
        Role.ORDERLY_OFFICER: Within.OWN_PRISON_TONIGHT,
        Role.SAFER_CUSTODY: Within.OWN_PRISON_TONIGHT,
    }
    assert {g.role for g in GRANTS if g.may & left and g.closed} == {Role.PARTNER_VOLUNTEER}


def test_sealed_things_are_in_no_grant() -> None:
    """Nobody reads a letterbox through the service."""
    assert [g.rule for g in GRANTS if Classification.SEALED in g.sees] == []


def test_wing_staff_see_neither_content_nor_wellbeing() -> None:
    """What was said is not for those who lock the door, nor how a supporter fares. A member of staff who is supervised
    himself reads his own; a governor, who is not of the wing, decides suspensions, reads what was reported of
    pressure, complaints, breaches and counts of them, and of talks those that he himself holds as a supervisor."""
    wing = {Role.WING_OFFICER, Role.ORDERLY_OFFICER, Role.STAFF_MEMBER, Role.GOVERNOR, Role.SECURITY}
    secret = {Classification.CONTENT, Classification.WELLBEING, Classification.HEALTH, Classification.CASEWORK}
    assert {g.rule for g in GRANTS if g.role in wing and g.sees & secret} == {
        "governor.investigation.own-prison-below.breaches",
        "governor.investigation.own-prison.breaches",
        "governor.investigation.own-prison.merges",
        "governor.oversight.own-prison-below.complaints",
        "governor.oversight.own-prison.figures",
        "governor.oversight.own-prison.signals",
        "governor.oversight.own-prison.suspension",
        "governor.oversight.own-prison-below.care",
        "governor.oversight.own-prison-below.conduct",
        "governor.oversight.own-supervised.care",
        "staff-member.support.own-supervisee.care",
    }


def test_how_many_were_asked_or_came_to_harm_is_exact_for_those_who_write_it_down() -> None:
    """Few as they are, they are somebody: whoever oversees an evaluation has them from its report, through disclosure
    control; coordinator and evaluator plan it, and know."""
    counted = {Evaluation.shape.fields[name].mark.classification for name in ("approached", "refused", "harms")}
    assert len(counted) == 1
    reads = {g.rule for role in Role for g in grants_of(role, Verb.READ_EVALUATION) if g.sees & counted}
    assert reads == {
        "coordinator.evaluation.own-scheme.evaluations",
        "evaluator.evaluation.own-scheme.evaluations",
    }


DAYS = frozenset({"first_on", "last_on"})
COURSE = {"skill", "hours", "in_force"}


def test_members_that_may_be_written_are_named() -> None:
    """An amendment writes only what its line names, and only lines that amend name any (F71)."""
    writes = {g.rule: set(g.writes) for g in GRANTS if g.writes}
    kept = (".registers", ".standing", ".training", ".contacts")
    assert {rule: names for rule, names in writes.items() if not rule.endswith(kept)} == {
        "coordinator.operations.own-scheme": {
            "name",
            "purpose",
            "target_group",
            "how_to_ask",
            "places",
            "supporters_wanted",
            "review_on",
            "supporters_needed",
            "pilot_limit",
            "pilot_days",
            "partner_told_on",
            "lessons",
            "learners_go",
        },
        "governor.oversight.own-prison.life": {"supporters_needed", "pilot_limit", "pilot_days"},
        "coordinator.operations.own-scheme.charter": set(MEMBERS),
        "coordinator.evaluation.own-scheme.objectives": {
            "title",
            "for_whom",
            "need",
            "baseline",
            "baseline_source",
            "baseline_by",
            "target",
            "achievable",
            "starts_on",
            "due_on",
            "running_weeks",
        },
        "coordinator.evaluation.own-scheme.evaluations": set(EVALUATION_MEMBERS),
        "evaluator.evaluation.own-scheme.evaluations": set(EVALUATION_MEMBERS),
        "coordinator.support.own-scheme.cover": {"supporters"},
        "coordinator.recruitment.own-scheme": {"name", "wing", "languages"},
        "coordinator.recruitment.own-scheme.recruiting": {
            "places",
            "closes_on",
            "waiting_list",
            "adverts",
            "questions",
            "own_questions",
        },
        "supporter.operations.own-person": {"languages", "agreed_to_be_listed"},
    }
    assert {frozenset(n) for rule, n in writes.items() if rule.endswith(".standing")} == {DAYS}
    assert {frozenset(n) for rule, n in writes.items() if rule.endswith(".training")} == {frozenset(COURSE)}
    said = {*("held_on", "minutes", "issue", "advice", "tasks_done", "documents", "referred_to", "referral", "kept")}
    said |= {"appointment", "relapse_support", "outcome", "note"}
    runs = said | {"wing", "sessions_a_week", "needs", "stage_of_sentence", "words"}
    runs |= {"topic", "not_held", "capacity", "expected", "attended", "absent_for"}
    assert {rule: names for rule, names in writes.items() if rule.endswith(".contacts")} == {
        "coordinator.support.own-scheme.contacts": runs,
        "partner-volunteer.support.own-organisation.contacts": runs,
        "supporter.support.own-support.contacts": said,
    }
    # A spot check is added and never changed: whoever keeps only these writes no member. Nor does a system elsewhere.
    amending = {v for v in Verb if v.startswith(("AMEND_", "KEEP_"))} - {Verb.KEEP_SPOT_CHECK}
    assert {g.rule for g in GRANTS if g.may & amending and g.role is not Role.PROVIDER} == set(writes)


def test_of_a_register_neither_place_nor_state_is_amended() -> None:
    """What a line over the registers writes are fields of theirs, and none by which a record is reached, moved or told
    whose it was."""
    never = {"id", "version", "scheme", "jurisdiction", "prison", "organisation", "state", "activation", "author"}
    lines = [g for g in GRANTS if g.writes and g.rule.endswith(".registers")]
    assert lines
    for line in lines:
        kinds = [KINDS[str(ABOUT[v].kind)] for v in line.may if v.startswith("KEEP_")]
        assert line.writes <= {name for kind in kinds for name in kind.shape.fields} - never


def test_only_the_service_ticks_and_it_does_nothing_else() -> None:
    """Timers are acts of the service, which no principal can be assigned to; and so is a window of envelopes that an
    operator hands out, of which he reads nothing, and what somebody says whom nobody knows."""
    assert {g.role for g in GRANTS if Verb.TICK in g.may} == {Role.SERVICE}
    assert _verbs(Role.SERVICE) == {Verb.TICK, Verb.HAND_OUT_WINDOW, Verb.HAND_IN_BY_CODE}


def test_a_client_reads_open_facts_of_schemes() -> None:
    """An integrated system reads schemes, kinds and the policy, open fields only, and is told of what it reads by
    subscriptions of its own."""
    keeps = {Verb.CREATE_SUBSCRIPTION, Verb.PING_SUBSCRIPTION, Verb.ROTATE_SUBSCRIPTION, Verb.END_SUBSCRIPTION}
    assert _verbs(Role.INTEGRATOR) == EVERYBODY | {Verb.READ_SCHEME, Verb.READ_SUBSCRIPTION} | keeps
    assert [g.role for g in GRANTS if g.may & keeps] == [Role.INTEGRATOR]
    assert {c for g in GRANTS if g.role is Role.INTEGRATOR for c in g.sees} == {Classification.OPEN}


def test_the_system_of_an_organisation_says_what_was_done_and_reads_nothing() -> None:
    """Of its own organisation's schemes in one prison: who was taught, and which groups were held. And it changes
    nothing that was said."""
    said = [g for g in GRANTS if g.role is Role.PROVIDER and g.within is not Within.ANYONE]
    assert [(g.within, g.closed, g.writes) for g in said] == [(Within.OWN_ORGANISATION, False, frozenset())]
    assert _verbs(Role.PROVIDER) == EVERYBODY | {Verb.NOTE_ATTENDANCE, Verb.KEEP_GROUP_SESSION}


def test_who_keeps_the_queues_sees_no_record() -> None:
    """And nobody else keeps them."""
    keeps = {Verb.READ_QUEUE, Verb.RETRY_QUEUE, Verb.PURGE_QUEUE}
    assert _verbs(Role.OPERATOR) == EVERYBODY | keeps
    assert {g.role for g in GRANTS if g.may & keeps} == {Role.OPERATOR}
    assert {ABOUT[verb].kind for verb in keeps} == {None}


def test_only_the_machine_answers_people_about_themselves() -> None:
    """Nobody looks over its shoulder: of somebody in custody it is told to the machine of the estate alone, of staff to
    information governance, which sees neither who took part in anything nor how anybody fares (rule 21)."""
    assert _verbs(Role.SUBJECT_ACCESS) == EVERYBODY | {Verb.READ_SUBJECT_ACCESS}
    assert {g.role for g in GRANTS if Verb.READ_SUBJECT_ACCESS in g.may} == {Role.SUBJECT_ACCESS}
    (staff,) = (g for g in GRANTS if Verb.READ_STAFF_SUBJECT_ACCESS in g.may)
    assert (staff.role, staff.within) == (Role.INFORMATION_GOVERNANCE, Within.OWN_PRISON)
    assert staff.sees == {Classification.OPEN, Classification.OPERATIONAL, Classification.CASEWORK}
    assert not staff.closed


def test_decisions_name_the_classes_of_their_one_line(world: World) -> None:
    """What is shown is the deciding line's classes, whatever other lines the role has."""
    ask = decide([world.viewer(Role.WING_OFFICER)], Verb.ASK)
    assert Classification.PARTICIPATION not in ask.sees(Request)
    assert Classification.PARTICIPATION in decide([world.viewer(Role.WING_OFFICER)], Verb.READ_REQUEST).sees(Request)
