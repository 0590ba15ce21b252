"""A supporter's own view over HTTP, in easy read."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from starlette.responses import Response

from api import language
from api.described import Shown
from api.guarded import CallDep, operation, router
from api.printing import own as texts
from api.routes.shapes import IdPath
from domain.confidentiality.classification import Classification
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.kernel.words import camel
from domain.own import record
from domain.supporters.record import Competence

routes = router("supporters")
_Sentence = Annotated[str, Field(max_length=1000, examples=["You are active."])]
_Code = Annotated[str, Field(max_length=64, examples=["SHANNON_TRUST"])]
_Count = Annotated[int, Field(ge=0, le=2_147_483_647)]


class OwnCertificate(Shown):
    """A certificate, and the modules that were passed for it."""

    certificate: Annotated[str, Field(max_length=40, examples=["SAM-2026-0117"])]
    certifiedOn: date | None
    expiresOn: date | None
    awardedBy: _Code
    modules: Annotated[list[Annotated[str, Field(max_length=40, examples=["LISTENING"])]], Field(max_length=100)]


class OwnPay(Shown):
    """The pay of one week."""

    weekOf: date
    """The week's Monday."""
    halfDays: _Count
    """Half days."""
    fullDays: _Count
    """Whole days."""
    moneyMinorUnits: _Count
    """What they came to, in minor units (pence, cents)."""
    sentence: _Sentence


class OwnSignOff(Shown):
    """Something that somebody who did not train him signed that he can do."""

    competence: Competence
    signedOn: date
    sentence: _Sentence


class OwnLoad(Shown):
    """How much the published rota asks of him, and the limits of the kind of scheme. A night on call counts as a night
    and not as hours."""

    minutesLastSevenDays: _Count
    """Minutes in the seven days up to today."""
    minutesNextSevenDays: _Count
    """Minutes in the seven days after."""
    nightsLastSevenDays: _Count
    """Nights in the seven days up to today."""
    nightsNextSevenDays: _Count
    """Nights in the seven days after."""
    nightsInARow: _Count
    """The most nights in a row of these fourteen days."""
    hoursSoft: _Count
    """Hours in seven days from which he is warned for."""
    hoursHard: _Count
    """The most hours in seven days."""
    nightsInSeven: _Count
    """The most nights in seven days."""
    sentences: Annotated[list[_Sentence], Field(max_length=3)]


class WhoSees(Shown):
    """One class of what is recorded in one kind of record, and who else may see it."""

    record: Annotated[str, Field(max_length=40, examples=["supporter"])]
    class_: Annotated[Classification, Field(alias="class")]
    members: Annotated[list[Annotated[str, Field(max_length=64, examples=["name"])]], Field(max_length=64)]
    roles: Annotated[list[Role], Field(max_length=40)]
    sentence: _Sentence


class OwnRecord(Shown):
    """What is recorded of a supporter, said to himself."""

    supporter: UUID
    language: Literal["en", "cy"]
    sentences: Annotated[list[_Sentence], Field(max_length=40)]
    certificates: Annotated[list[OwnCertificate], Field(max_length=10)]
    signOffs: Annotated[list[OwnSignOff], Field(max_length=100)]
    load: OwnLoad
    pay: Annotated[list[OwnPay], Field(max_length=12)]
    noPay: _Sentence | None
    """Said where there is none."""
    whoSees: Annotated[list[WhoSees], Field(max_length=100)]
    more: _Sentence
    """Where the rest is to be asked for: the same for everybody."""


@operation(
    routes,
    "GET",
    "/v1/supporters/{id}/own-record",
    Verb.READ_OWN_RECORD,
    name="getOwnRecord",
    summary="What is recorded of me, and who sees it",
    shows=OwnRecord,
    spoken=True,
)
async def get_own(call: CallDep, id: IdPath) -> Response:
    """In easy read, in English or Welsh: his record, certificates, sign-offs, load and pay, and who may see
    what, as the policy decides it. A person in custody, his own (recruitment)."""
    spoken = language.of(call.request.scope)
    found = await call.run(lambda begin: record.own(begin, id))
    told = texts.easy(found, tuple(record.who_sees()), spoken)
    for each in told["whoSees"]:
        each["members"] = [camel(name) for name in each["members"]]
    return call.plain(told, headers={"Content-Language": spoken.value, "Vary": "Accept-Language"})
