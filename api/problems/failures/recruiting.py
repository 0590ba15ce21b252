"""Codes of recruiting supporters: what stands in the way of a yes, and what cannot be said of an applicant."""

from typing import Final

from domain.schemes.vocabulary import EligibilityRule as R

_ASKED: Final = {
    R.SECURITY_CLEARANCE: ("security clearance", "cliriad diogelwch"),
    R.INCENTIVE_LEVEL: ("the incentive level", "y lefel cymhelliant"),
    R.TIME_LEFT: ("the time left to serve", "yr amser sydd ar \u00f4l i'w dreulio"),
    R.ACCT_OPEN: ("an open ACCT", "ACCT agored"),
    R.ACCT_POST_CLOSURE: ("an ACCT closed lately", "ACCT a gaewyd yn ddiweddar"),
    R.CSIP_OPEN: ("an open CSIP", "CSIP agored"),
    R.RECENT_VIOLENCE: ("proven violence", "trais a brofwyd"),
    R.DRUG_ADJUDICATION: ("drugs and discipline", "cyffuriau a disgyblaeth"),
    R.SAFETY_ALERT: ("alerts", "rhybuddion"),
    R.OFFENCE_TYPE: ("the type of offence", "y math o drosedd"),
    R.ABSTINENCE: ("abstinence", "ymwrthod"),
    R.LITERACY: ("reading and writing", "darllen ac ysgrifennu"),
    R.HEALTH_FITNESS: ("fitness", "ffitrwydd"),
    R.ROLES_HELD: ("other roles held", "rolau eraill"),
    R.LIVED_EXPERIENCE: ("lived experience", "profiad personol"),
    R.SERVED_IN_FORCES: ("service in the forces", "gwasanaeth yn y lluoedd"),
    R.ELECTED: ("an election", "etholiad"),
    R.MEMBER_OF_PARTNER: ("membership of the partner", "aelodaeth o'r partner"),
}
BY_RULE: Final = {
    f"FAILS_{rule.value}": (
        f"The rule about {english} is not met, or nobody knows; nobody has overridden it.",
        f"Nid yw'r rheol am {welsh} wedi'i bodloni, neu nid oes neb yn gwybod; nid oes neb wedi'i diystyru.",
    )
    for rule, (english, welsh) in _ASKED.items()
    if rule is not R.SECURITY_CLEARANCE
} | {
    f"UNREVIEWED_{rule.value}": (
        f"Nobody who answers for it has looked at {english} and approved.",
        f"Nid oes neb sy'n gyfrifol wedi edrych ar {welsh} a chymeradwyo.",
    )
    for rule, (english, welsh) in _ASKED.items()
    if rule is not R.SECURITY_CLEARANCE
}
"""Hard rules that are not met, and what was to be looked at: the end of the code is the rule."""

