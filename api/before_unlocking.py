"""What whoever unlocks must look up first, said with every answer to an offer (rule 11).

A supporter who is kept apart from the recipient is not offered, and nobody is told so. That silence would be a danger
if it were trusted: what the prison's systems hold may have changed since, or be known to them alone. So the words are
the same in every answer, whether anybody is kept apart or not, and tell nothing of it.

The texts are data under review, as those of `api.do_this_now`: their owners approve the wording before a service goes
live, and a changed text is a change of this file.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from api.language import Language

TEXTS: Final[Mapping[Language, str]] = MappingProxyType(
    {
        Language.ENGLISH: "Check non-associations in DPS before you unlock.",
        Language.WELSH: "Gwiriwch yr achosion o beidio \u00e2 chymysgu (non-associations) yn DPS cyn i chi ddatgloi.",
    }
)


def before_you_unlock(language: Language) -> dict[str, Any]:
    """The two members that every answer to an offer carries."""
    return {"beforeYouUnlock": TEXTS[language], "beforeYouUnlockLanguage": language.value}
