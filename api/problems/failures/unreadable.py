"""Codes of a request that cannot be read: its syntax, its headers, its address."""

from typing import Final

UNREADABLE: Final = {
    "NOT_A_MONDAY": ("Weeks begin on Mondays.", "Mae wythnosau'n dechrau ar ddydd Llun."),
    "MALFORMED_JSON": ("The body is not JSON.", "Nid JSON yw'r corff."),
    "INVALID_UTF8": ("The body is not UTF-8.", "Nid UTF-8 yw'r corff."),
    "TOO_DEEP": ("The body is nested too deeply.", "Mae'r corff wedi'i nythu'n rhy ddwfn."),
    "DUPLICATE_KEY": ("A member stands twice in one object.", "Mae aelod yn sefyll ddwywaith mewn un gwrthrych."),
    "NUMBER_TOO_LARGE": ("A number has too many digits.", "Mae gan rif ormod o ddigidau."),
    "NOT_A_NUMBER": ("NaN and infinity are no numbers here.", "Nid yw NaN nac anfeidredd yn rhifau yma."),
    "NUL_CHARACTER": ("A text holds the character NUL.", "Mae testun yn cynnwys y nod NUL."),
    "LONE_SURROGATE": ("A text holds half of a character.", "Mae testun yn cynnwys hanner nod."),
    "REPEATED_HEADER": (
        "A header that may stand once stands more than once.",
        "Mae pennyn a ganiateir unwaith yn sefyll mwy nag unwaith.",
    ),
    "REPEATED_PARAMETER": ("A parameter stands more than once.", "Mae paramedr yn sefyll mwy nag unwaith."),
    "FILTER_NOT_ALLOWED": (
        "In your role lists are not filtered by this.",
        "Yn eich rôl chi nid yw rhestrau'n cael eu hidlo yn ôl hyn.",
    ),
    "CURSOR": (
        "The cursor is not one of this list, or is older than a day.",
        "Nid yw'r cyrchwr yn perthyn i'r rhestr hon, neu mae'n hŷn na diwrnod.",
    ),
    "IF_MATCH": (
        "If-Match is not one tag in quotation marks.",
        "Nid un tag mewn dyfynodau yw If-Match.",
    ),
    "IF_NONE_MATCH": (
        "If-None-Match is not a list of tags.",
        "Nid rhestr o dagiau yw If-None-Match.",
    ),
    "IDEMPOTENCY_KEY": ("The Idempotency-Key is badly formed.", "Mae ffurf yr Idempotency-Key yn anghywir."),
    "IDEMPOTENCY_KEY_REQUIRED": (
        "This needs an Idempotency-Key, so that sending it twice does it once.",
        "Mae angen Idempotency-Key ar hyn, fel bod ei anfon ddwywaith yn ei wneud unwaith.",
    ),
    "PURPOSE_OF_USE": ("Purpose-Of-Use names no purpose.", "Nid yw Purpose-Of-Use yn enwi unrhyw ddiben."),
    "ACTING_AS": ("Acting-As is no id of an assignment.", "Nid dynodydd aseiniad yw Acting-As."),
}
"""Code to (English, Welsh)."""

CHOICES: Final = {
    "PURPOSE_REQUIRED": (
        "Your role does this for several purposes: say for which.",
        "Mae eich rôl yn gwneud hyn at sawl diben: nodwch pa un.",
    ),
    "CAPACITY_REQUIRED": (
        "Several of your assignments fit: say in which you act.",
        "Mae sawl un o'ch aseiniadau yn addas: nodwch ym mha un yr ydych yn gweithredu.",
    ),
}
