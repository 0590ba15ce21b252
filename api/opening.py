"""What comes before the body of a call is looked at: how often he may, capacities, and the verb (403)."""

from starlette.requests import Request

from api import callers
from api.call import Call
from api.edge.rate import Reading
from api.noting import note
from api.offers import Offers
from api.reads import Reads
from api.runtime import Runtime
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Failure, TooMany, Trouble, Unreadable
from domain.notes import HANDED_IN


async def open_call(runtime: Runtime, request: Request, verb: Verb, route: str, *, key_required: bool) -> Call:
    """The call, decided: 403 before anything of its shape is looked at."""
    caller = await callers.lately(runtime, request.scope["state"]["caller"])
    call = Call(
        runtime=runtime,
        request=request,
        caller=caller,
        verb=verb,
        route=route,
        key_required=key_required,
        footing=caller.footing,
    )
    await _within_his_reads(call)
    await _within_his_offers(call)
    try:
        await call.admit()
        _known_parameters(request)
        if verb not in HANDED_IN:
            await call.used()
    except Trouble as trouble:
        raise await call.slipped(trouble) from None
    return call


async def _within_his_reads(call: Call) -> None:
    """Refuse a read beyond what a prisoner who coordinates others may do in a minute; told once a minute to the
    ledger."""
    reads: Reads = call.request.scope["app"].state.reads
    reading = reads.take(call.caller, call.request.method)
    if reading is not None:
        call.request.scope["state"]["rate"] = reading
        await _refused(call, reads, reading)


async def _within_his_offers(call: Call) -> None:
    """Refuse an offer, or a lock-out, beyond what one may make in an hour; told once an hour to the ledger. Until then
    no answer says how many are left: the same answer has the same bytes."""
    counted: tuple[Offers, ...] = call.request.scope["app"].state.offers
    for each in counted:
        reading = each.take(call.caller, call.verb)
        if reading is not None and not reading.allowed:
            call.request.scope["state"]["rate"] = reading
            await _refused(call, each, reading)


async def _refused(call: Call, counted: Reads | Offers, reading: Reading) -> None:
    if reading.allowed:
        return
    trouble = TooMany(reading.retry_after)
    if counted.first_refusal(call.caller):
        await note(call.runtime, call.caller, call.verb, trouble)
    raise trouble


def _known_parameters(request: Request) -> None:
    """Every query parameter is one of the operation's own, and sent once. A filter that is not in the document is
    refused in the words for one that the viewer may not use (rule 15)."""
    if not request.scope.get("query_string"):
        return
    known = {p.alias for p in request.scope["route"].dependant.query_params}
    sent = [name for name, _ in request.query_params.multi_items()]
    if not set(sent) <= known:
        raise Unreadable([Failure("FILTER_NOT_ALLOWED")])
    if len(sent) != len(set(sent)):
        raise Unreadable([Failure("REPEATED_PARAMETER")])
