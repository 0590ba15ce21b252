"""Codes of feedback by single-use code, complaints and the register of breaches."""

from typing import Final

FEEDBACK: Final = {
    "SHEETS_ENOUGH": (
        "As many sheets as may be were printed for this quarter.",
        "Argraffwyd cymaint o daflenni ag a ganiateir ar gyfer y chwarter hwn.",
    ),
    "SHEET_SHOWN_ONCE": (
        "The codes of a sheet are shown once and kept nowhere: print another.",
        "Dangosir codau taflen unwaith ac ni chedwir hwy yn unman: argraffwch un arall.",
    ),
}
"""Told of a record that stands otherwise."""

FEEDBACK_SAID: Final = {
    "CODE_NOT_GOOD": (
        "This code was used, is over, or was never printed.",
        "Mae'r cod hwn wedi'i ddefnyddio, wedi dod i ben, neu heb ei argraffu erioed.",
    ),
    "NOT_ASKED_OF_THEM": (
        "This group is not asked that.",
        "Ni ofynnir hynny i'r gr\u0175p hwn.",
    ),
    "SCHEME_GOES_WITH_SUSPICION": (
        "A scheme is named where the look is not explained, and only there.",
        "Enwir cynllun pan nad yw'r edrychiad wedi'i egluro, a dim ond bryd hynny.",
    ),
    "SEVERAL_PEOPLE": (
        "The lines are of several people: a breach is noted of each by itself.",
        "Mae'r llinellau'n perthyn i sawl person: nodir toriad ar wah\u00e2n i bob un.",
    ),
    "SCHEME_UNKNOWN": (
        "It is not a scheme of this prison.",
        "Nid yw'n gynllun o'r carchar hwn.",
    ),
    "LINE_UNKNOWN": (
        "It is not a line of the ledger that you read.",
        "Nid yw'n llinell o'r cofnod yr ydych chi'n ei darllen.",
    ),
}
"""Told of what a body says."""

FEEDBACK_UNREAD: Final = {
    "QUARTER_NOT_OVER": (
        "The quarter is told two weeks after its end.",
        "Dywedir y chwarter bythefnos ar \u00f4l ei ddiwedd.",
    ),
    "TOKEN_NOT_WANTED": (
        "This is said without a token: leave it out, and nobody knows who you are.",
        "Dywedir hyn heb docyn: gadewch ef allan, ac ni \u0175yr neb pwy ydych.",
    ),
}
"""Told of a request that is not read."""
