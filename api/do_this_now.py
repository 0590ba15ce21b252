"""What to do instead of waiting for this service, when somebody may die (rule 5).

No life depends on this service, and it says so where it is used: any answer to urgency LIFE_AT_RISK and any 5xx of the
routes of requests carries `doThisNow`. The text is constant and lies in memory, so it is there when the database, the
ledger and every upstream are not.

The texts are data under review. Their owners (safer custody for the jurisdiction, and a translator for each language)
approve the wording before a service goes live; a changed text is a change of this file. A language without an approved
text gets English, with `Content-Language: en` and a member that says so (rule 28); a jurisdiction without one stops the
start, since a wrong emergency instruction is worse than a late start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from api.language import Language

# England and Wales: the general alarm and the medical emergency response codes are those of PSI 03/2013; a Listener
# supports, and never replaces, the staff response (PSI 64/2011).
TEXTS: Final[Mapping[str, Mapping[Language, str]]] = MappingProxyType(
    {
        "EW": MappingProxyType(
            {
                Language.ENGLISH: (
                    "If a life may be at risk, do not wait for this system. Raise the alarm now: shout, press the "
                    "cell bell or the general alarm, or use the radio. Call Code Blue (not breathing, collapsed, "
                    "ligature, unconscious) or Code Red (blood, burns) so that healthcare and an ambulance are sent. "
                    "Stay with the person. Tell the orderly officer. A Listener can come as well, never instead. "
                    "Record it here afterwards."
                ),
                Language.WELSH: (
                    "Os gall bywyd fod mewn perygl, peidiwch ag aros am y system hon. Codwch y larwm nawr: gwaeddwch, "
                    "pwyswch gloch y gell neu'r larwm cyffredinol, neu defnyddiwch y radio. Galwch Code Blue (ddim yn "
                    "anadlu, wedi llewygu, rhwymyn, anymwybodol) neu Code Red (gwaed, llosgiadau) fel bod gofal iechyd "
                    "ac ambiwlans yn cael eu hanfon. Arhoswch gyda'r person. Dywedwch wrth y swyddog trefn. Gall "
                    "Gwrandäwr ddod hefyd, byth yn lle hynny. Cofnodwch ef yma wedyn."
                ),
            }
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Instruction:
    """One text as it goes out. `asked` is false when the caller's language has no approved text and this is English."""

    text: str
    language: Language
    asked: bool

    def members(self) -> dict[str, Any]:
        """The three members that an answer carries; always all three, so that the shape never varies."""
        return {
            "doThisNow": self.text,
            "doThisNowLanguage": self.language.value,
            "doThisNowInLanguageAsked": self.asked,
        }


@dataclass(frozen=True, slots=True)
class DoThisNow:
    """The instructions of one jurisdiction, ready in memory."""

    jurisdiction: str
    by_language: Mapping[Language, Instruction]

    def instruction(self, language: Language) -> Instruction:
        """The instruction in that language, or English that says that it is English."""
        return self.by_language[language]


def for_jurisdiction(jurisdiction: str, texts: Mapping[str, Mapping[Language, str]] = TEXTS) -> DoThisNow:
    """The instructions of a jurisdiction. Raises LookupError where no English text is approved for it."""
    approved = texts.get(jurisdiction, {})
    if Language.ENGLISH not in approved:
        raise LookupError(f"no approved do-this-now text for jurisdiction {jurisdiction}")
    english = approved[Language.ENGLISH]
    instructions = {
        language: Instruction(approved[language], language, True)
        if language in approved
        else Instruction(english, Language.ENGLISH, False)
        for language in Language
    }
    return DoThisNow(jurisdiction, MappingProxyType(instructions))
