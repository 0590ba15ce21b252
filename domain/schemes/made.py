"""Kinds that were made through the API: the record, and the terms under which a scheme was made."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, Final, Protocol

from domain.act import Act
from domain.confidentiality.classification import Open
from domain.confidentiality.record import Record, record
from domain.confidentiality.verbs import Verb
from domain.kernel.errors import Absent, Failure, Unacceptable
from domain.kernel.ids import ActorId, SchemeKindId
from domain.ports import Query
from domain.schemes.kinds import KINDS, kind_of, kinds_of
from domain.schemes.publication import PublicationState, life
from domain.schemes.sheet import Kind, forbidding
from domain.schemes.tightening import loosened
from domain.schemes.written import kind_from

ALL: Final = 10_000
"""As many as there may be of one code: versions, in every prison."""


@record(
    kind="scheme-kind",
    kept="six years after the last scheme that was made of it closes",
    life=life(Verb.CONFIRM_SCHEME_KIND, publish=Verb.PUBLISH_SCHEME_KIND, withdraw=Verb.WITHDRAW_SCHEME_KIND),
)
class KindVersion(Record):
    """One version of a kind of scheme: of a whole jurisdiction, or a prison's own variant of another kind. Its sheet is
    never changed: a change is another version, and a scheme keeps the one that it was made under."""

    id: Open[SchemeKindId]
    version: Open[int] = 0
    code: Open[str]
    jurisdiction: Open[str]
    prison: Open[str | None] = None
    """None: it holds in every prison of the jurisdiction."""
    base: Open[str | None] = None
    """The code of the kind that it was begun from; of a variant the one that it may only tighten."""
    number: Open[int]
    """Counts the versions of one code."""
    state: Open[PublicationState] = PublicationState.DRAFT
    organisation: Open[str]
    """The partner that the sheet names."""
    sheet: Open[dict[str, Any]]
    made_by: Open[ActorId]
    """Open, like who published it: whoever may say yes to a rule for everybody knows whose rule it is."""
    confirmed_by: Open[ActorId | None] = None
    """The partner's lead who said yes to what is said in the partner's name."""
    published_by: Open[ActorId | None] = None
    published_on: Open[date | None] = None
    withdrawn_on: Open[date | None] = None


class UnderTerms(Protocol):
    """What was made under the terms of a kind: a scheme, a supporter of it."""

    @property
    def kind(self) -> str: ...
    @property
    def kind_version(self) -> int | None: ...
    @property
    def jurisdiction(self) -> str: ...
    @property
    def prison(self) -> str: ...


def kind_in(made: KindVersion) -> Kind:
    """The kind that a version says. The floor of today is in it, whatever floor it was made over."""
    kind = kind_from(made.code, made.jurisdiction, made.sheet)
    return replace(kind, prohibited_tasks=forbidding(*kind.prohibited_tasks))


async def terms_of(act: Act, of: UnderTerms) -> Kind:
    """The terms under which this was made. Of a ready-made kind they are in memory, and no statement is asked for.

    Numbers are counted apart, for the jurisdiction and in each prison: what was never published is nobody's terms, and
    `making.publish` sees to it that only one of the two was ever published where somebody may meet it."""
    if of.kind_version is None:
        return kind_of(of.kind)
    equal = {"jurisdiction": of.jurisdiction, "code": of.kind, "number": of.kind_version}
    found = await act.known(KindVersion, Query(equal=equal, limit=ALL))
    terms = _nearest([made for made in found if made.published_on is not None], of.prison)
    if terms is None:
        raise Absent
    return kind_in(terms)


def _nearest(found: Iterable[KindVersion], prison: str | None) -> KindVersion | None:
    """The prison's own, or else the jurisdiction's."""
    by_prison = {made.prison: made for made in found}
    return by_prison.get(prison) or by_prison.get(None)


async def lineage(act: Act, of: UnderTerms) -> frozenset[str]:
    """The codes of its kind and of all that this was made from. Of a ready-made kind no statement is asked for."""
    codes, code = frozenset[str](), of.kind
    while code is not None and code not in codes:
        codes |= {code}
        code = None if code in KINDS else await _base(act, of, code)
    return codes


async def _base(act: Act, of: UnderTerms, code: str) -> str | None:
    """What a kind of this code was made from: in the version that this was made under, else in the newest."""
    equal = {"jurisdiction": of.jurisdiction, "code": code}
    here = [m for m in await act.known(KindVersion, Query(equal=equal, limit=ALL)) if m.prison in (None, of.prison)]
    mine = [m for m in here if (m.code, m.number) == (of.kind, of.kind_version)]
    return max(mine or here, key=lambda m: m.number).base if here else None


async def current(act: Act, code: str, jurisdiction: str, prison: str | None) -> tuple[Kind, int | None] | None:
    """(kind, version) that a new scheme of this code here is made under; None where there is no such kind here. Another
    jurisdiction's, another prison's, a draft and a withdrawn one are alike: unknown. A prison's own variant whose base
    was withdrawn or tightened after it was published makes no further scheme: it would be looser than what holds."""
    ready = KINDS.get(code)
    if ready is not None and ready.jurisdiction == jurisdiction:
        return ready, None
    equal = {"jurisdiction": jurisdiction, "code": code, "state": PublicationState.PUBLISHED}
    made = _nearest(await act.known(KindVersion, Query(equal=equal, limit=ALL)), prison)
    if made is None:
        return None
    kind = kind_in(made)
    if made.prison is not None and made.base is not None:
        on = await current(act, made.base, jurisdiction, None)
        if on is None:
            raise Unacceptable([Failure("BASE_UNKNOWN", "/kind")])
        if loosened(on[0], kind):
            raise Unacceptable([Failure("LOOSER_THAN_ITS_BASE", "/kind")])
    return kind, made.number


async def published_here(act: Act) -> list[tuple[Kind, KindVersion | None]]:
    """Every kind that holds where the viewer is: ready-made ones, and versions published for the jurisdiction or for a
    prison of his. A published kind is as public there as a ready-made one, so nothing of it is masked."""
    prisons = act.viewer.fact("prisons")
    places: list[dict[str, Any]] = [{}]
    if prisons is not None:
        places = [{"prison": prison} for prison in (None, *sorted(str(p) for p in prisons))]
    found: list[tuple[Kind, KindVersion | None]] = []
    for jurisdiction in sorted(str(j) for j in act.viewer.fact("jurisdictions") or ()):
        found += [(kind, None) for kind in kinds_of(jurisdiction)]
        for place in places:
            equal = {"jurisdiction": jurisdiction, "state": PublicationState.PUBLISHED, **place}
            made = await act.known(KindVersion, Query(equal=equal, limit=ALL))
            found += [(kind_in(each), each) for each in made]
    return found
