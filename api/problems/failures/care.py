"""Codes of looking after supporters: what stands in the way of a rota, a supervision, a hand-over."""

from typing import Final

from domain.care.load import LoadCode
from domain.supporters.availability import NotAvailable

_LOAD: Final = {
    LoadCode.LOAD_HOURS.value: (
        "With it he is on the rota for more hours in seven days than is allowed.",
        "Gyda hyn mae ar y rota am fwy o oriau mewn saith diwrnod nag a ganiateir.",
    ),
    LoadCode.LOAD_NIGHTS.value: (
        "With it he is on call for more nights in seven days than is allowed.",
        "Gyda hyn mae ar alwad am fwy o nosweithiau mewn saith diwrnod nag a ganiateir.",
    ),
    LoadCode.LOAD_REST.value: (
        "It leaves him too little rest after a night.",
        "Mae'n gadael rhy ychydig o orffwys iddo ar \u00f4l noson.",
    ),
}
"""Hard limits of the kind: all that are passed are told. An override with a reason and a second person passes them."""

_NOT_AVAILABLE: Final = {
    NotAvailable.NOT_IN_ROLE.value: ("He is not in the role.", "Nid yw yn y r\u00f4l."),
    NotAvailable.PAUSED.value: ("He rests.", "Mae'n cael seibiant."),
    NotAvailable.SUSPENDED.value: ("He is suspended.", "Mae wedi'i atal."),
    NotAvailable.NOT_CERTIFIED.value: (
        "He has no certificate that holds on that day.",
        "Nid oes ganddo dystysgrif sy'n ddilys ar y diwrnod hwnnw.",
    ),
    NotAvailable.AWAY.value: ("He is not here on that day.", "Nid yw yma ar y diwrnod hwnnw."),
}
"""Why nothing may be planned with a supporter: told to those who read it on the team's list, too."""

CARE: Final = {
    **_LOAD,
    **_NOT_AVAILABLE,
    "ALREADY_ASKED": ("A talk was asked for and waits still.", "Gofynnwyd am sgwrs ac mae'n aros o hyd."),
    "ALREADY_OPENED": (
        "Support was offered in this scheme today already.",
        "Cynigiwyd cefnogaeth yn y cynllun hwn heddiw eisoes.",
    ),
    "ALREADY_CLEARED": (
        "Somebody has said already that it may be offered.",
        "Mae rhywun wedi dweud eisoes y caniateir ei gynnig.",
    ),
    "CLEARED_YES_NEEDED": (
        "Nobody can say now who must be kept apart: a cleared person says first that it may be offered.",
        "Ni all neb ddweud nawr pwy y mae'n rhaid eu cadw ar wah\u00e2n: mae person awdurdodedig yn dweud yn gyntaf y "
        "caniateir ei gynnig.",
    ),
    "TOO_MANY_DELAYS": (
        "It takes no more delays: end it, or go on with it.",
        "Nid yw'n derbyn rhagor o oediadau: dewch ag ef i ben, neu ewch ymlaen ag ef.",
    ),
    "ALREADY_SEEN_TO": ("Somebody has spoken with him.", "Mae rhywun wedi siarad ag ef."),
    "FOR_THE_PARTNER_TO_DECIDE": (
        "The partner owns what is said in this scheme, and decides alone what leaves it.",
        "Y partner biau'r hyn a ddywedir yn y cynllun hwn, a'r partner yn unig sy'n penderfynu beth sy'n ei adael.",
    ),
    "ALREADY_ROSTERED": ("He is on the rota then already.", "Mae ar y rota bryd hynny eisoes."),
    "ALREADY_SAID": ("It is said already: change that one.", "Mae wedi'i ddweud eisoes: newidiwch hwnnw."),
    "ALREADY_STARTED": ("A hand-over was started already.", "Dechreuwyd trosglwyddo eisoes."),
    "ALREADY_SUPERVISED": (
        "Somebody supervises them already: that one ends first.",
        "Mae rhywun yn eu goruchwylio eisoes: daw honno i ben yn gyntaf.",
    ),
    "ASKED_BY_HIMSELF": (
        "He asked this himself: the other answers it.",
        "Gofynnodd ef am hyn ei hun: y llall sy'n ateb.",
    ),
    "DAY_HAS_PASSED": ("Its day has passed.", "Mae ei ddiwrnod wedi mynd heibio."),
    "HAS_A_MENTOR": ("The learner has a mentor.", "Mae gan y dysgwr fentor."),
    "NOTHING_TO_OVERRIDE": (
        "No limit is passed: there is nothing to override.",
        "Nid eir dros unrhyw derfyn: nid oes dim i'w ddiystyru.",
    ),
    "NOT_ROSTERED": ("Nobody of that name is on the rota then.", "Nid oes neb o'r enw hwnnw ar y rota bryd hynny."),
    "OTHERS_WISH": ("It is the other's wish: say no to it.", "Dymuniad y llall ydyw: dywedwch na wrtho."),
    "OTHERS_YES_NEEDED": (
        "The other has not said yes: a swap needs it.",
        "Nid yw'r llall wedi dweud ie: mae ei angen ar gyfnewid.",
    ),
    "NO_SUPPORTER": (
        "It is the supervision of a member of staff: there is no load to show.",
        "Goruchwyliaeth aelod o staff yw hon: nid oes llwyth i'w ddangos.",
    ),
    "TOO_LATE": (
        "It is too near: ask the coordinator, or an officer.",
        "Mae'n rhy agos: gofynnwch i'r cydlynydd, neu i swyddog.",
    ),
    "WISH_WAITS": ("A wish about that band waits already.", "Mae dymuniad am y band hwnnw'n aros eisoes."),
    "SUPERVISOR_IS_SUPERVISED": ("Nobody supervises himself.", "Nid oes neb yn ei oruchwylio ei hun."),
}
"""Told of a record as it stands."""

CARE_SAID: Final = {
    "BOTH_OR_NEITHER": ("Say both, or neither.", "Dywedwch y ddau, neu'r un o'r ddau."),
    "NAMED_IN_A_SWAP": (
        "A swap names another supporter; nothing else does, or says what is had in return.",
        "Mae cyfnewid yn enwi cefnogwr arall; nid yw dim arall yn gwneud hynny, nac yn dweud beth a geir yn gyfnewid.",
    ),
    "NOBODY_SWAPS_WITH_HIMSELF": ("Nobody swaps with himself.", "Nid oes neb yn cyfnewid ag ef ei hun."),
    "ONE_OF_THE_TWO": (
        "Name a supporter, or the assignment of a member of staff: one of the two.",
        "Enwch gefnogwr, neu aseiniad aelod o staff: un o'r ddau.",
    ),
    "STAFF_UNKNOWN": (
        "It is not an assignment of this prison that holds now.",
        "Nid yw'n aseiniad o'r carchar hwn sydd mewn grym nawr.",
    ),
    "SUPERVISOR_UNKNOWN": (
        "By this assignment nobody may lead supervision in this scheme.",
        "Ni chaiff neb arwain goruchwyliaeth yn y cynllun hwn trwy'r aseiniad hwn.",
    ),
    "TASK_PERMITTED": (
        "The task is one of the scheme's own: it is not told here.",
        "Mae'r dasg yn un o dasgau'r cynllun ei hun: ni chaiff ei nodi yma.",
    ),
    "TOO_FAR_AHEAD": ("It is too far ahead.", "Mae'n rhy bell ymlaen."),
}
"""Told of what a body says."""
