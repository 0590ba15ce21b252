"""Whether an answer shows of each record what the grant's clearance shows, and withholds the rest by name."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from api.guarded import NO_CONTENT
from api.routes.chronologies import Chronology
from api.routes.packs import EvidencePack
from domain.confidentiality.about import ABOUT
from domain.confidentiality.policy import Decision
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.verbs import Verb
from tests.http.test_matrix import expected
from tests.proofs.matrix.asgi import Reply
from tests.proofs.matrix.players import records

_PRINTED = frozenset({"text/html", "application/pdf", "text/calendar", "text/csv", "text/plain"})
_PACKS = (frozenset(EvidencePack.model_fields), frozenset(Chronology.model_fields))
"""What is put together out of many records, and is none."""
_WORKED_OUT = frozenset({Verb.READ_FIGURE})
"""Shares and rates, of which a number that is not seen says so itself."""
_ONCE = {Verb.CREATE_SUBSCRIPTION: frozenset({"secret"}), Verb.ROTATE_SUBSCRIPTION: frozenset({"secret"})}
"""What is told once, as it is made, and withheld ever after."""
_TOLD = frozenset({"doThisNow", "doThisNowLanguage", "doThisNowInLanguageAsked", "terms"}) | {
    "beforeYouUnlock",
    "beforeYouUnlockLanguage",
}
"""Words of ours beside a record."""


@cache
def shown(kind: str, sees: Any) -> tuple[frozenset[str], list[str]]:
    """(members, withheld) of a kind under a clearance: the mask depends on no record, so any of the kind will do."""
    members, withheld = expected(_any(KINDS[kind]), sees)
    return frozenset(members), withheld


@cache
def _any(kind: type[Record]) -> Record:
    return next(r for r in records() if isinstance(r, kind))


def parts(decision: Decision, said: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(kind, members) of every record in an answer."""
    about = ABOUT[decision.verb].kind
    if about is None or not ABOUT[decision.verb].shows or not isinstance(said, dict) or "receipt" in said:
        return
    if "watch" in said:
        yield "watch", said["watch"]
        said = said["board"]
    if "items" in said:
        for item in said["items"]:
            if "status" not in item or "withheld" in item:
                yield about, item
            elif (made := item[about.rpartition("-")[2]]) is not None:  # the answer to one item of a batch
                yield about, made
    else:
        yield about, said


def unmasked(decision: Decision, reply: Reply) -> list[str]:
    """What an answer shows against the clearance of its decision; nothing, if all is well. Of a printed page, of a
    signed document, of a pack and of what is worked out of figures, tests of their own say that it shows what its views
    show."""
    if reply.status == NO_CONTENT:
        return ["an answer without a body has one"] if reply.content else []
    if decision.verb is Verb.READ_PASSPORT_DOCUMENT or reply.headers["content-type"].partition(";")[0] in _PRINTED:
        return []
    if decision.verb in _WORKED_OUT or (decision.verb is Verb.READ_JOB and set(reply.said) in _PACKS):
        return []
    if "changes" in reply.said:
        told = {change["member"] for change in reply.said["changes"]}
        _, withheld = shown(str(ABOUT[decision.verb].kind), decision.grant.sees)
        return [f"{name} is withheld, and told of two versions" for name in sorted(told.intersection(withheld))]
    found: list[str] = []
    for kind, said in parts(decision, reply.said):
        if kind == "ledger-line":
            members, withheld = frozenset(said) - {"withheld"}, []
            found += [] if decision.grant.sees >= _classes(kind) else [f"{kind} shown to {decision.rule}"]
        else:
            members, withheld = shown(kind, decision.grant.sees)
        if said["withheld"] != withheld:
            found.append(f"{kind}: withheld {said['withheld']}, and not {withheld}")
        found += [f"{kind}.{name} is withheld and told" for name in withheld if said[name] is not None]
        if set(said) - _TOLD - _ONCE.get(decision.verb, frozenset()) != {*members, "withheld"}:
            found.append(f"{kind}: {sorted(set(said) ^ {*members, 'withheld'})}")
    return found


def _classes(kind: str) -> set[Any]:
    return {f.mark.classification for f in KINDS[kind].shape.fields.values()}