RECRUITING: Final = {
    "CLEARANCE_MISSING": ("Security has not said yes or no.", "Nid yw diogelwch wedi dweud ie na nage."),
    "CLEARANCE_PENDING": ("Security is still looking at it.", "Mae diogelwch yn dal i edrych arno."),
    "CLEARANCE_EXPIRED": ("The clearance has run out.", "Mae'r cliriad wedi dod i ben."),
    "CLEARANCE_LAPSED": ("The clearance lapsed with a transfer.", "Daeth y cliriad i ben gyda throsglwyddiad."),
    "NOT_CLEARED": ("Security has said no.", "Mae diogelwch wedi dweud na."),
    "NOT_ASSESSED": ("Suitability was not assessed.", "Ni aseswyd addasrwydd."),
    "ASSESSMENT_STALE": (
        "The assessment is older than four weeks: make it anew.",
        "Mae'r asesiad yn h\u0177n na phedair wythnos: gwnewch ef o'r newydd.",
    ),
    "NOT_BLOCKING": ("That rule does not stand in the way.", "Nid yw'r rheol honno'n rhwystr."),
    "OVERRIDE_ASKED_ALREADY": ("That was asked for already.", "Gofynnwyd am hynny eisoes."),
    "NO_OVERRIDE_ASKED": ("Nobody asked for that.", "Ni ofynnodd neb am hynny."),
    "APPROVER_ASKED": (
        "You asked for it: somebody else approves it.",
        "Chi a ofynnodd amdano: rhywun arall sy'n ei gymeradwyo.",
    ),
    "PANEL_TOO_SMALL": ("Fewer than two have scored it.", "Mae llai na dau wedi'i sgorio."),
    "PANEL_WITHOUT_PARTNER": ("Nobody of the partner has scored it.", "Nid oes neb o'r partner wedi'i sgorio."),
    "PANEL_FULL": ("As many have scored it as may.", "Mae cynifer ag y caiff wedi'i sgorio."),
    "ALREADY_SCORED": ("You have scored it.", "Rydych wedi'i sgorio."),
    "PLACES_FILLED": ("The places are filled.", "Mae'r lleoedd wedi'u llenwi."),
    "VACANCY_CLOSED": ("The vacancy is closed.", "Mae'r swydd wag ar gau."),
    "QUESTIONS_FIXED": (
        "Everybody is asked the same: the questions of a published vacancy stay.",
        "Gofynnir yr un peth i bawb: mae cwestiynau swydd a gyhoeddwyd yn aros.",
    ),
    "ADVERT_MISSING": ("It has no advert.", "Nid oes ganddi hysbyseb."),
    "EASY_READ_MISSING": ("It has no advert in easy read.", "Nid oes ganddi hysbyseb hawdd ei darllen."),
    "QUESTIONS_MISSING": ("It asks nothing.", "Nid yw'n gofyn dim."),
    "CLOSING_DAY_PASSED": ("Its last day has passed.", "Mae ei diwrnod olaf wedi mynd heibio."),
    "NOT_HIS_TURN": ("It is another's turn on the waiting list.", "Tro rhywun arall ar y rhestr aros yw hi."),
    "ALREADY_APPEALED": ("It was appealed before.", "Apeliwyd o'r blaen."),
    "TOO_LATE_TO_APPEAL": (
        "Fourteen days have passed.",
        "Mae pythefnos wedi mynd heibio.",
    ),
    "NOT_APPEALED": ("It was not appealed.", "Ni apeliwyd."),
    "APPEAL_DECIDED": ("The appeal is decided.", "Mae'r ap\u00eal wedi'i phenderfynu."),
    "DECIDED_IT_HIMSELF": (
        "You decided on it: somebody else hears the appeal.",
        "Chi a benderfynodd: rhywun arall sy'n clywed yr ap\u00eal.",
    ),
    **BY_RULE,
}
"""What stands in the way, by where things stand."""

SAID: Final = {
    "QUESTION_UNKNOWN": ("That question is not asked here.", "Ni ofynnir y cwestiwn hwnnw yma."),
    "QUESTION_LEFT_OUT": ("Every question has its mark.", "Mae gan bob cwestiwn ei farc."),
    "MARK_OUT_OF_RANGE": ("A mark is from 0 to 4.", "Marc o 0 i 4 ydyw."),
    "EXPIRY_GOES_WITH_CLEARED": ("Only a clearance has an end.", "Dim ond cliriad sydd \u00e2 diwedd."),
    "LONGER_THAN_THE_KIND_ALLOWS": (
        "It holds longer than schemes of this kind allow.",
        "Mae'n para'n hwy nag y mae cynlluniau o'r math hwn yn ei ganiat\u00e1u.",
    ),
    "BEFORE_BIRTH": ("He was not born yet.", "Nid oedd wedi'i eni eto."),
    "AFTER_RELEASE": ("He is expected to be free by then.", "Disgwylir iddo fod yn rhydd erbyn hynny."),
    "NOT_WAITING": ("He is not on the waiting list.", "Nid yw ar y rhestr aros."),
    "CLEARANCE_IS_SECURITYS": ("Clearance is security's to give.", "Diogelwch sy'n rhoi cliriad."),
}
"""What cannot be said."""
