"""Codes of evaluations, and of what people answered for them."""

from typing import Final

EVALUATION: Final = {
    "REGISTERED_AS_IT_IS": (
        "It is registered: what is asked, and how, stands.",
        "Mae wedi'i gofrestru: saif yr hyn a ofynnir, a sut.",
    ),
    "ANOTHER_UNDER_WAY": (
        "Another evaluation of the scheme is under way.",
        "Mae gwerthusiad arall o'r cynllun ar waith.",
    ),
    "ANALYSIS_DAY_PASSED": (
        "The day of its analysis has passed.",
        "Mae diwrnod ei ddadansoddi wedi mynd heibio.",
    ),
    "RISK_NOT_STAFFED": (
        "An item asks about risk, and nobody is named today who acts on the answer.",
        "Mae eitem yn gofyn am risg, ac nid enwir neb heddiw sy'n gweithredu ar yr ateb.",
    ),
    "NOT_RUN_LONG_ENOUGH": (
        "The scheme has not run as long as was planned.",
        "Nid yw'r cynllun wedi rhedeg cyhyd ag y cynlluniwyd.",
    ),
    "BEFORE_ANALYSIS_DAY": (
        "The day of its analysis has not come.",
        "Nid yw diwrnod ei ddadansoddi wedi dod.",
    ),
    "NO_EVALUATION_UNDER_WAY": (
        "No evaluation of the scheme is under way.",
        "Nid oes gwerthusiad o'r cynllun ar waith.",
    ),
    "ALREADY_MEASURED": (
        "He was measured with it at that point.",
        "Fe'i mesurwyd ag ef ar y pwynt hwnnw.",
    ),
    "NOT_LET_OUT": (
        "Nothing of this period was let out: it is not over, was not closed, or began before figures were kept.",
        "Ni ryddhawyd dim o'r cyfnod hwn: nid yw ar ben, ni chafodd ei gau, neu dechreuodd cyn cadw ffigurau.",
    ),
    "NO_EVIDENCE": (
        "This job has no pack of evidence to show.",
        "Nid oes gan y gwaith hwn becyn tystiolaeth i'w ddangos.",
    ),
    "NO_CHRONOLOGY": (
        "This job has no chronology to show.",
        "Nid oes gan y gwaith hwn gronoleg i'w dangos.",
    ),
    "NO_EXPORT": (
        "This job has no file to fetch.",
        "Nid oes gan y gwaith hwn ffeil i'w nôl.",
    ),
    "EXPORT_GONE": (
        "The file could be fetched for a day, which has passed. Start the job again.",
        "Gellid nôl y ffeil am ddiwrnod, sydd wedi mynd heibio. Dechreuwch y gwaith eto.",
    ),
    "FILE_GONE": (
        "It could be fetched for some days, which have passed. Start the job again.",
        "Gellid ei nôl am rai dyddiau, sydd wedi mynd heibio. Dechreuwch y gwaith eto.",
    ),
    "NO_REPORT": (
        "This job has no report to show.",
        "Nid oes gan y gwaith hwn adroddiad i'w ddangos.",
    ),
}
"""What stands in the way."""

EVALUATION_SAID: Final = {
    "OUTCOME_NOT_OF_THE_DESIGN": (
        "Where people are compared the outcome is an instrument; of a series it is a measure.",
        "Lle cymherir pobl, offeryn yw'r canlyniad; mewn cyfres, mesur ydyw.",
    ),
    "NAMED_TWICE": ("It is named twice.", "Fe'i henwir ddwywaith."),
    "WING_GOES_WITH_DESIGN": (
        "A wing to compare with goes with that design, and with no other.",
        "Daw adain i gymharu â hi gyda'r cynllun hwnnw, a chyda dim arall.",
    ),
    "WINGS_GO_WITH_DESIGN": (
        "Two wings or more, each with its day, go with a roll-out by steps, and with no other design.",
        "Daw dwy adain neu fwy, pob un â'i diwrnod, gyda chyflwyno fesul cam, a chyda dim arall.",
    ),
    "ANALYSIS_BEFORE_RUNNING_TIME": (
        "It would be analysed before it has run long enough.",
        "Câi ei ddadansoddi cyn iddo redeg yn ddigon hir.",
    ),
    "MORE_REFUSED_THAN_APPROACHED": ("More refused than were asked.", "Gwrthododd mwy nag a ofynnwyd."),
    "DESIGN_SHOWS_NO_EFFECT": (
        "Nothing is compared, so no effect can be shown: say what changed.",
        "Ni chymherir dim, felly ni ellir dangos effaith: dywedwch beth a newidiodd.",
    ),
    "RISK_ITEM_IN_CLOSED_POLICY": (
        "An instrument that asks about risk is never used under a closed policy.",
        "Ni ddefnyddir offeryn sy'n gofyn am risg byth o dan bolisi caeedig.",
    ),
    "NO_SCORES_IN_CLOSED_POLICY": (
        "A closed policy holds no score of anybody.",
        "Nid yw polisi caeedig yn dal sgôr neb.",
    ),
    "ANSWERS_NOT_OF_THE_INSTRUMENT": (
        "The instrument has another number of items.",
        "Mae gan yr offeryn nifer arall o eitemau.",
    ),
    "ANSWER_OUT_OF_BOUNDS": (
        "The item is not answered so.",
        "Nid felly yr atebir yr eitem.",
    ),
    "ANSWERS_OR_REASON": (
        "Either answers, or a reason why there are none.",
        "Naill ai atebion, neu reswm pam nad oes rhai.",
    ),
    "MODE_GOES_WITH_ANSWERS": (
        "How he answered goes with answers.",
        "Mae sut yr atebodd yn mynd gydag atebion.",
    ),
    "RISK_NOT_TOLD": (
        "An answer tells of a risk: tell whoever acts on it now, and say when.",
        "Mae ateb yn sôn am risg: dywedwch wrth bwy bynnag sy'n gweithredu nawr, a dywedwch pryd.",
    ),
    "INSTRUMENT_NOT_OF_THE_PLAN": (
        "The evaluation does not use this instrument.",
        "Nid yw'r gwerthusiad yn defnyddio'r offeryn hwn.",
    ),
    "CONSENT_UNKNOWN": (
        "There is no such version of the words to which people say yes.",
        "Nid oes fersiwn o'r fath o'r geiriau y mae pobl yn cytuno iddynt.",
    ),
}
"""What is wrong with what was sent."""
