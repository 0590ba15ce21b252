"""What may be told outside, one line each, chosen one by one. What no line names leaves by no event (rule 3).

An event goes to a topic that is read across the estate, and is kept there beyond our retention. So a line stands here
only where the bare fact, with its minute, is nobody's secret; and the reason is part of the line. Nothing of closed
policies' use is here, nor can be: such acts are closed in the ledger, and `events_of` looks at that first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.confidentiality.verbs import Verb


class EventType(StrEnum):
    """The types of our own events: `peer-support.<entity>.<past-tense>`."""

    SCHEME_CREATED = "peer-support.scheme.created"
    SCHEME_OPENED = "peer-support.scheme.opened"
    SCHEME_LAUNCHED = "peer-support.scheme.launched"
    SCHEME_SUSPENDED = "peer-support.scheme.suspended"
    SCHEME_RESUMED = "peer-support.scheme.resumed"
    SCHEME_CLOSED = "peer-support.scheme.closed"
    SCHEME_CHANGED = "peer-support.scheme.changed"
    CHARTER_PUBLISHED = "peer-support.charter.published"
    VACANCY_PUBLISHED = "peer-support.vacancy.published"
    VACANCY_CLOSED = "peer-support.vacancy.closed"
    OUTCOME_PUBLISHED = "peer-support.outcome.published"
    SCHEME_KIND_PUBLISHED = "peer-support.scheme-kind.published"
    SUPPORTER_CHANGED = "peer-support.supporter.changed"
    ENROLMENT_CHANGED = "peer-support.enrolment.changed"


PINGED: Final = "peer-support.subscription.pinged"
"""What the owner of a subscription has sent to himself, to try it. It is in no topic."""


@dataclass(frozen=True, slots=True)
class Told:
    """One line: acts of these verbs on a record of this kind raise this event. `path` is where the record is read.
    `marked`: only where this field is among those that changed, for an act that changes several records of a kind.
    `placed`: the event says in which prison; never of a record that is about somebody in custody."""

    type: EventType
    kind: str
    path: str
    verbs: frozenset[Verb]
    said: str
    because: str
    marked: str | None = None
    placed: bool = True


_T, _V = EventType, Verb
_LIFE: Final = "A scheme's life is public in its prison: it hangs on the wall, and names nobody."


def _of_scheme(type: EventType, said: str, *verbs: Verb) -> Told:
    return Told(type, "scheme", "/v1/schemes", frozenset(verbs), said, _LIFE)


TOLD: Final[tuple[Told, ...]] = (
    _of_scheme(_T.SCHEME_CREATED, "A scheme was begun, in draft.", _V.CREATE_SCHEME),
    _of_scheme(_T.SCHEME_OPENED, "A scheme opened, as a pilot.", _V.OPEN_SCHEME),
    _of_scheme(_T.SCHEME_LAUNCHED, "A scheme went live.", _V.LAUNCH_SCHEME),
    _of_scheme(_T.SCHEME_SUSPENDED, "A scheme stopped for now.", _V.SUSPEND_SCHEME),
    _of_scheme(_T.SCHEME_RESUMED, "A scheme that had stopped goes on.", _V.RESUME_SCHEME),
    _of_scheme(_T.SCHEME_CLOSED, "A scheme ended.", _V.CLOSE_SCHEME),
    _of_scheme(
        _T.SCHEME_CHANGED,
        "What a scheme says of itself was changed, approved or reviewed.",
        *(_V.AMEND_SCHEME, _V.APPROVE_SCHEME, _V.REVIEW_SCHEME),
    ),
    Told(
        _T.CHARTER_PUBLISHED,
        "charter",
        "/v1/charters",
        frozenset({_V.PUBLISH_CHARTER}),
        "A version of a scheme's plan came into force.",
        "A published charter is read by everybody in the prison.",
        marked="in_force_from",
    ),
    Told(
        _T.VACANCY_PUBLISHED,
        "vacancy",
        "/v1/vacancies",
        frozenset({_V.PUBLISH_VACANCY}),
        "Places for supporters were advertised.",
        "An advert is meant for everybody.",
    ),
    Told(
        _T.VACANCY_CLOSED,
        "vacancy",
        "/v1/vacancies",
        frozenset({_V.CLOSE_VACANCY, _V.WITHDRAW_VACANCY}),
        "An advert was closed or taken down.",
        "It tells no more than the wall on which the advert no longer hangs.",
    ),
    Told(
        _T.OUTCOME_PUBLISHED,
        "outcome",
        "/v1/outcomes",
        frozenset({_V.PUBLISH_PROPOSAL}),
        "'You said, we did' was published.",
        "It is in words that were chosen for everybody.",
    ),
    Told(
        _T.SCHEME_KIND_PUBLISHED,
        "scheme-kind",
        "/v1/kind-versions",
        frozenset({_V.PUBLISH_SCHEME_KIND}),
        "A version of a kind of scheme came into force.",
        "Kinds are rules, and about nobody.",
        marked="published_on",
    ),
    Told(
        _T.SUPPORTER_CHANGED,
        "supporter",
        "/v1/supporters",
        frozenset({_V.CERTIFY_SUPPORTER, _V.ACTIVATE_SUPPORTER, _V.STAND_DOWN_SUPPORTER}),
        "Somebody was taken on as a supporter, or left the role; which of these is not said.",
        "Who is a supporter is no secret: photographs of them hang on the wing. A suspension, a rest, a lapse and an"
        " application raise no event; and none tells prison, scheme or person.",
        placed=False,
    ),
    Told(
        _T.ENROLMENT_CHANGED,
        "enrolment",
        "/v1/enrolments",
        frozenset({_V.ENROL, _V.END_ENROLMENT}),
        "Somebody began to learn in a scheme with an open policy, or ended; which of these is not said.",
        "Open-policy enrolments are known to staff and stand in timetables. Of closed policies there is none, and no"
        " event tells prison, scheme or person.",
        placed=False,
    ),
)
"""Everything that is told."""

BY_TYPE: Final[Mapping[str, Told]] = {told.type: told for told in TOLD}
