"""Codes of webhooks."""

from typing import Final

TELLING: Final = {
    "TOO_MANY_SUBSCRIPTIONS": (
        "You have as many subscriptions as you may: end one.",
        "Mae gennych gymaint o danysgrifiadau ag a ganiateir: dewch ag un i ben.",
    ),
}
"""Told of how many there are."""

TELLING_SAID: Final = {
    "ADDRESS_NOT_PUBLIC_HTTPS": (
        "An address is https, of the open internet, and without user, query or fragment.",
        "Mae cyfeiriad yn https, ar y rhyngrwyd agored, a heb ddefnyddiwr, ymholiad na darn.",
    ),
    "NOT_TOLD_TO_THIS_ROLE": (
        "Your role reads no such record, so it is told of none.",
        "Nid yw eich rôl yn darllen cofnod o'r fath, felly ni ddywedir wrthi am yr un.",
    ),
}
"""Told of what a body says."""
