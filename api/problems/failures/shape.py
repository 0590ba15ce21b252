"""Codes of a member whose value is not of its shape; and of a parameter or a header, where the whole request cannot be
read."""

from typing import Final

SHAPE: Final = {
    "BLANK": ("There is nothing to be seen in it.", "Nid oes dim i'w weld ynddo."),
    "INVISIBLE_CHARACTER": (
        "It holds a character that nobody sees.",
        "Mae'n cynnwys nod nad oes neb yn ei weld.",
    ),
    "MISSING": ("A member that must be there is not.", "Mae aelod y mae'n rhaid iddo fod yno ar goll."),
    "UNKNOWN_FIELD": (
        "This is no member here, or not one that you may write in your role.",
        "Nid yw hwn yn aelod yma, neu ni chewch ei ysgrifennu yn eich rôl chi.",
    ),
    "WRONG_TYPE": ("The value is of another type.", "Mae'r gwerth o fath arall."),
    "BAD_FORMAT": (
        "The value is not written as the document says.",
        "Nid yw'r gwerth wedi'i ysgrifennu fel y mae'r ddogfen yn ei ddweud.",
    ),
    "BAD_VALUE": ("The value is none that there can be.", "Ni all y gwerth hwn fod."),
    "UNKNOWN_VALUE": ("The value is none of the codes.", "Nid yw'r gwerth yn un o'r codau."),
    "OUT_OF_RANGE": ("The value is too small or too large.", "Mae'r gwerth yn rhy fach neu'n rhy fawr."),
    "TOO_LONG": ("The text is too long.", "Mae'r testun yn rhy hir."),
    "TOO_SHORT": ("The text is too short, or empty.", "Mae'r testun yn rhy fyr, neu'n wag."),
    "TOO_MANY_ITEMS": ("The list is too long.", "Mae'r rhestr yn rhy hir."),
    "TOO_FEW_ITEMS": ("The list is too short, or empty.", "Mae'r rhestr yn rhy fyr, neu'n wag."),
    "LOOKS_LIKE_A_PRISON_NUMBER": (
        "The text holds what looks like a prison number. Free text names nobody: say it without.",
        "Mae'r testun yn cynnwys rhywbeth sy'n edrych fel rhif carchar. Nid yw testun rhydd yn enwi neb: dywedwch ef "
        "hebddo.",
    ),
}
"""Code to (English, Welsh)."""
