"""Leaks of lists, and of how a record is shown: rows 6 to 9, 11, 18, 31, 33, 42."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

from api import call, opening, paging, wire
from domain.act import Act
from domain.confidentiality import disclosure
from domain.confidentiality.policy import Decision
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import covers
from domain.kernel.pages import Page
from domain.oversight.record import Assignment
from domain.ports import Look, Scope
from tests.proofs.noninterference.house import House
from tests.proofs.noninterference.knowledge import on_the_wire
from tests.proofs.noninterference.leaks import LISTS_IN_PART, Memory, does, instead, leak, of, rows
from tests.proofs.noninterference.state import held


@leak(6)
def cut_before_it_is_filtered(house: House) -> Iterator[None]:
    """A page is cut to its limit first, and then what is out of reach is taken out of it."""

    searching: list[Act] = []

    def made(look: Any) -> Any:
        def instead_of_it(act: Act, kind: Any) -> Any:
            return Look((), act.viewer, act.now, Scope(None, True)) if act in searching else look(act, kind)

        return instead_of_it

    def filtered(look: Any) -> Any:
        async def instead_of_it(act: Act, kind: Any, query: Any, *more: Any) -> Any:
            searching[:] = [act]
            page = await look(act, kind, query, *more)
            searching.clear()
            reach = act.decision.reach(kind)
            return Page([r for r in page.items if covers(reach, act.viewer, act.now, r)], page.next)

        return instead_of_it

    with instead(Act, "page", filtered), instead(Act, "_look", made):
        yield


@leak(6)
def a_total(house: House) -> Iterator[None]:
    """A list says how many there are, all told."""

    def made(to_list: Any) -> Any:
        async def instead_of_it(self: Any, kind: Any, act: Any, **more: Any) -> Any:
            answer = await to_list(self, kind, act, **more)
            answer.headers["X-Total"] = str(sum(k == kind.shape.kind for k, _ in held(kept_store(house))))
            return answer

        return instead_of_it

    with instead(call.Call, "list_", made):
        yield


def kept_store(house: House) -> Any:
    """The store that stands."""
    return house.stand.inner


@leak(7, kinds=("supporter", "enrolment", "feedback"))
def the_cursor_says_how_far_it_looked(house: House) -> Iterator[None]:
    """A cursor holds how many rows were looked through to fill the page. It is ciphertext, and differs all the same."""

    def made(look: Any) -> Any:
        async def instead_of_it(act: Act, kind: Any, query: Any, *more: Any) -> Any:
            page = await look(act, kind, query, *more)
            if page.next is None or query.order is not None:
                return page
            last = page.items[-1].id
            return Page(page.items, (sum(k == kind.shape.kind and id <= last for k, id in rows(house)), last))

        return instead_of_it

    with instead(Act, "page", made):
        yield


@leak(7)
def cursors_are_counted(house: House) -> Iterator[None]:
    """The nonce of a cursor counts the cursors that were made, for anybody."""
    made_so_far = Memory(house)

    def made(system: Any) -> Any:
        def urandom(length: int) -> bytes:
            now = made_so_far.now()
            now["n"] = now.get("n", 0) + 1
            return now["n"].to_bytes(length, "big")

        return type("Counting", (), {"urandom": staticmethod(urandom)})

    with instead(paging, "os", made):
        yield


def _with_parameters(house: House, ordered: bool) -> Iterator[None]:
    """Any parameter that names a field is heard, whoever may see the field: as a filter, or as an order."""
    heard = Memory(house)

    def known(_: Any) -> Any:
        def instead_of_it(request: Any) -> None:
            heard.now()[house.turn.low, house.turn.high] = dict(parse_qsl(request.scope["query_string"].decode()))

        return instead_of_it

    def made(look: Any) -> Any:
        async def instead_of_it(act: Act, kind: Any, query: Any, *more: Any) -> Any:
            page = await look(act, kind, query, *more)
            asked = heard.now().get((house.turn.low, house.turn.high), {})
            named = {wire.camel(n): n for n in kind.shape.fields} | {n: n for n in kind.shape.fields}
            items = list(page.items)
            if ordered:
                by = named.get(next((asked[n] for n in ("sort", "order", "orderBy", "sortBy") if n in asked), ""))
                items = items if by is None else sorted(items, key=lambda r: (str(getattr(r, by)), r.id))
            else:
                wanted = {named[n]: v for n, v in asked.items() if n in named}
                items = [r for r in items if all(str(on_the_wire(getattr(r, n))) == v for n, v in wanted.items())]
            return Page(items, page.next)

        return instead_of_it

    with instead(opening, "_known_parameters", known), instead(Act, "page", made):
        yield


@leak(8, LISTS_IN_PART)
def any_field_filters(house: House) -> Iterator[None]:
    """A list may be filtered by a field that is not shown."""
    yield from _with_parameters(house, ordered=False)


@leak(9, LISTS_IN_PART)
def any_field_orders(house: House) -> Iterator[None]:
    """A list may be sorted by a field that is not shown."""
    yield from _with_parameters(house, ordered=True)


@leak(9)
def ordered_by_what_changed_last(house: House) -> Iterator[None]:
    """What changed last comes first, though the change is not shown."""

    def made(look: Any) -> Any:
        async def instead_of_it(act: Act, kind: Any, query: Any, *more: Any) -> Any:
            page = await look(act, kind, query, *more)
            return Page(sorted(page.items, key=lambda r: (-r.version, r.id)), page.next)

        return instead_of_it

    with instead(Act, "page", made):
        yield


def _disclosed(change: Any) -> Any:
    """Something of the record itself gets into its view: `change(record, shown values, withheld)` says what."""

    def made(disclose: Any) -> Any:
        def instead_of_it(record: Any, sees: Any, now: Any = None) -> Any:
            view = disclose(record, sees, now)
            values, withheld = change(record, dict(view.values), view.withheld)
            return disclosure.View(view.kind, view.id, MappingProxyType(values), withheld, disclosure._MAKING)  # pyright: ignore[reportPrivateUsage]

        return instead_of_it

    return instead(disclosure, "disclose", made)


@leak(11)
def withheld_if_it_is_there(house: House) -> Iterator[None]:
    """`withheld` names a member only where there is something to withhold."""
    with _disclosed(lambda r, v, w: (v, tuple(n for n in w if getattr(r, n) not in (None, (), 0)))):
        yield


@leak(11)
def hidden_or_null(house: House) -> Iterator[None]:
    """A withheld member is `true` where there is something, else null: a type that changes."""
    with _disclosed(lambda r, v, w: ({**v, **{n: True for n in w if getattr(r, n) not in (None, (), 0)}}, w)):
        yield


@leak(18)
def a_mark_as_long_as_what_it_hides(house: House) -> Iterator[None]:
    """A withheld member is blacked out, letter by letter."""
    with _disclosed(lambda r, v, w: ({**v, **{n: "*" * len(str(getattr(r, n))) for n in w}}, w)):
        yield


@leak(31)
def open_requests_of_a_scheme(house: House) -> Iterator[None]:
    """A scheme shows how many requests wait for it."""

    def made(body: Any) -> Any:
        def instead_of_it(view: Any) -> Any:
            shown = body(view)
            if view.kind.shape.kind == "scheme":
                shown["openRequests"] = sum(r.scheme == view.id for r in of(house, "request"))
            return shown

        return instead_of_it

    with instead(wire, "body", made):
        yield


@leak(33, does(Verb.READ_ASSIGNMENT), kinds=("assignment",))
def who_is_in_the_group(house: House) -> Iterator[None]:
    """Assignments of every prison are listed, to whoever reads those of his own."""

    def made(reach: Any) -> Any:
        return lambda decision, kind: () if kind is Assignment else reach(decision, kind)

    with instead(Decision, "reach", made):
        yield


@leak(42)
def there_is_work_for_you(house: House) -> Iterator[None]:
    """What the caller can do is told with how much there is to do: a capability that depends on objects."""

    def made(plain: Any) -> Any:
        def instead_of_it(self: Any, value: Any, *more: Any, **named: Any) -> Any:
            if isinstance(value, dict) and "capacities" in value:
                value = {**value, "waiting": len(of(house, "request"))}
            return plain(self, value, *more, **named)

        return instead_of_it

    with instead(call.Call, "plain", made):
        yield
