"""Codes of a body that can be read, but says what it may not say."""

from typing import Final

REFERENCES: Final = {
    "KIND_UNKNOWN": ("There is no such kind of scheme here.", "Nid oes y fath fath o gynllun yma."),
    "BASE_UNKNOWN": (
        "The kind that this is begun from is not there.",
        "Nid yw'r math y mae hwn yn dechrau ohono yno.",
    ),
    "LOOSER_THAN_ITS_BASE": (
        "The variant is looser than its base is now: no scheme is made of it.",
        "Mae'r amrywiad yn llacach na'i sylfaen fel y mae nawr: ni wneir cynllun ohono.",
    ),
    "MEASURE_UNKNOWN": ("There is no such measure.", "Nid oes y fath fesur."),
    "MODULE_UNKNOWN": ("The kind has no such module.", "Nid oes gan y math y fath fodiwl."),
    "ASSIGNMENT_UNKNOWN": (
        "No assignment of this id may lead the scheme's supervision today.",
        "Ni chaiff unrhyw aseiniad â'r dynodydd hwn arwain goruchwyliaeth y cynllun heddiw.",
    ),
    "NOT_OF_THIS_SCHEME": ("That is another scheme's, or never was.", "Cynllun arall biau hwnnw, neu ni fu erioed."),
    "WING_OF_ANOTHER_PRISON": ("The wing is of another prison.", "Adain carchar arall yw hon."),
    "ISSUER_NOT_TRUSTED": ("No such issuer is trusted here.", "Nid ymddiriedir yn y cyhoeddwr hwnnw yma."),
    "IDENTIFIER": ("That is no prison number here.", "Nid rhif carchar yw hwnnw yma."),
    "CONCERNS": ("Too many concerns, or one of them twice.", "Gormod o bryderon, neu un ohonynt ddwywaith."),
}
DAYS: Final = {
    "NOT_A_MONDAY": ("Weeks begin on Mondays.", "Mae wythnosau'n dechrau ar ddydd Llun."),
    "NOT_A_SUNDAY": ("Weeks end on Sundays.", "Mae wythnosau'n gorffen ar ddydd Sul."),
    "RATE_OVERLAPS": (
        "The band has a rate for some of these weeks.",
        "Mae gan y band gyfradd ar gyfer rhai o'r wythnosau hyn.",
    ),
    "HOLD_TOO_LONG": (
        "A hold lasts half a year at most.",
        "Mae ataliad yn para hanner blwyddyn ar y mwyaf.",
    ),
    "IN_THE_PAST": ("It lies in the past.", "Mae yn y gorffennol."),
    "IN_THE_FUTURE": ("It lies in the future.", "Mae yn y dyfodol."),
    "DUE_BEFORE_START": ("It is due on or before the day it starts.", "Mae'n ddyledus ar y diwrnod cyntaf neu cynt."),
    "DUE_BEFORE_RUNNING_TIME_ENDS": (
        "It is due before it has run as long as it says.",
        "Mae'n ddyledus cyn iddo redeg cyhyd ag y mae'n ei ddweud.",
    ),
    "RUNNING_TIME_ZERO": ("It must run a week at least.", "Rhaid iddo redeg am wythnos o leiaf."),
    "OVERLAPS_ANOTHER": ("Another one is then.", "Mae amser arall gan y cynllun bryd hynny."),
    "ENDS_BEFORE_START": ("It ends before it starts.", "Mae'n gorffen cyn dechrau."),
    "TIMES_OUT_OF_ORDER": ("Seen before arrived.", "Gwelwyd cyn cyrraedd."),
    "BEFORE_IT_BEGAN": ("It is said to have been before it began.", "Dywedir iddo fod cyn iddo ddechrau."),
    "LENGTH": ("A session is of some minutes, and of a few hours at most.", "Munudau i ychydig oriau yw sesiwn."),
    "NOT_WITHIN_A_MONTH": (
        "The last day lies before the first, or more than a month after it.",
        "Mae'r diwrnod olaf cyn y cyntaf, neu fwy na mis ar ei \u00f4l.",
    ),
    "WITHIN_NINETY_DAYS": ("The day lies within ninety days from today.", "Mae'r diwrnod o fewn naw deg diwrnod."),
    "WITHIN_A_YEAR": ("The day lies ahead, within a year from today.", "Mae'r diwrnod o'n blaenau, o fewn blwyddyn."),
    "TWELVE_MONTHS_AT_MOST": ("An assignment lasts twelve months at most.", "Deuddeg mis yw hyd hwyaf aseiniad."),
    "MONTH_NOT_OPEN": (
        "Tallies are handed in for this month and the last.",
        "Caiff cyfrifon eu cyflwyno ar gyfer y mis hwn a'r un diwethaf.",
    ),
    "WITHIN_A_WEEK": ("The day lies within the last week.", "Mae'r diwrnod o fewn yr wythnos ddiwethaf."),
    "DAY_NOT_OPEN": (
        "It can be said of the last twenty-eight days.",
        "Gellir dweud hyn am yr wyth diwrnod ar hugain diwethaf.",
    ),
    "SAID_BY_ANOTHER": ("That is another's to say.", "Rhywun arall sydd i ddweud hynny."),
    "PERIOD_NOT_OVER": ("The period has not ended yet.", "Nid yw'r cyfnod wedi dod i ben eto."),
    "PERIOD_BEFORE_START": (
        "The period ends before the objective starts.",
        "Mae'r cyfnod yn dod i ben cyn i'r amcan ddechrau.",
    ),
    "PERIOD_ALREADY_MEASURED": ("That period was measured already.", "Mesurwyd y cyfnod hwnnw eisoes."),
    "REVIEW_TOO_FAR_AHEAD": ("The review is more than two years ahead.", "Mae'r adolygiad dros ddwy flynedd i ffwrdd."),
}
TOGETHER: Final = {
    "PASSPORT_NOT_VALID": (
        "This passport is not good: which of several reasons it is, is not told.",
        "Nid yw'r pasbort hwn yn ddilys: ni ddywedir pa un o sawl rheswm ydyw.",
    ),
    "MORE_THAN_A_WEEK": ("No week has so many days.", "Nid oes gan wythnos gynifer o ddyddiau."),
    "NO_DAYS": ("No day was said: leave the week out.", "Ni ddywedwyd yr un diwrnod: gadewch yr wythnos allan."),
    "JOB_OF_COORDINATOR": (
        "Only the coordinator has a rota proposed.",
        "Dim ond y cydlynydd sy'n cael cynnig rota.",
    ),
    "JOB_OF_INSPECTORS": (
        "Only the monitoring board and the inspectorate have evidence gathered.",
        "Dim ond y bwrdd monitro a'r arolygiaeth sy'n cael casglu tystiolaeth.",
    ),
    "JOB_OF_CORONER": (
        "Only the coroner and the ombudsman have a chronology made.",
        "Dim ond y crwner a'r ombwdsmon sy'n cael llunio cronoleg.",
    ),
    "PRISON_OR_SCHEME": (
        "Name a prison or one of its schemes: one of the two.",
        "Enwch garchar neu un o'i gynlluniau: un o'r ddau.",
    ),
    "QUARTER_NOT_TOLD": (
        "The quarter is told two weeks after its end.",
        "Dywedir y chwarter bythefnos ar ôl ei ddiwedd.",
    ),
    "JOB_OF_HEADQUARTERS": (
        "Only headquarters counts a whole jurisdiction.",
        "Dim ond y pencadlys sy'n cyfrif awdurdodaeth gyfan.",
    ),
    "REASON_GOES_WITH_NO": (
        "A reason goes with a no, and with nothing else.",
        "Daw rheswm gyda 'na', a chyda dim arall.",
    ),
    "REASON_OR_MINUTES": (
        "A session that took place has minutes, one that did not has a reason.",
        "Mae gan sesiwn a gynhaliwyd funudau; mae gan un nas cynhaliwyd reswm.",
    ),
    "NAME_GOES_WITH_IDENTIFIER": ("A name comes with a prison number.", "Daw enw gyda rhif carchar."),
    "CHECK_GOES_WITH_MANUAL": ("A check that was passed is of a manual.", "Prawf ar lawlyfr yw prawf a basiwyd."),
    "TOLD_GOES_WITH_TOLD": (
        "Who was told goes with an entry that somebody was told.",
        "Mae pwy a hysbyswyd yn mynd gyda chofnod bod rhywun wedi'i hysbysu.",
    ),
    "OTHER_NEEDS_WORDS": ("What is OTHER needs words.", "Mae angen geiriau ar OTHER."),
    "EVERYONE_TOLD": ("Everybody was told: no reason is needed.", "Hysbyswyd pawb: nid oes angen rheswm."),
    "NOBODY_CAME": ("A meeting that was held had somebody at it.", "Roedd rhywun mewn cyfarfod a gynhaliwyd."),
    "MORE_THAN_ASKED": ("More knew than were asked.", "Roedd mwy yn gwybod nag a ofynnwyd."),
    "GOES_WITH_A_WITHHELD_REASON": (
        "Evidence goes with a reason that is withheld.",
        "Mae tystiolaeth yn mynd gyda rheswm a gedwir yn ôl.",
    ),
    "CERTIFICATE_TWICE": (
        "A certificate of that number was awarded.",
        "Dyfarnwyd tystysgrif â'r rhif hwnnw.",
    ),
    "NO_HOURS": ("A course takes an hour at least.", "Mae cwrs yn cymryd awr o leiaf."),
    "NO_CONTACTS": ("Nothing is counted where nothing was.", "Ni chyfrifir dim lle na fu dim."),
    "HOURS_GO_WITH_ATTENDING": (
        "Hours go with being there, and with nothing else.",
        "Mae oriau'n mynd gyda bod yno, ac nid gyda dim arall.",
    ),
    "NOT_IN_THIS_ORDER": (
        "It cannot have been after what is told before it.",
        "Ni all fod wedi digwydd ar ôl yr hyn a ddywedir o'i flaen.",
    ),
    "OFFER_STILL_OPEN": (
        "An offer that is still open is made on its own, and not on a sheet.",
        "Gwneir cynnig sy'n dal ar agor ar wahân, ac nid ar daflen.",
    ),
    "A_REFUSAL_SAYS_WHY": (
        "A refusal has its code, and what was offered instead.",
        "Mae gan wrthodiad ei god, a'r hyn a gynigiwyd yn ei le.",
    ),
    "GOES_WITH_A_REFUSAL": (
        "It goes with a refusal, and with nothing else.",
        "Mae'n mynd gyda gwrthodiad, a chyda dim arall.",
    ),
    "ROLE_DOES_NOT_FIT_CODE": (
        "Nobody in this role can have done so.",
        "Ni all neb yn y rôl hon fod wedi gwneud hynny.",
    ),
    "ME_OR_ANOTHER": (
        "Either it was you, or somebody else in this role.",
        "Naill ai chi oedd, neu rywun arall yn y rôl hon.",
    ),
    "REASON_GOES_WITH_NOT_BEFORE": (
        "A reason goes with not having told the person before, and with nothing else.",
        "Daw rheswm gyda pheidio â dweud wrth y person ymlaen llaw, a chyda dim arall.",
    ),
    "NO_LIST_DECIDES": (
        "No list of a partner decides here: the person agreed, or the prison owns what was said.",
        "Nid oes rhestr partner yn penderfynu yma: cytunodd y person, neu'r carchar biau'r hyn a ddywedwyd.",
    ),
    "CONSENT_IS_THE_GROUND": (
        "The person agreed: that is the ground.",
        "Cytunodd y person: dyna'r sail.",
    ),
    "NO_GROUND_OF_ITS": (
        "That was no ground of this scheme on that day.",
        "Nid oedd honno'n sail i'r cynllun hwn y diwrnod hwnnw.",
    ),
    "THE_LIST_SAYS_IT": (
        "The partner's list says the basis of its grounds.",
        "Rhestr y partner sy'n dweud sylfaen ei seiliau.",
    ),
    "NOT_WHO_IS_NAMED": (
        "The ground names somebody else to be told.",
        "Mae'r sail yn enwi rhywun arall i gael gwybod.",
    ),
    "NEEDED_HERE": ("A scheme of this kind needs it.", "Mae cynllun o'r math hwn ei angen."),
    "CONSENT_NEEDED": (
        "Nobody is referred on without his yes.",
        "Ni chyfeirir neb ymlaen heb ei gydsyniad.",
    ),
    "NOT_A_MEMBER": ("He is not a member of the cohort.", "Nid yw'n aelod o'r garfan."),
    "OUTSIDE_THE_COHORT": ("The cohort does not meet then.", "Nid yw'r garfan yn cyfarfod bryd hynny."),
    "MORE_THAN_A_DAY_HOLDS": (
        "With what is noted of that day it comes to more than ten hours.",
        "Gyda'r hyn a nodwyd am y diwrnod hwnnw, mae'n fwy na deg awr.",
    ),
    "THE_KIND_ASKS_FOR_IT": (
        "The kind of scheme asks for that module: it is mandatory.",
        "Mae'r math o gynllun yn gofyn am y modiwl hwnnw: mae'n orfodol.",
    ),
    "OWN_WISH_ONLY": ("Of himself he enters leave of his own wish.", "Amdano'i hun, gwyliau o'i ddewis yn unig."),
    "TWICE": ("The same stands twice.", "Mae'r un peth yno ddwywaith."),
    "NAMES_NOBODY_IN_CUSTODY": (
        "People in custody are named by their group, never one by one.",
        "Enwir pobl yn y ddalfa yn ôl eu grŵp, byth fesul un.",
    ),
    "TWO_WINGS_AT_MOST": ("Duty is declared for two wings at most.", "Dwy adain ar y mwyaf yw dyletswydd."),
    "ROLE_NOT_HOLDABLE": (
        "This role is not held by somebody of this kind, or not by assignment.",
        "Ni ddelir y rôl hon gan rywun o'r math hwn, neu nid trwy aseiniad.",
    ),
    "MAY_NOT_BE_HELD": (
        "Of this kind of scheme nobody may hold this.",
        "Ni chaiff neb gadw hyn am y math hwn o gynllun.",
    ),
    "KIND_DOES_NOT_ALLOW": (
        "The kind of scheme, or its jurisdiction, has no such thing.",
        "Nid oes y fath beth gan y math o gynllun na'i awdurdodaeth.",
    ),
    "WORD_OF_ANOTHER": (
        "Only who found it says so: inspectors and the monitoring board speak for themselves.",
        "Dim ond y sawl a'i canfu sy'n dweud hynny: mae arolygwyr a'r bwrdd monitro yn siarad drostynt eu hunain.",
    ),
}
NUMBERS: Final = {
    "MORE_THAN_WANTED": ("The floor is above the aim.", "Mae'r lleiafswm yn uwch na'r nod."),
    "LESS_THAN_NEEDED": ("The pilot's limit is below the floor.", "Mae terfyn y peilot yn is na'r lleiafswm."),
    "BEYOND_THE_MEASURE": (
        "The value is more than its measure can be.",
        "Mae'r gwerth yn fwy nag y gall ei fesur fod.",
    ),
    "MEASURE_NOT_FOR_THIS_KIND": ("The measure is of other kinds of scheme.", "Mesur mathau eraill o gynllun yw hwn."),
    "TARGET_IS_BASELINE": ("The target is where it stands already.", "Mae'r targed lle mae pethau eisoes."),
    "TARGET_ON_WRONG_SIDE": ("The target is worse than the baseline.", "Mae'r targed yn waeth na'r llinell sylfaen."),
    "NEED_NOT_IN_CHARTER": (
        "No version of the charter that is written or in force names this need.",
        "Nid oes unrhyw fersiwn o'r siarter sy'n cael ei hysgrifennu neu mewn grym yn enwi'r angen hwn.",
    ),
    "NOT_AN_ENDING": ("That is not how an enrolment ends.", "Nid dyna sut y daw cofrestriad i ben."),
}
