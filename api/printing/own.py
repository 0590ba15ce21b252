"""A supporter's own record in easy read: short sentences, one thing each, in English and Welsh.

The words for roles, classes and standings stand here; which role sees which class is not written here but read off the
policy (`domain.own.record`). A standing that has no words here is not told: nobody learns of a suspension from a page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from api.language import Language
from api.printing.words import day, money, month
from api.texts import spoken
from domain.confidentiality.classification import Classification as C
from domain.confidentiality.roles import Role as R
from domain.kernel.words import JURISDICTIONS
from domain.own.record import Own, Seen
from domain.schemes.kinds import KINDS
from domain.supporters.record import Competence
from domain.supporters.record import Standing as S

Said = tuple[str, str]
ROLES: Final[Mapping[R, Said]] = {
    R.STAFF_MEMBER: ("any member of staff", "unrhyw aelod o staff"),
    R.WING_OFFICER: ("officers on the wing", "swyddogion ar yr adain"),
    R.ORDERLY_OFFICER: ("the officer in charge of the shift", "y swyddog sy'n gyfrifol am y sifft"),
    R.COORDINATOR: ("the coordinator of your scheme", "cydlynydd eich cynllun"),
    R.SAFER_CUSTODY: ("the safer custody team", "y tîm dalfa fwy diogel"),
    R.GOVERNOR: ("the governor", "y llywodraethwr"),
    R.ACTIVITIES_HUB: ("the activities hub", "yr hyb gweithgareddau"),
    R.SECURITY: ("the security team", "y tîm diogelwch"),
    R.HEALTHCARE: ("healthcare", "gofal iechyd"),
    R.INFORMATION_GOVERNANCE: ("information governance", "llywodraethu gwybodaeth"),
    R.ACCESS_ADMINISTRATOR: ("whoever gives staff their roles", "pwy bynnag sy'n rhoi eu rolau i staff"),
    R.PARTNER_VOLUNTEER: ("your scheme's partner", "partner eich cynllun"),
    R.PARTNER_LEAD: ("the partner's head office", "prif swyddfa'r partner"),
    R.EVALUATOR: ("the evaluator", "y gwerthuswr"),
    R.MONITORING_BOARD: ("the monitoring board", "y bwrdd monitro"),
    R.INSPECTORATE: ("the inspectors", "yr arolygwyr"),
    R.OMBUDSMAN_CORONER: ("the ombudsman and the coroner", "yr ombwdsmon a'r crwner"),
    R.HEADQUARTERS: ("headquarters", "y pencadlys"),
    R.INTEGRATOR: ("other prison systems", "systemau carchar eraill"),
    R.SUBJECT_ACCESS: (
        "the system that answers you about yourself",
        "y system sy'n eich ateb amdanoch chi eich hun",
    ),
    R.PROVIDER: ("the system of an organisation that teaches here", "system sefydliad sy'n addysgu yma"),
    R.OPERATOR: ("whoever keeps this service running", "pwy bynnag sy'n cadw'r gwasanaeth hwn i redeg"),
    R.SERVICE: ("this service itself", "y gwasanaeth hwn ei hun"),
}
"""Who may see something."""
CLASSES: Final[Mapping[C, Said]] = {
    C.OPEN: ("What is no secret", "Yr hyn nad yw'n gyfrinach"),
    C.OPERATIONAL: ("Your name, your wing and what you do", "Eich enw, eich adain a'r hyn a wnewch"),
    C.PARTICIPATION: ("That you used a scheme", "Eich bod wedi defnyddio cynllun"),
    C.CONTENT: ("What was said or worked on", "Yr hyn a ddywedwyd neu y gweithiwyd arno"),
    C.HEALTH: ("Your health", "Eich iechyd"),
    C.SECURITY: ("What security has decided", "Yr hyn a benderfynodd diogelwch"),
    C.WELLBEING: ("How you are", "Sut yr ydych chi"),
    C.CASEWORK: ("Complaints and incidents", "Cwynion a digwyddiadau"),
    C.STANDING: ("Where you stand in the role", "Ble rydych yn sefyll yn y rôl"),
    C.SEALED: ("What nobody reads", "Yr hyn nad oes neb yn ei ddarllen"),
}
"""What a class of field holds."""
RECORDS: Final[Mapping[str, Said]] = {
    "absence": ("the days when you are away", "y dyddiau pan fyddwch i ffwrdd"),
    "application": ("your application", "eich cais"),
    "attendance": ("your days of training", "eich dyddiau hyfforddi"),
    "certificate": ("your certificates", "eich tystysgrifau"),
    "debrief": ("your talks after a shift", "eich sgyrsiau ar ôl sifft"),
    "postvention-task": ("support after a death", "cymorth ar ôl marwolaeth"),
    "practice": ("your practice", "eich ymarfer"),
    "rota-wish": ("what you asked of the rota", "yr hyn a ofynnwyd gennych o'r rota"),
    "sign-off": ("who signed for what you can do", "pwy lofnododd am yr hyn y gallwch ei wneud"),
    "supervision": ("who supports you", "pwy sy'n eich cefnogi"),
    "supervision-talk": ("your talks with whoever supports you", "eich sgyrsiau â'r sawl sy'n eich cefnogi"),
    "suspension": ("a suspension, if there is one", "ataliad, os oes un"),
    "wellbeing-check": ("how you say you are", "sut rydych yn dweud yr ydych"),
    "supporter": ("your record as a supporter", "eich cofnod fel cefnogwr"),
    "passport": ("your passport", "eich pasbort"),
    "reference": ("your references", "eich geirdaon"),
    "self-rating": ("how you rate yourself", "sut yr ydych yn sgorio eich hun"),
    "pay-entry": ("your pay", "eich cyflog"),
}
_COMPETENCES: Final[Mapping[Competence, Said]] = {
    Competence.COMMUNICATION: ("listen and talk", "gwrando a siarad"),
    Competence.PROBLEM_SOLVING: ("solve problems", "datrys problemau"),
    Competence.SPECIFIC_NEED: ("help in the way of this scheme", "helpu yn null y cynllun hwn"),
}
_STANDINGS: Final[Mapping[S, Said]] = {
    S.APPLIED: ("You have applied. You wait for an answer.", "Rydych wedi gwneud cais. Rydych yn aros am ateb."),
    S.ACCEPTED: ("You were accepted. Training comes next.", "Cawsoch eich derbyn. Hyfforddiant sydd nesaf."),
    S.IN_TRAINING: ("You are in training.", "Rydych yn cael eich hyfforddi."),
    S.PROBATION: ("You are on probation.", "Rydych ar brawf."),
    S.ACTIVE: ("You are active.", "Rydych yn weithredol."),
    S.PAUSED: ("You are taking a rest.", "Rydych yn cael seibiant."),
    S.DEFERRED: ("Your application waits until a later day.", "Mae eich cais yn aros tan ddiwrnod arall."),
    S.WAITING: ("You are on the waiting list.", "Rydych ar y rhestr aros."),
    S.LAPSED: (
        "Your certificate has run out. A new one brings you back.",
        "Mae eich tystysgrif wedi dod i ben. Mae un newydd yn dod â chi'n ôl.",
    ),
}
_SENTENCES: Final[Mapping[str, Said]] = {
    "name": ("Your name here is {}.", "Eich enw yma yw {}."),
    "wing": ("Your wing is {}.", "Eich adain yw {}."),
    "kind": ("Your role is in: {}.", "Mae eich rôl yn: {}."),
    "applied": ("You applied on {}.", "Gwnaethoch gais ar {}."),
    "active": ("You have been active since {}.", "Rydych yn weithredol ers {}."),
    "left": ("Your role ended in {}.", "Daeth eich rôl i ben ym {}."),
    "modules": ("You have passed {} training modules.", "Rydych wedi pasio {} modiwl hyfforddi."),
    "compact": ("You signed the agreement on {}.", "Llofnodoch y cytundeb ar {}."),
    "certificate": ("Your certificate is {}.", "Eich tystysgrif yw {}."),
    "expires": ("It runs out on {}.", "Daw i ben ar {}."),
    "signed": ("On {} somebody signed that you can do this: {}.", "Ar {} llofnododd rhywun y gallwch wneud hyn: {}."),
    "asked_last": ("The rota of the last seven days: {}.", "Rota'r saith diwrnod diwethaf: {}."),
    "asked_next": ("The rota of the next seven days: {}.", "Rota'r saith diwrnod nesaf: {}."),
    "limit": (
        "The most is {} hours and {} nights in seven days.",
        "Yr uchafswm yw {} awr a {} noson mewn saith diwrnod.",
    ),
    "hours": ("{} hours and {} nights", "{} awr a {} noson"),
    "pay": ("In the week of {} you were paid {}.", "Yn wythnos {} talwyd {} i chi."),
    "no_pay": ("No pay is recorded for you here.", "Nid oes cyflog wedi'i gofnodi i chi yma."),
    "who": ("{} ({}): may be seen by {}.", "{} ({}): gellir ei weld gan {}."),
    "nobody": ("nobody but you", "neb ond chi"),
    "and": (" and ", " a "),
    "more": (
        "Security and complaints may be kept elsewhere. You can ask for everything that is held about you: ask any"
        " officer for a subject access request.",
        "Gall diogelwch a chwynion gael eu cadw yn rhywle arall. Gallwch ofyn am bopeth a gedwir amdanoch: gofynnwch i"
        " unrhyw swyddog am gais am fynediad at ddata gan y testun.",
    ),
}


def easy(own: Own, seen: Sequence[Seen], language: Language) -> dict[str, Any]:
    """The whole of it."""
    of = own.supporter.values
    return {
        "supporter": own.supporter.id,
        "language": language.value,
        "sentences": list(_about(of, language)),
        "certificates": [
            {
                "certificate": of["certificate"],
                "certifiedOn": of["certified_on"],
                "expiresOn": of["certificate_expires_on"],
                "awardedBy": of["organisation"],
                "modules": list(of["modules_passed"]),
            }
        ]
        if of.get("certificate")
        else [],
        "signOffs": [_signed(each.values, language) for each in own.signed],
        "load": _load(own, language),
        "pay": [_paid(entry.values, language) for entry in own.pay],
        "noPay": None if own.pay else _say("no_pay", language),
        "whoSees": [_who(each, language) for each in seen],
        "more": _say("more", language),
    }


def _about(of: Mapping[str, Any], language: Language) -> Iterator[str]:
    yield _say("name", language, of["name"])
    yield _say("wing", language, of["wing"])
    yield _say("kind", language, KINDS[of["kind"]].title if of["kind"] in KINDS else spoken.label(of["kind"], language))
    if of["imported_on"] is None:
        yield _say("applied", language, day(of["applied_on"], language))
    if of["standing"] in _STANDINGS:
        yield _STANDINGS[of["standing"]][_at(language)]
    if of["active_from"] is not None:
        yield _say("active", language, month(of["active_from"], language))
    if of["left_on"] is not None and of["standing"] != S.REJECTED:  # he had no role that could end
        yield _say("left", language, month(of["left_on"], language))
    if of["modules_passed"]:
        yield _say("modules", language, str(len(of["modules_passed"])))
    if of["compact_signed_on"] is not None:
        yield _say("compact", language, day(of["compact_signed_on"], language))
    if of["certificate"] is not None:
        yield _say("certificate", language, of["certificate"])
    if of["certificate_expires_on"] is not None:
        yield _say("expires", language, day(of["certificate_expires_on"], language))


def _signed(of: Mapping[str, Any], language: Language) -> dict[str, Any]:
    what = _COMPETENCES[of["competence"]][_at(language)]
    return {
        "competence": of["competence"],
        "signedOn": of["signed_on"],
        "sentence": _say("signed", language, day(of["signed_on"], language), what),
    }


def _load(own: Own, language: Language) -> dict[str, Any]:
    asked, limits = own.asked, own.limits

    def sentence(name: str, minutes: int, nights: int) -> str:
        return _say(name, language, _say("hours", language, f"{minutes / 60:g}", str(nights)))

    return {
        "minutesLastSevenDays": asked.minutes_last,
        "minutesNextSevenDays": asked.minutes_next,
        "nightsLastSevenDays": asked.nights_last,
        "nightsNextSevenDays": asked.nights_next,
        "nightsInARow": asked.in_a_row,
        "hoursSoft": limits.hours_soft,
        "hoursHard": limits.hours_hard,
        "nightsInSeven": limits.nights_in_seven,
        "sentences": [
            sentence("asked_last", asked.minutes_last, asked.nights_last),
            sentence("asked_next", asked.minutes_next, asked.nights_next),
            _say("limit", language, f"{limits.hours_hard:g}", str(limits.nights_in_seven)),
        ],
    }


def _paid(of: Mapping[str, Any], language: Language) -> dict[str, Any]:
    currency = JURISDICTIONS[of["jurisdiction"]].currency
    amount = money(of["money_minor_units"], currency)
    return {
        "weekOf": of["week_of"],
        "halfDays": of["half_days"],
        "fullDays": of["full_days"],
        "moneyMinorUnits": of["money_minor_units"],
        "sentence": _say("pay", language, day(of["week_of"], language), amount),
    }


def _who(seen: Seen, language: Language) -> dict[str, Any]:
    at = _at(language)
    roles = [ROLES[role][at] for role in seen.roles] or [_say("nobody", language)]
    by = roles[0] if len(roles) == 1 else ", ".join(roles[:-1]) + _say("and", language) + roles[-1]
    record = RECORDS[seen.kind][at]
    return {
        "record": seen.kind,
        "class": seen.held,
        "members": list(seen.members),
        "roles": list(seen.roles),
        "sentence": _say("who", language, CLASSES[seen.held][at], record, by),
    }


def _say(name: str, language: Language, *given: str) -> str:
    return _SENTENCES[name][_at(language)].format(*given)


def _at(language: Language) -> int:
    return 0 if language is Language.ENGLISH else 1
