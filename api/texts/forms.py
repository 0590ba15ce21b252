"""What is asked on a kiosk, on paper or aloud: each question and each answer in one short sentence, with the name of a
picture, in English and Welsh. The codes are the same in every language; a client says the sentences aloud as they are.
"""

from collections.abc import Mapping
from typing import Any, Final

from api.language import Language
from domain.feedback.complaints import ComplaintAbout
from domain.feedback.pulses import ITEMS, PulseItem, WhyNotUsed
from domain.feedback.record import Theme, Voice

_I, _T, _W, _C = PulseItem, Theme, WhyNotUsed, ComplaintAbout
Told = tuple[str, str, str]
"""Picture, English, Welsh."""

RATINGS: Final[Mapping[int, Told]] = {
    1: ("face-very-sad", "Very bad", "Gwael iawn"),
    2: ("face-sad", "Bad", "Gwael"),
    3: ("face-plain", "Neither", "Y naill na'r llall"),
    4: ("face-happy", "Good", "Da"),
    5: ("face-very-happy", "Very good", "Da iawn"),
}
AGREEING: Final[Mapping[int, Told]] = {
    1: ("thumbs-down-twice", "Not at all", "Ddim o gwbl"),
    2: ("thumb-down", "A little", "Ychydig"),
    3: ("hand-flat", "Somewhat", "I ryw raddau"),
    4: ("thumb-up", "Mostly", "Gan mwyaf"),
    5: ("thumbs-up-twice", "Very much", "Yn fawr iawn"),
}
THEMES: Final[Mapping[Theme, Told]] = {
    _T.GOT_HELP_IN_TIME: ("clock-tick", "I got help in time.", "Cefais help mewn pryd."),
    _T.HAD_TO_WAIT: ("clock-wait", "I had to wait.", "Bu'n rhaid i mi aros."),
    _T.FELT_LISTENED_TO: ("ear", "Somebody listened.", "Gwrandawodd rhywun."),
    _T.FELT_PRIVATE: ("lock", "It stayed private.", "Arhosodd yn breifat."),
    _T.NOT_PRIVATE: ("lock-open", "It was not private.", "Nid oedd yn breifat."),
    _T.STAFF_HELPED: ("staff-tick", "Staff helped.", "Helpodd y staff."),
    _T.STAFF_DID_NOT_HELP: ("staff-cross", "Staff did not help.", "Ni helpodd y staff."),
    _T.NEED_MORE_TRAINING: ("book", "More training is needed.", "Mae angen mwy o hyfforddiant."),
    _T.ROLE_IS_HEAVY: ("weight", "The role is heavy.", "Mae'r r\u00f4l yn drwm."),
    _T.WORKS_WELL: ("star", "It works well.", "Mae'n gweithio'n dda."),
}
PULSE: Final[Mapping[PulseItem, Told]] = {
    _I.KNOWS_THE_SUPPORTERS: ("people", "I know who the supporters are.", "Rwy'n gwybod pwy yw'r cefnogwyr."),
    _I.KNOWS_HOW_TO_ASK_AT_NIGHT: ("moon", "I know how to ask at night.", "Rwy'n gwybod sut i ofyn yn y nos."),
    _I.STAFF_WOULD_HELP: (
        "staff-tick",
        "Staff would help me to reach a supporter.",
        "Byddai'r staff yn fy helpu i gyrraedd cefnogwr.",
    ),
    _I.TRUSTS_IT_STAYS_PRIVATE: (
        "lock",
        "I trust supporters to keep it private.",
        "Rwy'n ymddiried yn y cefnogwyr i'w gadw'n breifat.",
    ),
    _I.USERS_LOOKED_DOWN_ON: (
        "eyes-down",
        "People look down on those who use it.",
        "Mae pobl yn edrych i lawr ar y rhai sy'n ei ddefnyddio.",
    ),
    _I.KNOWS_HOW_IT_WORKS: ("cog", "I know how the scheme works.", "Rwy'n gwybod sut mae'r cynllun yn gweithio."),
    _I.MAKES_SHIFT_HARDER: ("weight", "It makes my shift harder.", "Mae'n gwneud fy shifft yn anoddach."),
    _I.SUPPORTERS_FAVOURED: (
        "scales",
        "Supporters get special treatment.",
        "Mae cefnogwyr yn cael triniaeth arbennig.",
    ),
    _I.KNOWS_WHAT_NEVER_TO_ASK: (
        "lips-closed",
        "I know what I must never ask a supporter.",
        "Rwy'n gwybod beth na ddylwn byth ei ofyn i gefnogwr.",
    ),
    _I.HAS_TIME_TO_UNLOCK: ("key", "I have time to unlock.", "Mae gen i amser i ddatgloi."),
    _I.FEELS_SAFE: ("shield", "I feel safe in the role.", "Rwy'n teimlo'n ddiogel yn y r\u00f4l."),
    _I.ASKED_TO_DO_STAFF_WORK: (
        "staff-arrow",
        "I am asked to do the work of staff.",
        "Gofynnir i mi wneud gwaith staff.",
    ),
    _I.CAN_SAY_NO: ("hand-stop", "I can say no.", "Gallaf ddweud na."),
    _I.GETS_THE_DEBRIEF: (
        "two-chairs",
        "I get the talk I need afterwards.",
        "Rwy'n cael y sgwrs sydd ei hangen wedyn.",
    ),
    _I.NOBODY_PRESSES: (
        "no-arrow",
        "Nobody presses me to tell or to carry things.",
        "Nid oes neb yn pwyso arnaf i ddweud na chario pethau.",
    ),
}
WHY_NOT: Final[Mapping[WhyNotUsed, Told]] = {
    _W.NO_NEED: ("circle", "I did not need it.", "Nid oedd ei angen arnaf."),
    _W.DID_NOT_KNOW_OF_IT: ("question", "I did not know of it.", "Ni wyddwn amdano."),
    _W.DID_NOT_KNOW_HOW_TO_ASK: ("question-hand", "I did not know how to ask.", "Ni wyddwn sut i ofyn."),
    _W.NOT_SURE_IT_STAYS_PRIVATE: (
        "lock-open",
        "I was not sure that it stays private.",
        "Nid oeddwn yn si\u0175r ei fod yn aros yn breifat.",
    ),
    _W.AFRAID_TO_LOOK_WEAK: ("mask", "I was afraid to look weak.", "Roeddwn yn ofni edrych yn wan."),
    _W.STAFF_DID_NOT_HELP: ("staff-cross", "Staff did not help me to ask.", "Ni helpodd y staff i mi ofyn."),
    _W.NOT_IN_MY_LANGUAGE: ("speech", "It was not in my language.", "Nid oedd yn fy iaith."),
    _W.RATHER_SOMEBODY_ELSE: (
        "person",
        "I would rather talk to somebody else.",
        "Byddai'n well gen i siarad \u00e2 rhywun arall.",
    ),
}
COMPLAINING: Final[Mapping[ComplaintAbout, Told]] = {
    _C.NOT_KEPT_PRIVATE: ("lock-open", "It was not kept private.", "Ni chafodd ei gadw'n breifat."),
    _C.ASKED_FOR_SOMETHING: ("hand-open", "I was asked for something.", "Gofynnwyd i mi am rywbeth."),
    _C.TREATED_UNFAIRLY: ("scales", "I was treated unfairly.", "Cefais fy nhrin yn annheg."),
    _C.PRESSED: ("arrow", "I was pressed.", "Rhoddwyd pwysau arnaf."),
    _C.TURNED_AWAY: ("door", "Nobody came or helped.", "Ni ddaeth neb ac ni helpodd neb."),
    _C.WRONG_ADVICE: ("cross", "The advice was wrong.", "Roedd y cyngor yn anghywir."),
    _C.NOT_CHOSEN_FAIRLY: ("list", "People were not chosen fairly.", "Ni ddewiswyd pobl yn deg."),
    _C.OTHER_ASK_ME: ("speech", "Something else: ask me.", "Rhywbeth arall: gofynnwch i mi."),
}


def form(language: Language) -> dict[str, Any]:
    """All three forms in a language."""
    at = 1 if language is Language.ENGLISH else 2

    def told(words: Mapping[Any, Told]) -> list[dict[str, Any]]:
        return [{"code": str(code), "picture": said[0], "words": said[at]} for code, said in words.items()]

    return {
        "feedback": {"voices": [str(v) for v in Voice], "ratings": told(RATINGS), "themes": told(THEMES)},
        "pulse": {
            "answers": told(AGREEING),
            "groups": [
                {"group": str(group), "items": told({item: PULSE[item] for item in items})}
                for group, items in ITEMS.items()
            ],
            "whyNot": told(WHY_NOT),
        },
        "complaint": {"about": told(COMPLAINING)},
    }
