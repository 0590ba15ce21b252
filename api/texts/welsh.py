"""Welsh for the kinds of scheme: data under review, like the emergency words (`api.do_this_now`).

A translator checks every line before a service goes live, and the owner of a promise approves its wording: the prison
service for the kinds that are its own, a partner for its own. What no owner has approved yet is kept as a draft and not
served; what nobody has translated yet is in `AWAITING`. A test holds that every text is in one of these.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from domain.schemes.tasks import Task as T
from domain.schemes.vocabulary import SupportType as S


@dataclass(frozen=True, slots=True)
class Words:
    """A kind's words in one language. `approved`: its owner has approved what is promised, in this language."""

    title: str
    purpose: str
    purpose_plain: str
    told_to_newcomers: str
    told_plain: str
    approved: bool


KINDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        # A draft: the words are Samaritans' promise, and Samaritans have not approved them in Welsh.
        "LISTENERS": Words(
            "Gwrandawyr",
            "Cymorth emosiynol cyfrinachol i unrhyw un sy'n cael trafferth ymdopi neu sy'n teimlo'n hunanladdol, ddydd "
            "a nos.",
            "Teimlo'n isel, neu'n meddwl am hunanladdiad? Bydd Gwrandäwr yn gwrando, ddydd neu nos. Mae'n breifat.",
            "Mae'r hyn a ddywedwch yn aros gyda'r Gwrandawyr a'r Samariaid. Ni ddywedir wrth staff beth a ddywedwyd.",
            "Mae'r hyn a ddywedwch yn aros gyda'r Gwrandawyr a'r Samariaid. Ni ddywedir wrth swyddogion.",
            approved=False,
        ),
        "INSIDERS": Words(
            "Mewnolion",
            "Cwrdd â phob newydd-ddyfodiad o fewn 24 awr, esbonio sut mae'r carchar yn gweithio, a dweud pwy "
            "all helpu.",
            "Newydd yma? Carcharor sy'n dangos i chi sut mae pethau'n gweithio yw Mewnolyn.",
            "Byddaf yn dweud wrth staff os wyf yn poeni amdanoch. I siarad yn gyfrinachol, gofynnwch am Wrandäwr.",
            "Os wyf yn poeni amdanoch, dywedaf wrth swyddog. I siarad yn breifat, gofynnwch am Wrandäwr.",
            approved=True,
        ),
        "INFORMATION_DESK": Words(
            "Desg wybodaeth y carchar",
            "Ateb cwestiynau am reolau a ffurflenni'r carchar ei hun, a dweud pwy all helpu gyda'r gweddill.",
            "Angen ffurflen neu ateb? Gofynnwch wrth y ddesg ar eich adain.",
            "Rwy'n helpu gyda'r ffurflen ac nid wyf yn cadw copi. Dywedaf wrth staff os credaf fod rhywun mewn perygl.",
            "Rwy'n eich helpu gyda'r ffurflen. Nid wyf yn cadw copi. Os oes rhywun mewn perygl, dywedaf wrth swyddog.",
            approved=True,
        ),
        "VIOLENCE_REDUCTION": Words(
            "Cynrychiolwyr lleihau trais",
            "Tawelu anghydfodau cyn iddynt droi'n drais, a dweud wrth staff am yr hyn na ddylai carcharor ei setlo.",
            "Helynt gyda rhywun? Gall cynrychiolydd helpu'r ddau ohonoch i siarad, cyn iddo waethygu.",
            "Gallaf helpu i setlo anghydfod. Os gall rhywun gael ei anafu, dywedaf wrth staff, a nhw sy'n ei drin.",
            "Gallaf helpu'r ddau ohonoch i siarad. Os gall rhywun gael ei anafu, dywedaf wrth staff.",
            approved=True,
        ),
        "EQUALITY_REPRESENTATIVES": Words(
            "Cynrychiolwyr cydraddoldeb",
            "Cynnal fforymau, helpu pobl i roi gwybod am wahaniaethu, a dod â'r hyn y mae grŵp cyfan yn ei wynebu "
            "at staff.",
            "Wedi cael eich trin yn annheg am bwy ydych chi? Gall cynrychiolydd eich helpu i roi gwybod.",
            "Rwy'n codi materion, nid enwau. Rwy'n eich helpu i lenwi adroddiad, ac ni ddarllenaf yr un gorffenedig.",
            "Rwy'n siarad dros grwpiau. Nid wyf yn rhoi enwau. Nid wyf yn darllen eich adroddiad gorffenedig.",
            approved=True,
        ),
        "VETERANS": Words(
            "Cynrychiolwyr cyn-filwyr",
            "Dod â phobl a wasanaethodd yn y lluoedd at ei gilydd, a'u harwain at yr hyn sydd ar gael iddynt.",
            "Oeddech chi yn y lluoedd arfog? Gall cyn-filwr yma ddweud wrthych pa help sydd ar gael.",
            "Nid wyf yn cadw rhestr o bwy a wasanaethodd. Dywedaf wrth staff os wyf yn poeni amdanoch.",
            "Nid wyf yn cadw rhestr. Os wyf yn poeni amdanoch, dywedaf wrth staff.",
            approved=True,
        ),
    }
)
AWAITING: Final = frozenset(
    {
        "SHANNON_TRUST",
        "PEER_ADVISERS",
        "HEALTH_TRAINERS",
        "HEALTH_CHAMPIONS",
        "SOCIAL_CARE_BUDDIES",
        "RECOVERY_MENTORS",
        "COUNCIL",
        "THROUGH_THE_GATE",
        "RED_CROSS_VOLUNTEERS",
    }
)
"""Kinds whose partner has given no Welsh words yet; the last is Ireland's, where Welsh is no language of the pack."""

