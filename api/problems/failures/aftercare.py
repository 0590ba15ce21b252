"""Codes of the channel for pressure, of role creep, of what follows a death, of news, and of leaving."""

from typing import Final

HANGING: Final = {
    "ALREADY_OPENED": (
        "Support was offered to everybody today already.",
        "Cynigiwyd cymorth i bawb heddiw eisoes.",
    ),
    "ALREADY_STARTED": ("His hand-over has begun already.", "Mae ei drosglwyddo wedi dechrau eisoes."),
    "HAS_A_MENTOR": ("The learner has a mentor.", "Mae gan y dysgwr fentor."),
}
"""What a record's own state stands in the way of."""

TELLING: Final = {
    "STAFF_UNKNOWN": (
        "Nobody has an assignment of this id in the prison.",
        "Nid oes gan neb aseiniad \u00e2'r dynodydd hwn yn y carchar.",
    ),
    "TASK_PERMITTED": (
        "That is among the tasks of the scheme's supporters.",
        "Mae hynny ymhlith tasgau cefnogwyr y cynllun.",
    ),
    "TOO_FAR_AHEAD": ("That is further ahead than three months.", "Mae hynny ymhellach na thri mis i ddod."),
}
"""What may not be said."""
