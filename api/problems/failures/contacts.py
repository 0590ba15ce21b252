"""Codes of enrolments, of what supporters did for somebody, of arrivals and groups."""

from typing import Final

CONTACTS: Final = {
    "HAS_THIS_MENTOR": ("That is the mentor already.", "Dyna'r mentor eisoes."),
    "CARRIED_ON_ALREADY": (
        "Another prison goes on from there already.",
        "Mae carchar arall yn parhau o'r fan honno eisoes.",
    ),
    "ALREADY_NOTED": (
        "That arrival is noted, and nobody has met him yet.",
        "Nodwyd hynny; nid oes neb wedi'i gyfarfod.",
    ),
    "ALREADY_ENROLLED": ("He is enrolled there, and it goes on.", "Mae wedi'i gofrestru yno, ac mae'n parhau."),
    "LOOKS_LIKE_ANOTHER": (
        "It looks like one that is recorded: see there. If it is another, send it with another: true.",
        "Mae'n debyg i un a gofnodwyd: edrychwch yno. Os un arall ydyw, anfonwch ef gydag another: true.",
    ),
    "CHECK_NOT_PASSED": ("The record does not bear it out yet.", "Nid yw'r cofnod yn ei ategu eto."),
    "LEVEL_1_FIRST": ("The first level comes before it.", "Daw'r lefel gyntaf o'i flaen."),
    "HAS_A_MANDATE": (
        "He speaks for a wing in those days already.",
        "Mae'n siarad dros adain yn y dyddiau hynny eisoes.",
    ),
    "GROUP_FULL": ("There is no room left in that session.", "Nid oes lle ar \u00f4l yn y sesiwn honno."),
    "ON_THE_LIST_ALREADY": ("He is on that list already.", "Mae ar y rhestr honno eisoes."),
    "NOT_HELD_YET": (
        "Nobody has said yet that the session was held.",
        "Nid oes neb wedi dweud eto fod y sesiwn wedi'i chynnal.",
    ),
    "CORRECTED_ALREADY": (
        "Another version holds instead of it already.",
        "Mae fersiwn arall yn ei lle eisoes.",
    ),
    "ALREADY_AWARDED": ("He has it already.", "Mae ganddo eisoes."),
}
"""What stands in the way."""

CONTACTS_SAID: Final = {
    "PROHIBITED_TASK": (
        "No supporter may do that, whoever asks: staff are told, and it is told of as a task request.",
        "Ni chaiff unrhyw gefnogwr wneud hynny, pwy bynnag sy'n gofyn: dywedir wrth staff, a nodir cais am dasg.",
    ),
    "NEED_NOT_OF_THE_PLAN": (
        "The plan that holds names no such need.",
        "Nid yw'r cynllun sydd mewn grym yn enwi'r fath angen.",
    ),
    "OUTCOME_NOT_OF_THE_PLAN": (
        "The plan that holds has not chosen this outcome.",
        "Nid yw'r cynllun sydd mewn grym wedi dewis y canlyniad hwn.",
    ),
    "PACE_GOES_WITH_FINDING": (
        "More or less often is said with how often, and nothing else is.",
        "Dywedir yn amlach neu'n llai aml gyda pha mor aml, a dim arall.",
    ),
    "REASON_GOES_WITH_ENDING": (
        "Each ending has its own reasons; a move to another prison has none.",
        "Mae gan bob diwedd ei resymau; nid oes gan symud i garchar arall yr un.",
    ),
    "TARGET_IS_BASELINE": (
        "The target is where he stands already.",
        "Y targed yw lle mae'n sefyll eisoes.",
    ),
    "MANUAL_GOES_WITH_AWARD": (
        "A manual goes with the award for one, and with no other.",
        "Daw llawlyfr gyda'r dyfarniad am lawlyfr, a chyda dim arall.",
    ),
    "MEETING_OF_SOMEBODY_ELSE": (
        "That meeting was with somebody else.",
        "Gyda rhywun arall yr oedd y cyfarfod hwnnw.",
    ),
    "MEETING_OR_REASON": (
        "Either a meeting or a reason: one of the two.",
        "Naill ai cyfarfod neu reswm: un o'r ddau.",
    ),
    "REFERRAL_GOES_WITH_AGENCY": (
        "How a referral stands goes with to whom.",
        "Mae sut y saif atgyfeiriad yn mynd gydag at bwy.",
    ),
    "KEPT_GOES_WITH_APPOINTMENT": (
        "Whether it was kept goes with an appointment.",
        "Mae p'un a gadwyd yn mynd gydag apwyntiad.",
    ),
    "OUTCOME_GOES_WITH_ISSUE": ("An outcome is of an issue.", "Canlyniad mater yw canlyniad."),
    "CASE_OR_NAME": (
        "A case says who it is: no name is needed.",
        "Mae achos yn dweud pwy ydyw: nid oes angen enw.",
    ),
    "MORE_THAN_EXPECTED": ("More are accounted for than were to come.", "Rhoddir cyfrif am fwy nag a ddisgwyliwyd."),
    "COUNTED_BY_NAME": (
        "Who came is listed by name: the numbers follow from the list.",
        "Rhestrir pwy a ddaeth wrth eu henwau: daw'r rhifau o'r rhestr.",
    ),
    "REASON_GOES_WITH_ABSENCE": (
        "Whoever did not come has a reason, and nobody else.",
        "Mae rheswm gan bwy bynnag na ddaeth, a neb arall.",
    ),
    "REASON_GOES_WITH_NOT_KEPT": (
        "An appointment that was not kept has a reason, and no other.",
        "Mae rheswm gan apwyntiad na chadwyd, a dim arall.",
    ),
    "NOT_HELD_HAS_NOBODY": (
        "At a session that was not held nobody was.",
        "Nid oedd neb mewn sesiwn nas cynhaliwyd.",
    ),
}
"""Told of what a body says."""