SUPPORT_TYPES: Final[Mapping[S, str]] = MappingProxyType(
    {
        S.EMOTIONAL: "Cymorth emosiynol",
        S.INDUCTION: "Sefydlu",
        S.EDUCATION: "Addysg",
        S.INFORMATION_ADVICE: "Gwybodaeth a chyngor",
        S.HEALTH_ADVICE: "Cyngor iechyd",
        S.SOCIAL_CARE: "Gofal cymdeithasol",
        S.RECOVERY: "Adferiad",
        S.RESETTLEMENT: "Ailsefydlu",
        S.ADVOCACY_REPRESENTATION: "Eiriolaeth a chynrychiolaeth",
        S.SAFETY_VIOLENCE_REDUCTION: "Diogelwch a lleihau trais",
        S.FAITH_CULTURE_IDENTITY: "Ffydd, diwylliant a hunaniaeth",
        S.END_OF_LIFE: "Diwedd oes",
    }
)
TASKS: Final[Mapping[T, str]] = MappingProxyType(
    {
        T.LISTEN_IN_PRIVATE: "Gwrando'n breifat",
        T.EXPLORE_FEELINGS: "Archwilio teimladau",
        T.TELL_HOW_TO_REACH_SAMARITANS: "Dweud sut i gysylltu â'r Samariaid",
        T.GIVE_ADVICE: "Rhoi cyngor",
        T.ATTEND_CASE_REVIEW_AS_INFORMANT: "Mynychu adolygiad achos fel hysbysydd",
        T.MEET_AND_GREET: "Cwrdd a chyfarch",
        T.SHOW_ROUND: "Dangos y lle",
        T.EXPLAIN_FORMS: "Esbonio ffurflenni",
        T.SIGNPOST: "Cyfeirio",
        T.ASK_ABOUT_OFFENCE: "Holi am y drosedd",
        T.ASSESS_RISK: "Asesu risg",
        T.HANDLE_PROPERTY: "Trin eiddo",
        T.READ_TOGETHER: "Darllen gyda'n gilydd",
        T.COUNT_TOGETHER: "Cyfrif gyda'n gilydd",
        T.KEEP_PROGRESS_CARD: "Cadw cerdyn cynnydd",
        T.READ_LEGAL_POST: "Darllen post cyfreithiol",
        T.PASS_ITEMS: "Pasio eitemau",
        T.ADVISE_ON_HOUSING: "Cynghori ar dai",
        T.ADVISE_ON_DEBT: "Cynghori ar ddyled",
        T.REFER_TO_AGENCY: "Atgyfeirio at asiantaeth",
        T.KEEP_CASE_NOTES: "Cadw nodiadau achos",
        T.GIVE_LEGAL_ADVICE: "Rhoi cyngor cyfreithiol",
        T.HELP_TO_FILL_IN_FORMS: "Helpu i lenwi ffurflenni",
        T.KEEP_COPIES_OF_PAPERS: "Cadw copïau o bapurau",
        T.DECIDE_APPLICATIONS: "Penderfynu ar geisiadau",
        T.GIVE_HEALTH_INFORMATION: "Rhoi gwybodaeth iechyd",
        T.SET_GOALS_TOGETHER: "Gosod nodau gyda'n gilydd",
        T.LEAD_GROUP: "Arwain grŵp",
        T.GIVE_CLINICAL_ADVICE: "Rhoi cyngor clinigol",
        T.SEE_CLINICAL_RECORDS: "Gweld cofnodion clinigol",
        T.CLEAN_CELL: "Glanhau cell",
        T.COLLECT_MEALS: "Casglu prydau",
        T.PUSH_WHEELCHAIR: "Gwthio cadair olwyn",
        T.ACCOMPANY_TO_APPOINTMENTS: "Cyd-fynd ag apwyntiadau",
        T.KEEP_COMPANY: "Cadw cwmni",
        T.REPORT_CONCERNS: "Rhoi gwybod am bryderon",
        T.HANDLE_MONEY: "Trin arian",
        T.SHARE_OWN_RECOVERY: "Rhannu eich adferiad eich hun",
        T.REPORT_PROGRESS_TO_STAFF: "Adrodd cynnydd i staff",
        T.TEST_FOR_DRUGS: "Profi am gyffuriau",
        T.RUN_HEALTH_PROJECT: "Cynnal prosiect iechyd",
        T.MEDIATE: "Cyfryngu",
        T.CALM_DISPUTE: "Tawelu anghydfod",
        T.TELL_STAFF_OF_DANGER: "Dweud wrth staff am berygl",
        T.HOLD_FORUM: "Cynnal fforwm",
        T.HELP_TO_REPORT_DISCRIMINATION: "Helpu i roi gwybod am wahaniaethu",
        T.READ_DISCRIMINATION_REPORTS: "Darllen adroddiadau gwahaniaethu",
        T.LINK_TO_VETERANS_SERVICES: "Cysylltu â gwasanaethau cyn-filwyr",
        T.BRING_PROPOSALS: "Dod â chynigion",
        T.TAKE_UP_PERSONAL_COMPLAINTS: "Ymgymryd â chwynion personol",
        T.NAME_PERSONS_IN_MINUTES: "Enwi pobl mewn cofnodion",
        T.PLAN_RELEASE: "Cynllunio rhyddhau",
        T.MEET_AT_GATE: "Cwrdd wrth y giât",
        T.SPECULATE_ON_LICENCE: "Dyfalu am drwydded",
        T.INTIMATE_CARE: "Gofal personol agos",
        T.CONSTANT_SUPERVISION: "Goruchwyliaeth gyson",
        T.DISCIPLINE_ANOTHER: "Disgyblu rhywun arall",
        T.RESTRAIN_OR_SEARCH: "Atal neu chwilio",
        T.HOLD_KEYS: "Dal allweddi",
        T.HANDLE_MEDICATION: "Trin meddyginiaeth",
        T.INTERPRET_CONFIDENTIAL_MATTERS: "Cyfieithu materion cyfrinachol",
        T.OPEN_CARE_PLAN: "Agor cynllun gofal",
        T.CARRY_ITEMS: "Cario eitemau",
        T.SELECT_WHO_IS_HELPED: "Dewis pwy sy'n cael help",
    }
)

PROMISES: Final[Mapping[tuple[str, int], Mapping[str, str]]] = MappingProxyType({})
"""By (organisation, number) of a list of exceptions: the approved words of each, by code. A list is a promise, and no
partner has approved one in Welsh: all are served in English, and say so."""
