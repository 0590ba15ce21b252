"""Every code that stands in `failures`, with a sentence in English and in Welsh, by the kind of problem that tells it.

A test finds the codes in the source, and the tests over HTTP hold each answer to the kind under which its code stands
here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from api.language import Language
from api.problems import kinds
from api.problems.failures.care import CARE, CARE_SAID
from api.problems.failures.conflict import CHARTERS, LIFE, PEOPLE, REGISTERS
from api.problems.failures.contacts import CONTACTS, CONTACTS_SAID
from api.problems.failures.evaluation import EVALUATION, EVALUATION_SAID
from api.problems.failures.feedback import FEEDBACK, FEEDBACK_SAID, FEEDBACK_UNREAD
from api.problems.failures.importing import IMPORTING, IMPORTING_SAID
from api.problems.failures.recruiting import RECRUITING, SAID
from api.problems.failures.shape import SHAPE
from api.problems.failures.sheets import LOOSENED, UNSOUND
from api.problems.failures.telling import TELLING, TELLING_SAID
from api.problems.failures.unacceptable import DAYS, NUMBERS, REFERENCES, TOGETHER
from api.problems.failures.unreadable import CHOICES, UNREADABLE
from domain.schemes.questions import QUESTIONS

Sentence = tuple[str, str]
"""In English and in Welsh."""
STATE: Final = "STATE_"
"""Codes that begin so end with the state in which the record stands: a line for all of them."""
ANY_STATE: Final = "STATE_*"

_BLANK: Final = {
    f"BLANK_{section.value}": (
        f"The charter does not answer the section \u201c{asked.title['en']}\u201d whole.",
        f"Nid yw'r siarter yn ateb yr adran \u201c{asked.title['cy']}\u201d yn llawn.",
    )
    for section, asked in QUESTIONS.items()
}
_STATES: Final = {
    ANY_STATE: (
        "From where the record stands now this is not done. The end of the code says where.",
        "O'r lle y mae'r cofnod nawr ni wneir hyn. Mae diwedd y cod yn dweud lle.",
    )
}
_SHEETS: Final = {**UNSOUND, **LOOSENED}
_ALSO_LATER: Final = (
    *("BASE_UNKNOWN", "KIND_DOES_NOT_ALLOW", "LESS_THAN_NEEDED", "MORE_THAN_WANTED", "MAY_NOT_BE_HELD"),
    "REVIEW_TOO_FAR_AHEAD",
)
"""What may be refused of a body and, where something else changed since, of a record too."""
_UNACCEPTABLE: Final = {
    **SHAPE,
    **REFERENCES,
    **DAYS,
    **NUMBERS,
    **TOGETHER,
    **SAID,
    **CARE_SAID,
    **CONTACTS_SAID,
    **EVALUATION_SAID,
    **FEEDBACK_SAID,
    **TELLING_SAID,
    **IMPORTING_SAID,
    **_SHEETS,
}

FAILURES: Final[Mapping[str, Mapping[str, Sentence]]] = MappingProxyType(
    {
        kinds.UNREADABLE.slug: {
            **UNREADABLE,
            **SHAPE,
            **FEEDBACK_UNREAD,
            "NOT_WITHIN_A_MONTH": DAYS["NOT_WITHIN_A_MONTH"],
        },
        kinds.PURPOSE_REQUIRED.slug: {"PURPOSE_REQUIRED": CHOICES["PURPOSE_REQUIRED"]},
        kinds.CAPACITY_REQUIRED.slug: {"CAPACITY_REQUIRED": CHOICES["CAPACITY_REQUIRED"]},
        kinds.UNACCEPTABLE.slug: _UNACCEPTABLE,
        kinds.CONFLICT.slug: {
            **_STATES,
            **LIFE,
            **CHARTERS,
            **_BLANK,
            **PEOPLE,
            **CONTACTS,
            **EVALUATION,
            **REGISTERS,
            **RECRUITING,
            **CARE,
            **FEEDBACK,
            **TELLING,
            **IMPORTING,
            **{code: _UNACCEPTABLE[code] for code in _ALSO_LATER},
            **_SHEETS,
        },
    }
)
"""By the slug of the kind; a kind that is not here has no failures."""


def told_by(slug: str, spoken: Language) -> list[tuple[str, str]]:
    """(code, sentence) of each failure of this kind of problem, in that language."""
    place = 0 if spoken is Language.ENGLISH else 1
    return [(code, said[place]) for code, said in FAILURES.get(slug, {}).items()]


def explained(slug: str, code: str) -> bool:
    """Whether the page of this kind of problem has a sentence for this code."""
    return (ANY_STATE if code.startswith(STATE) else code) in FAILURES.get(slug, {})
