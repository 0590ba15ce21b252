"""Codes of what cannot be done today: where a record stands, or a rule over it."""

from typing import Final

LIFE: Final = {
    "HOW_TO_ASK_MISSING": ("The scheme does not say how to ask.", "Nid yw'r cynllun yn dweud sut i ofyn."),
    "REVIEW_DATE_MISSING": ("No day is set for its review.", "Nid oes diwrnod wedi'i bennu ar gyfer ei adolygu."),
    "REVIEW_OVERDUE": ("The day of its review has passed.", "Mae diwrnod ei adolygu wedi mynd heibio."),
    "NO_ACTIVE_SUPPORTER": ("No supporter is active.", "Nid oes cefnogwr gweithredol."),
    "MORE_THAN_THE_PILOT_LIMIT": (
        "More are in role than its pilot may have.",
        "Mae mwy mewn rôl nag a ganiateir i'w beilot.",
    ),
    "SUPPORTERS_TOO_FEW": (
        "Fewer supporters are active than its floor.",
        "Mae llai o gefnogwyr gweithredol na'i leiafswm.",
    ),
    "SUPERVISION_VACANT": ("Nobody leads supervision.", "Nid oes neb yn arwain goruchwyliaeth."),
    "PILOT_NOT_OVER": ("The days of its pilot are not over.", "Nid yw dyddiau ei beilot ar ben."),
    "PRISON_NOT_ROLLED_OUT": (
        "The service is not rolled out in its prison: it can be prepared, and not opened.",
        "Nid yw'r gwasanaeth wedi'i gyflwyno yn ei garchar: gellir ei baratoi, ond nid ei agor.",
    ),
    "CHARTER_NOT_PUBLISHED": ("It has no published charter.", "Nid oes ganddo siarter gyhoeddedig."),
    "OBJECTIVES_NOT_SMART": (
        "It has no objective, or one that is not SMART (`notSmart` says why).",
        "Nid oes ganddo amcan, neu mae un nad yw'n SMART (mae `notSmart` yn dweud pam).",
    ),
    "CONTINGENCY_PLAN_MISSING": (
        "It has no contingency plan in force.",
        "Nid oes ganddo gynllun wrth gefn mewn grym.",
    ),
    "NOT_ADVERTISED": (
        "Nothing tells those who might ask of it today.",
        "Nid oes dim yn dweud amdano heddiw wrth y rhai a allai ofyn.",
    ),
    "NOT_SUSPENDED_FOR_A_DAY": (
        "A scheme of a closed policy is suspended for a day before it closes.",
        "Caiff cynllun â pholisi caeedig ei atal am ddiwrnod cyn cau.",
    ),
    "APPROVER_IS_PLANNER": (
        "You started it or wrote in its plan: somebody else approves it.",
        "Chi a'i dechreuodd neu a ysgrifennodd yn ei gynllun: rhywun arall sy'n ei gymeradwyo.",
    ),
    "TOO_MANY_DRAFTS": (
        "The prison has as many schemes in draft as it may have.",
        "Mae gan y carchar gynifer o gynlluniau drafft ag y caiff.",
    ),
    "REVIEW_FIRST": (
        "Only a review puts the day of the next one off.",
        "Dim ond adolygiad sy'n gohirio diwrnod yr un nesaf.",
    ),
    "SUPPORTERS_STILL_IN_ROLE": ("Supporters are still in role.", "Mae cefnogwyr mewn rôl o hyd."),
    "APPLICATIONS_STILL_OPEN": ("Applications are still to be decided.", "Mae ceisiadau am rôl i'w penderfynu o hyd."),
    "CONTINGENCY_PLAN_ON": ("A contingency plan of it is on.", "Mae cynllun wrth gefn iddo ar waith."),
    "ENROLMENTS_STILL_OPEN": ("Learners are still enrolled.", "Mae dysgwyr wedi'u cofrestru o hyd."),
    "REQUESTS_STILL_OPEN": ("Requests wait for an answer.", "Mae ceisiadau'n aros am ateb."),
    "PARTNER_NOT_TOLD": ("Its partner was not told.", "Ni hysbyswyd ei bartner."),
    "LESSONS_MISSING": ("What was learned is not written.", "Nid yw'r hyn a ddysgwyd wedi'i ysgrifennu."),
    "LEARNERS_NOT_PLACED": (
        "Where those whom it helped go is not said.",
        "Ni ddywedir i ble y mae'r rhai a gafodd gymorth yn mynd.",
    ),
    "FIXED_BY_APPROVAL": (
        "It was approved so: the governor changes it now.",
        "Fe'i cymeradwywyd felly: y llywodraethwr sy'n ei newid nawr.",
    ),
    "SCHEME_CLOSED": ("The scheme has closed.", "Mae'r cynllun wedi cau."),
    "SCHEME_NOT_OPEN": ("The scheme is not open.", "Nid yw'r cynllun ar agor."),
    "CLOSED": ("The watch is over.", "Mae'r gwylio ar ben."),
    "FIXED_BY_CHARTER": (
        "The charter in force says so: its next version changes it.",
        "Mae'r siarter mewn grym yn dweud hynny: y fersiwn nesaf sy'n ei newid.",
    ),
    "LOWERED_WHILE_SHORT": (
        "The floor is not lowered while supporters are too few.",
        "Ni ostyngir y lleiafswm tra bo rhy ychydig o gefnogwyr.",
    ),
}
CHARTERS: Final = {
    "DRAFT_EXISTS": (
        "Another version is written or waits for signatures.",
        "Mae fersiwn arall yn cael ei hysgrifennu neu'n aros am lofnodion.",
    ),
    "TASK_PERMITTED_AND_PROHIBITED": (
        "A task is both permitted and prohibited.",
        "Mae tasg yn cael ei chaniatáu a'i gwahardd.",
    ),
    "TASK_PROHIBITED_BY_KIND": ("The kind of scheme prohibits a task.", "Mae'r math o gynllun yn gwahardd tasg."),
    "NEED_WITHOUT_OUTCOME": ("No outcome answers one of the needs.", "Nid oes canlyniad sy'n ateb un o'r anghenion."),
    "OUTCOME_WITHOUT_NEED": ("An outcome answers none of the needs.", "Nid yw canlyniad yn ateb dim o'r anghenion."),
    "REVIEW_NOT_AHEAD": ("The day of review does not lie ahead.", "Nid yw'r diwrnod adolygu o'n blaenau."),
    "ANALYSIS_NOT_AHEAD": ("The day of analysis does not lie ahead.", "Nid yw'r diwrnod dadansoddi o'n blaenau."),
    "SIGNATURE_MISSING_SAFER_CUSTODY": ("Safer custody has not signed it.", "Nid yw dalfa fwy diogel wedi'i llofnodi."),
    "SIGNATURE_MISSING_GOVERNOR": ("The governor has not signed it.", "Nid yw'r llywodraethwr wedi'i llofnodi."),
    "SIGNATURE_MISSING_PARTNER": ("Its partner has not signed it.", "Nid yw ei phartner wedi'i llofnodi."),
    "ALREADY_SIGNED": ("This role has signed it.", "Mae'r rôl hon wedi'i llofnodi."),
    "SIGNER_IS_AUTHOR": (
        "You wrote in it: somebody else signs.",
        "Rydych wedi ysgrifennu ynddi: rhywun arall sy'n llofnodi.",
    ),
    "SIGNED_IN_ANOTHER_ROLE": (
        "You signed it in another role: nobody is two signatures.",
        "Rydych wedi'i llofnodi mewn rôl arall: nid yw neb yn ddau lofnod.",
    ),
    "OBJECTIVE_UNKNOWN": (
        "The scheme has no such objective.",
        "Nid oes gan y cynllun y fath amcan.",
    ),
    "OBJECTIVE_CLOSED": ("The objective was given up.", "Rhoddwyd y gorau i'r amcan."),
    "OBJECTIVE_UNDER_WAY": (
        "Something was measured: the goal stands where it stood.",
        "Mesurwyd rhywbeth: mae'r nod yn aros lle'r oedd.",
    ),
    "START_MISSING": ("It does not say when it starts.", "Nid yw'n dweud pryd y mae'n dechrau."),
    "POINTS_FULL": ("No more is measured by hand for it.", "Ni fesurir mwy â llaw ar ei gyfer."),
    "SPECIFIC_TARGET_MISSING": ("Specific: it has no target.", "Penodol: nid oes ganddo darged."),
    "SPECIFIC_GROUP_MISSING": ("Specific: it is for no group.", "Penodol: nid yw ar gyfer unrhyw grŵp."),
    "MEASURABLE_BASELINE_UNKNOWN": (
        "Measurable: where it stands now is not known, nor by when it will be.",
        "Mesuradwy: ni wyddys lle mae pethau nawr, na phryd y gwyddys.",
    ),
    "MEASURABLE_BASELINE_OVERDUE": (
        "Measurable: where it stands should be known by now.",
        "Mesuradwy: dylid gwybod erbyn hyn lle mae pethau.",
    ),
    "MEASURABLE_SOURCE_MISSING": (
        "Measurable: nothing says where the baseline comes from.",
        "Mesuradwy: nid oes dim yn dweud o ble y daw'r llinell sylfaen.",
    ),
    "ACHIEVABLE_NOT_ARGUED": ("Achievable: nothing says why.", "Cyraeddadwy: nid oes dim yn dweud pam."),
    "RELEVANT_NEED_MISSING": ("Relevant: it serves no need.", "Perthnasol: nid yw'n gwasanaethu unrhyw angen."),
    "RELEVANT_NEED_NOT_IN_CHARTER": (
        "Relevant: it serves a need that the charter does not name.",
        "Perthnasol: mae'n gwasanaethu angen nad yw'r siarter yn ei enwi.",
    ),
    "TIMED_START_MISSING": ("Timed: it does not say when it starts.", "Amserol: nid yw'n dweud pryd y mae'n dechrau."),
    "TIMED_DUE_MISSING": ("Timed: it does not say when it is due.", "Amserol: nid yw'n dweud pryd y mae'n ddyledus."),
    "TIMED_RUNNING_TIME_MISSING": (
        "Timed: it does not say how long it must run before it is judged.",
        "Amserol: nid yw'n dweud pa mor hir y mae'n rhaid iddo redeg cyn ei farnu.",
    ),
    "FINDING_UNKNOWN": ("The scheme has no such finding.", "Nid oes gan y cynllun y fath ganfyddiad."),
    "FINDING_NOT_OPEN": (
        "The finding was answered or declined already.",
        "Atebwyd neu gwrthodwyd y canfyddiad eisoes.",
    ),
    "EFFECTIVE_DAY_HAS_PASSED": (
        "The day from which it was to hold has passed.",
        "Mae'r diwrnod y byddai'n dal ohono wedi mynd heibio.",
    ),
    "PROMISE_HAS_BEGUN": (
        "It is promised from its day on: only another version ends it.",
        "Mae'n addewid o'i ddiwrnod ymlaen: dim ond fersiwn arall sy'n dod ag ef i ben.",
    ),
    "CLEARED_ROLES_SETTLE_IT": (
        "Whoever is cleared to know why settles it.",
        "Y sawl sydd wedi'i glirio i wybod pam sy'n ei gwblhau.",
    ),
    "SECOND_PERSON_NEEDED": ("Whoever made it does not say yes to it.", "Nid y sawl a'i gwnaeth sy'n dweud 'ie'."),
    "NUMBER_IN_USE": (
        "Somebody has this number again: he is joined or corrected first.",
        "Mae gan rywun y rhif hwn eto: caiff ei gyfuno neu ei gywiro gyntaf.",
    ),
    "BOUND_BY_CHARTER": (
        "A plan that was handed in names it so: set another.",
        "Mae cynllun a gyflwynwyd yn ei enwi felly: gosodwch un arall.",
    ),
}
PEOPLE: Final = {
    "NEVER_ACTIVE": ("He was never active in this role.", "Ni fu erioed yn weithredol yn y rôl hon."),
    "TOO_LONG_SINCE_ACTIVE": (
        "His role ended a year ago or more.",
        "Daeth ei rôl i ben flwyddyn yn ôl neu fwy.",
    ),
    "PASSPORT_OF_ANOTHER_KIND": (
        "The passport is of another kind of scheme.",
        "Mae'r pasbort ar gyfer math arall o gynllun.",
    ),
    "ALREADY_RATED": ("He has rated himself for this moment.", "Mae wedi sgorio ei hun ar gyfer yr adeg hon."),
    "PAY_NOT_OF_THIS_KIND": ("Supporters of this kind are not paid.", "Ni thelir cefnogwyr o'r math hwn."),
    "NOT_IN_ROLE_THAT_WEEK": ("He was not in the role in that week.", "Nid oedd yn y rôl yn yr wythnos honno."),
    "NO_RATE_THAT_WEEK": ("The band has no rate for that week.", "Nid oes cyfradd i'r band ar gyfer yr wythnos honno."),
    "WEEK_ALREADY_ENTERED": ("That week was entered already.", "Cofnodwyd yr wythnos honno eisoes."),
    "JOB_ALREADY_THERE": ("The prison has this job already.", "Mae gan y carchar y swydd hon eisoes."),
    "TOO_MANY_JOBS": ("The prison has as many jobs as it may have.", "Mae gan y carchar gynifer o swyddi ag y caiff."),
    "NOT_IN_USE": ("It is not in use any more.", "Nid yw'n cael ei ddefnyddio mwyach."),
    "HOLD_ALREADY_ASKED": (
        "A hold on this supporter was asked for already, or stands.",
        "Gofynnwyd eisoes am atal trosglwyddo'r cefnogwr hwn, neu mae un mewn grym.",
    ),
    "DECIDER_ASKED": (
        "You asked for it: somebody else decides.",
        "Chi a ofynnodd amdano: rhywun arall sy'n penderfynu.",
    ),
    "ALREADY_APPLIED": ("He has applied, or is a supporter of it.", "Mae wedi gwneud cais, neu mae'n gefnogwr iddo."),
    "ALREADY_DECIDED": ("This side has said its yes or no.", "Mae'r ochr hon wedi dweud ei 'ie' neu ei 'na'."),
    "MODULES_MISSING": ("Modules are still to be passed.", "Mae modiwlau i'w pasio o hyd."),
    "OBSERVED_CONTACTS_MISSING": (
        "Contacts are still to be observed.",
        "Mae cysylltiadau i'w gwylio o hyd.",
    ),
    "COMPACT_NOT_SIGNED": ("The compact is not signed.", "Nid yw'r cytundeb wedi'i lofnodi."),
    "PARTNER_CERTIFIES": ("Its partner certifies, nobody else.", "Ei bartner sy'n ardystio, neb arall."),
    "CERTIFICATE_EXPIRED": ("The certificate has expired.", "Mae'r dystysgrif wedi dod i ben."),
    "ATTENDANCE_MISSING": ("A mandatory course was not attended.", "Ni fynychwyd cwrs gorfodol."),
    "TRAINING_HOURS_MISSING": (
        "He was not at enough hours of training.",
        "Nid oedd mewn digon o oriau o hyfforddiant.",
    ),
    "COMPETENCE_NOT_SIGNED": (
        "A competence is still to be signed for.",
        "Mae cymhwysedd i'w lofnodi o hyd.",
    ),
    "SIGNED_BY_TRAINER": ("Who trained him does not sign for him.", "Nid y sawl a'i hyfforddodd sy'n llofnodi drosto."),
    "ALREADY_SIGNED": ("It was signed for.", "Llofnodwyd drosto."),
    "COHORT_FULL": ("The cohort takes no more.", "Nid yw'r garfan yn derbyn rhagor."),
    "NOT_IN_TRAINING": ("He is not somebody who is taught now.", "Nid yw'n cael ei ddysgu nawr."),
    "MODULE_PASSED": ("That module was passed.", "Pasiwyd y modiwl hwnnw."),
    "ALREADY_SAID": ("That word was given; the other one is waited for.", "Rhoddwyd y gair hwnnw; disgwylir y llall."),
    "SUSPENSION_UNDECIDED": (
        "A suspension is decided by two: nobody stands him down meanwhile.",
        "Dau sy'n penderfynu ar ataliad: nid oes neb yn ei ryddhau yn y cyfamser.",
    ),
    "NOT_HERE_YET": (
        "The prison that he comes from has not told yet that he left.",
        "Nid yw'r carchar y daw ohono wedi dweud eto ei fod wedi gadael.",
    ),
    "REMOVAL_NEEDS_SUSPENSION": (
        "Who is in the role is removed by two, after a suspension that another reviewed.",
        "Dau sy'n diswyddo rhywun yn y rôl, ar ôl ataliad a adolygwyd gan rywun arall.",
    ),
    "NAMED_ALREADY": ("Somebody else is named in it.", "Mae rhywun arall wedi'i enwi ynddo."),
    "SAME_PERSON": (
        "Who took part in it before does not decide it.",
        "Nid y sawl a gymerodd ran ynddo o'r blaen sy'n ei benderfynu.",
    ),
    "TOO_LATE_TO_APPEAL": ("The 28 days for an appeal are over.", "Mae'r 28 diwrnod i apelio ar ben."),
    "PROBATION_NOT_OVER": ("Probation is not over.", "Nid yw'r cyfnod prawf ar ben."),
    "PILOT_FULL": ("The pilot takes on no more.", "Nid yw'r peilot yn derbyn rhagor."),
    "MENTOR_IS_LEARNER": ("Nobody is his own mentor.", "Nid yw neb yn fentor iddo'i hun."),
    "NO_MENTOR": ("The learner has no mentor now.", "Nid oes gan y dysgwr fentor nawr."),
    "NOT_AVAILABLE": (
        "The supporter, or the time, is not to be had.",
        "Nid yw'r cefnogwr, neu'r amser, ar gael.",
    ),
    "NOT_TO_ONESELF": ("Nobody gives himself a role.", "Nid oes neb yn rhoi rôl iddo'i hun."),
    "NOT_TO_WHO_GRANTED_ONESELF": (
        "Nobody gives a role to whoever gave him his own.",
        "Nid oes neb yn rhoi rôl i'r sawl a roddodd ei rôl iddo.",
    ),
    "ORGANISATION": (
        "You do not say whose person somebody of this organisation is.",
        "Nid chi sy'n dweud person pwy yw rhywun o'r sefydliad hwn.",
    ),
    "ADMINISTRATORS_HOLD_NO_READING_ROLE": (
        "Who gives access reads nothing that access is given to.",
        "Nid yw'r sawl sy'n rhoi mynediad yn darllen dim o'r hyn y rhoddir mynediad iddo.",
    ),
    "ACTS_FOR_ANOTHER_ORGANISATION": (
        "Who speaks for a partner acts for no other organisation.",
        "Nid yw'r sawl sy'n siarad dros bartner yn gweithredu dros sefydliad arall.",
    ),
    "ADMINISTRATOR_EXISTS": ("There is an administrator already.", "Mae gweinyddwr eisoes."),
    "ALREADY_ASSIGNED": ("He has this role there already.", "Mae ganddo'r rôl hon yno eisoes."),
    "ENDED": ("The assignment has ended.", "Mae'r aseiniad wedi dod i ben."),
    "NOTHING_TO_CONFIRM": ("It needs no second person, or has one.", "Nid oes angen ail berson, neu mae un."),
    "OTHER_ORGANISATION_NEEDED": (
        "Somebody of another organisation confirms it.",
        "Rhywun o sefydliad arall sy'n ei gadarnhau.",
    ),
    "PARTNER_NEEDED": (
        "It says what a partner answers for: the partner says yes first.",
        "Mae'n dweud yr hyn y mae partner yn atebol amdano: y partner sy'n cytuno'n gyntaf.",
    ),
    "PROMISE_HAS_BEGUN": (
        "It is in force: another version ends it.",
        "Mae mewn grym: fersiwn arall sy'n dod ag ef i ben.",
    ),
}
REGISTERS: Final = {
    "ALREADY_FINISHED": ("It is finished already.", "Mae wedi'i orffen eisoes."),
    "ALREADY_LISTED": ("The scheme has this risk in its register.", "Mae'r risg hon yng nghofrestr y cynllun."),
    "ALREADY_PLANNED": ("The scheme has a plan for this already.", "Mae gan y cynllun gynllun ar gyfer hyn eisoes."),
    "ALREADY_PUBLISHED": ("Its outcome was published already.", "Cyhoeddwyd ei ganlyniad eisoes."),
    "ALREADY_TOLD": ("They were told already.", "Fe'u hysbyswyd eisoes."),
    "ALREADY_DONE_LATER": ("It was done on a later day already.", "Fe'i gwnaed ar ddiwrnod diweddarach eisoes."),
    "IN_USE": ("The place is in use now.", "Mae'r lle yn cael ei ddefnyddio nawr."),
    "OUT_OF_USE": ("The place is out of use now.", "Nid yw'r lle yn cael ei ddefnyddio nawr."),
    "PLAN_ACTIVE": ("The plan is on.", "Mae'r cynllun wrth gefn ar waith."),
    "PLAN_NOT_IN_FORCE": ("The plan is not in force.", "Nid yw'r cynllun wrth gefn mewn grym."),
    "NOT_BEGUN": ("It has not begun.", "Nid yw wedi dechrau."),
    "NOT_IN_FORCE": ("It is not in force.", "Nid yw mewn grym."),
    "NOT_EVERYONE_TOLD": (
        "Not everybody was told whom the plan names.",
        "Ni hysbyswyd pawb y mae'r cynllun yn eu henwi.",
    ),
    "LOG_FULL": ("The log takes no more entries.", "Nid yw'r log yn derbyn rhagor o gofnodion."),
    "NOT_PUBLISHED": ("Nothing of it is published.", "Nid oes dim ohono wedi'i gyhoeddi."),
    "PUBLISHER_IS_PROPOSER": (
        "You wrote it down: somebody else publishes it.",
        "Chi a'i cofnododd: rhywun arall sy'n ei gyhoeddi.",
    ),
}
