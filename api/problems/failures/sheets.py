"""Codes of the sheet of a kind of scheme: what no kind may say, and where a prison's variant is looser than its
base."""

from typing import Final

UNSOUND: Final = {
    "CLOSED_COUNTS_BY_TALLY": ("A closed policy counts by tally.", "Mae polisi caeedig yn cyfrif drwy gyfrif dienw."),
    "CLOSED_COUNTS_ONLY": ("A closed policy keeps counts only.", "Dim ond cyfrifon y mae polisi caeedig yn eu cadw."),
    "CLOSED_FORGETS_AT_BAND_END": (
        "A closed policy forgets who was helped when the band ends.",
        "Mae polisi caeedig yn anghofio pwy a gafodd gymorth ar ddiwedd y band.",
    ),
    "CLOSED_HOLDS_NO_CONTENT": (
        "A closed policy holds nothing of what was said.",
        "Nid yw polisi caeedig yn cadw dim o'r hyn a ddywedwyd.",
    ),
    "NOTE_IS_CONTENT": ("A kind with notes holds content.", "Mae math sydd â nodiadau yn cadw cynnwys."),
    "HOLDS_WHAT_NO_KIND_MAY": ("No kind may hold this.", "Ni chaiff unrhyw fath gadw hyn."),
    "DEBRIEF_TELLS_OF_CONTACT": (
        "Under a closed policy a debrief is offered to all who were on, called or not.",
        "O dan bolisi caeedig cynigir sgwrs wedyn i bawb a oedd ar y rota, p'un a alwyd arnynt ai peidio.",
    ),
    "FLOOR_DROPPED": (
        "A task that is prohibited everywhere is not in the list.",
        "Nid yw tasg a waherddir ym mhobman yn y rhestr.",
    ),
    "TASK_PROHIBITED": ("A permitted task is prohibited too.", "Gwaherddir tasg a ganiateir hefyd."),
    "CERTIFIED_BY_NOBODY": ("Somebody has to certify.", "Rhaid i rywun ardystio."),
    "SOFT_ABOVE_HARD": (
        "The hours above which somebody asks are more than those above which nobody may.",
        "Mae'r oriau y gofynnir amdanynt yn fwy na'r oriau na cheir mynd uwchlaw iddynt.",
    ),
    "CODE_TAKEN": ("Another kind has this code.", "Mae gan fath arall y cod hwn."),
    "BELOW_FLOOR": (
        "Less care than every kind of the country has.",
        "Llai o ofal nag sydd gan bob math yn y wlad.",
    ),
    "EMOTIONAL_IS_CLOSED": (
        "Emotional support is given under a closed policy alone.",
        "O dan bolisi caeedig yn unig y rhoddir cymorth emosiynol.",
    ),
}
LOOSENED: Final = {
    "SUPPORT_TYPE_ADDED": (
        "A variant gives no further type of support.",
        "Nid yw amrywiad yn rhoi math pellach o gymorth.",
    ),
    "STAGE_ADDED": (
        "A variant is for no further stage of a sentence.",
        "Nid yw amrywiad ar gyfer cam pellach o ddedfryd.",
    ),
    "PARTNER_CHANGED": ("A variant has its base's partner.", "Partner ei sylfaen sydd gan amrywiad."),
    "POLICY_CHANGED": ("A variant has its base's policy.", "Polisi ei sylfaen sydd gan amrywiad."),
    "RECORDS_MORE": ("It records more than its base.", "Mae'n cofnodi mwy na'i sylfaen."),
    "HOLDS_IDENTITY_LONGER": (
        "It holds who was helped for longer than its base.",
        "Mae'n cadw pwy a gafodd gymorth yn hwy na'i sylfaen.",
    ),
    "HOLDS_MORE": ("It holds more than its base.", "Mae'n cadw mwy na'i sylfaen."),
    "WORDING_CHANGED": (
        "Words about confidence are the base's, unchanged.",
        "Geiriau'r sylfaen am gyfrinachedd sydd yma, heb eu newid.",
    ),
    "OWNER_CHANGED": ("Content belongs to whom its base says.", "Mae cynnwys yn perthyn i bwy y dywed ei sylfaen."),
    "MORE_HOLD_IDENTITY": ("More hold who was helped.", "Mae mwy yn cadw pwy a gafodd gymorth."),
    "GROUNDS_CHANGED": (
        "The grounds on which something leaves are the base's.",
        "Seiliau'r sylfaen sydd dros rannu rhywbeth.",
    ),
    "ELIGIBILITY_LOOSENED": ("A rule of eligibility is looser.", "Mae rheol cymhwysedd yn llacach."),
    "CERTIFICATION_CHANGED": ("Who certifies is as in its base.", "Y sawl sy'n ardystio yn y sylfaen sy'n ardystio."),
    "MODULE_DROPPED": ("A module of its base is missing.", "Mae modiwl o'i sylfaen ar goll."),
    "TRAINING_SHORTENED": ("Training is shorter.", "Mae'r hyfforddiant yn fyrrach."),
    "OBSERVATION_SHORTENED": ("Fewer contacts are observed.", "Gwylir llai o gysylltiadau."),
    "PROBATION_SHORTENED": ("Probation is shorter.", "Mae'r cyfnod prawf yn fyrrach."),
    "SUPERVISION_STRETCHED": ("Supervision is less often.", "Mae goruchwyliaeth yn llai aml."),
    "DEBRIEF_LOOSENED": ("Debriefs are later, or for fewer.", "Mae sgyrsiau wedyn yn hwyrach, neu i lai."),
    "LOAD_LOOSENED": ("More is asked of a supporter.", "Gofynnir mwy gan gefnogwr."),
    "PAY_CHANGED": ("Pay is as in its base.", "Mae'r tâl fel yn ei sylfaen."),
    "BAND_DROPPED": ("A part of the day is not served.", "Nid yw rhan o'r dydd yn cael ei gwasanaethu."),
    "SELF_SERVICE_LOOSENED": (
        "Supporters may do more about the rota themselves, or later.",
        "Caiff cefnogwyr wneud mwy ynghylch y rota eu hunain, neu'n hwyrach.",
    ),
    "COVERAGE_THINNED": ("There are fewer supporters for as many people.", "Mae llai o gefnogwyr i gynifer o bobl."),
    "RESPONSE_SLOWED": ("The target for an answer is later.", "Mae'r targed am ateb yn hwyrach."),
    "TASK_ADDED": ("A task is permitted that its base does not.", "Caniateir tasg nad yw ei sylfaen yn ei chaniatáu."),
    "PROHIBITION_DROPPED": ("A task is no longer prohibited.", "Ni waherddir tasg mwyach."),
    "CONTACT_CHANGED": ("Contact is recorded as in its base.", "Cofnodir cyswllt fel yn ei sylfaen."),
    "LOOSER_THAN_ITS_BASE": (
        "Its base was tightened since: publish a new version first.",
        "Tynhawyd ei sail ers hynny: cyhoeddwch fersiwn newydd yn gyntaf.",
    ),
}
