"""A night's sheet over HTTP: one request from the asking to the end, in one body (rule 13)."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, create_model
from starlette.responses import Response

from api import language
from api.before_unlocking import before_you_unlock
from api.guarded import CallDep, operation, router
from api.routes import terms
from api.routes.requests import Asking, Checks, DoNow, do_now
from api.routes.shapes import Body, Flag, Instant
from api.routes.terms import WithTerms
from api.wire import model
from domain.confidentiality.verbs import Verb
from domain.schemes.told import told_of
from domain.sessions import night_sheet
from domain.sessions.codes import Alternative, Place, RefusalCode
from domain.sessions.delays import MOST, DelayCode, HeldUpBy, WaitFor
from domain.sessions.night_sheet import Answered, End, Ended, HeldUp, Offered, Story, Unlocked
from domain.sessions.request import Request

routes = router("requests")
_MOST = 20


class SheetAnswer(Body):
    """What the supporter said, and when. A no has no reason."""

    accepted: Flag
    occurred_at: Instant


class SheetOffer(Body):
    """Who was asked, and when; without an answer where he gave none before it ended."""

    supporter: UUID
    occurred_at: Instant
    answer: SheetAnswer | None = None


class SheetUnlock(Body):
    """Where they met, and since when."""

    place: Place
    occurred_at: Instant


class SheetEnd(Body):
    """How it ended, and when. `code` and `alternative` go with a refusal, and with nothing else. `decidedByMe`: you
    refused it, or were told that it is no longer wanted. Else nobody is named, and it goes up: past safer custody and
    the governor."""

    how: Ended
    occurred_at: Instant
    code: RefusalCode | None = None
    alternative: Alternative | None = None
    decided_by_me: Flag = False
    decided_by: HeldUpBy | None = None
    """The role of whoever refused it, where it was not you."""


class SheetDelay(Body):
    """What held it up, in which part of the wait, since when, and by which role."""

    code: DelayCode
    waited_for: WaitFor
    occurred_at: Instant
    by: HeldUpBy
    by_me: Flag = False
    """It was you. Else nobody is named."""


class NightSheet(Asking):
    """One request as it stands on paper, from the asking (`occurredAt`) as far as it came."""

    occurred_at: Instant
    offers: Annotated[list[SheetOffer], Field(max_length=_MOST)] = []
    delays: Annotated[list[SheetDelay], Field(max_length=MOST)] = []
    unlock: SheetUnlock | None = None
    end: SheetEnd | None = None
    another: Flag = False
    """It is another than the one that is recorded already and looks like it."""

    def story(self) -> Story:
        """What came after the asking."""
        unlock, end = self.unlock, self.end
        return Story(
            tuple(Offered(o.supporter, o.occurred_at, _answered(o.answer)) for o in self.offers),
            tuple(HeldUp(d.code, d.waited_for, d.occurred_at, d.by, d.by_me) for d in self.delays),
            None if unlock is None else Unlocked(unlock.place, unlock.occurred_at),
            None if end is None else _ended(end),
        )

    def asked(self) -> dict[str, Any]:
        """What was asked for."""
        return {
            name: value
            for name, value in self.given().items()
            if name in {*Asking.model_fields, "occurred_at", "another"}
        }


def _ended(said: SheetEnd) -> End:
    return End(said.how, said.occurred_at, said.code, said.alternative, said.decided_by_me, said.decided_by)


def _answered(said: SheetAnswer | None) -> Answered | None:
    return None if said is None else Answered(said.accepted, said.occurred_at)


_Recorded = create_model(
    "RecordedRequest",
    __base__=(model(Request), DoNow, Checks, WithTerms),
    __doc__="The request as it is after all that the sheet tells, and the words that go with each of its moves.",
)


@operation(
    routes,
    "POST",
    "/v1/night-sheets",
    Verb.RECORD_NIGHT_SHEET,
    name="recordNightSheet",
    summary="Type in a night's sheet",
    shows=_Recorded,
    status=201,
    key_required=True,
)
async def record_night_sheet(call: CallDep, body: NightSheet) -> Response:
    """What was written down of one request: asking, offers with their answers, delays, unlocking and end, each with its
    own `occurredAt`, in the order in which they were. All of it is recorded or nothing, and all that is wrong is told
    at once. One that looks like a request that you read already is not made twice: LOOKS_LIKE_ANOTHER names that
    (`alike`), and `another` says that it is not the same. Facts are accepted late, and marked; nothing is matched, and
    nobody is asked. So no offer may be left open on it: type in what is over, and offer it from there. Wing officer on
    declared duty, or orderly officer (support). Needs an `Idempotency-Key` and no `If-Match`; it is a request from then
    on, at its own address."""
    told = await call.once(
        Request, lambda begin: night_sheet.record(begin, story=body.story(), **body.asked()), told_of
    )
    words = {**before_you_unlock(language.of(call.request.scope)), **do_now(call, body.urgency)}
    answer = call.answer(told.view, 201, {**words, **terms.members(call, told)})
    answer.headers["Location"] = f"/v1/requests/{told.view.id}"
    return answer
