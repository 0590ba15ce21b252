"""The questions of an application: from a catalogue by kind, so that every applicant is asked the same, and none is
asked about his offence."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final

from domain.schemes.sheet import Kind
from domain.schemes.vocabulary import SupportType


class Question(StrEnum):
    """One question of the catalogue."""

    WHY_THIS_ROLE = "WHY_THIS_ROLE"
    HELPING_SOMEBODY = "HELPING_SOMEBODY"
    KEEPING_A_BOUNDARY = "KEEPING_A_BOUNDARY"
    LOOKING_AFTER_YOURSELF = "LOOKING_AFTER_YOURSELF"
    WORKING_WITH_STAFF = "WORKING_WITH_STAFF"
    HEARING_DISTRESS = "HEARING_DISTRESS"
    KEEPING_CONFIDENCE = "KEEPING_CONFIDENCE"
    EXPLAINING_PLAINLY = "EXPLAINING_PLAINLY"
    PATIENCE_WITH_A_LEARNER = "PATIENCE_WITH_A_LEARNER"
    SPEAKING_FOR_OTHERS = "SPEAKING_FOR_OTHERS"
    CALMING_A_QUARREL = "CALMING_A_QUARREL"
    BEING_RELIED_ON = "BEING_RELIED_ON"


WORDS: Final[Mapping[Question, str]] = {
    Question.WHY_THIS_ROLE: "Why would you like to do this?",
    Question.HELPING_SOMEBODY: "Tell us about a time when you helped somebody. No names.",
    Question.KEEPING_A_BOUNDARY: "Somebody asks you to carry something for him. What do you do?",
    Question.LOOKING_AFTER_YOURSELF: "What do you do when a day has been too much?",
    Question.WORKING_WITH_STAFF: "When would you go to an officer, and when not?",
    Question.HEARING_DISTRESS: "Somebody says that he cannot go on. How do you listen?",
    Question.KEEPING_CONFIDENCE: "A friend asks what you were told last night. What do you say?",
    Question.EXPLAINING_PLAINLY: "Explain to somebody on his first day how to use the phone.",
    Question.PATIENCE_WITH_A_LEARNER: "A learner forgets what he knew yesterday. What do you do?",
    Question.SPEAKING_FOR_OTHERS: "How would you put forward a view that you do not share?",
    Question.CALMING_A_QUARREL: "Two men begin to shout. What do you do, and what not?",
    Question.BEING_RELIED_ON: "How will people know that they can rely on you?",
}
"""How each is asked. A default; the partner confirms the words."""
_EVERYWHERE: Final = (
    Question.WHY_THIS_ROLE,
    Question.HELPING_SOMEBODY,
    Question.KEEPING_A_BOUNDARY,
    Question.LOOKING_AFTER_YOURSELF,
    Question.WORKING_WITH_STAFF,
    Question.BEING_RELIED_ON,
)
_OF: Final[Mapping[SupportType, tuple[Question, ...]]] = {
    SupportType.EMOTIONAL: (Question.HEARING_DISTRESS,),
    SupportType.END_OF_LIFE: (Question.HEARING_DISTRESS,),
    SupportType.INDUCTION: (Question.EXPLAINING_PLAINLY,),
    SupportType.INFORMATION_ADVICE: (Question.EXPLAINING_PLAINLY,),
    SupportType.EDUCATION: (Question.PATIENCE_WITH_A_LEARNER,),
    SupportType.ADVOCACY_REPRESENTATION: (Question.SPEAKING_FOR_OTHERS,),
    SupportType.SAFETY_VIOLENCE_REDUCTION: (Question.CALMING_A_QUARREL,),
}
OWN: Final = "OWN_"
"""What the code of a question that a coordinator typed begins with; its number follows, from 1."""


def catalogue(kind: Kind) -> tuple[Question, ...]:
    """The questions that a vacancy of this kind may ask."""
    own = (q for type_ in kind.support_types for q in _OF.get(type_, ()))
    confidence = (Question.KEEPING_CONFIDENCE,) if kind.closed_policy else ()
    return tuple(dict.fromkeys((*_EVERYWHERE, *own, *confidence)))


def codes(asked: Iterable[Question], own: Iterable[str]) -> tuple[str, ...]:
    """The codes by which answers are scored: those of the catalogue, then the coordinator's own by number."""
    return (*(q.value for q in asked), *(f"{OWN}{n}" for n, _ in enumerate(own, 1)))


def spoken(asked: Iterable[Question], own: Iterable[str]) -> tuple[dict[str, Any], ...]:
    """Each question as everybody is asked it: its code and its words."""
    asked, own = tuple(asked), tuple(own)
    words = (*(WORDS[q] for q in asked), *own)
    return tuple({"code": code, "words": said} for code, said in zip(codes(asked, own), words, strict=True))
