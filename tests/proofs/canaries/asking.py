"""What is sent: each operation's example with canaries wherever a caller can put a word, and in ways that must fail.

Members, parameters and headers are read off the examples and the routes; a variant is a way of putting the words.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from fastapi.routing import APIRoute

from domain.confidentiality.verbs import Verb
from tests.http.operations import Operation
from tests.http.world import theatre
from tests.proofs.canaries.planting import Planting

_JSON = {"Content-Type": "application/json"}
WORDS = {"name", "recipient", "words", "note", "purpose", "targetGroup", "howToAsk", "certificate", "subject"}
"""Members in which any word will do."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request, ready to go but for its token."""

    operation: Operation
    variant: str
    method: str
    path: str
    headers: dict[str, str]
    content: bytes | None

    def __str__(self) -> str:
        return f"{self.operation} ({self.variant})"


class Asking:
    """Makes requests whose every word is new."""

    def __init__(self, planting: Planting) -> None:
        self._planting = planting
        self._canaries = planting.canaries
        self._parameters = {
            str(route.operation_id): [str(p.alias) for p in route.dependant.query_params]
            for route in theatre().app.routes
            if isinstance(route, APIRoute)
        }

    def good(self, of: Operation, tag: str | None) -> Sent:
        """As it is meant, with words of one's own; `tag` as it was read, or None: then the tag is a canary too."""
        body = self.body(of)
        return self._sent(of, "good", tag=tag, content=None if body is None else json.dumps(body).encode())

    def body(self, of: Operation) -> dict[str, Any] | None:
        """The example's body with a canary in every member that takes text."""
        if not of.has_body:
            return None
        return {name: self._member(of, name, value) for name, value in (of.example.body or {}).items()}

    def _member(self, of: Operation, name: str, value: Any) -> Any:
        origin = f"sent as {of}.{name}"
        word = self._canaries.word
        match name:
            case "wing":
                return self._planting.wing(value)
            case "wings":
                return [self._planting.wing(wing) for wing in value]
            case "cell":
                return self._canaries.cell(origin)
            case "identifier":
                return self._canaries.number(origin)
            case "issuer" if of.verb is Verb.LOCK_OUT:  # one that nobody trusts is refused
                return self._planting.issuer(value)
            case "issuer":
                return f"https://{word(origin).lower()}.example"
            case "organisation":
                return self._planting.organisation(value)
            case "band" if value.startswith("BAND"):
                return self._planting.band(value)
            case "places" if isinstance(value, list):
                return [word(origin), word(origin)]
            case _ if name in WORDS:
                return word(origin)
            case _:
                return value

    def bad(self, of: Operation) -> Iterator[Sent]:
        """Every way of putting a word where it does not belong."""
        for variant in VARIANTS:
            found = variant(self, of)
            if found is not None:
                yield found

    def nth_bad(self, of: Operation, n: int) -> Sent:
        """One of these, the same for the same number."""
        found = (VARIANTS[(n + k) % len(VARIANTS)](self, of) for k in range(len(VARIANTS)))
        return next(sent for sent in found if sent is not None)

    def _sent(
        self,
        of: Operation,
        variant: str,
        *,
        method: str | None = None,
        path: str | None = None,
        content: bytes | None = None,
        tag: str | None = None,
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Sent:
        word = self._canaries.word
        given = {
            "User-Agent": f"{word('sent as User-Agent')}/1.0",
            "Referer": f"https://dps.example/{word('sent as Referer')}",
            "Cookie": f"session={word('sent as Cookie')}",
            "X-Request-Id": word("sent as X-Request-Id"),
            "Traceparent": f"00-{word('sent as Traceparent')}-01",
            "X-Forwarded-For": f"192.0.2.1, {word('sent as X-Forwarded-For')}",
            "Accept-Language": f"en, {word('sent as Accept-Language')};q=0.1",
        }
        if content is not None:
            given |= _JSON
        if of.method == "POST":
            given["Idempotency-Key"] = word("sent as Idempotency-Key")
        if of.moves:
            given["If-Match"] = tag or f'"{word("sent as If-Match")}"'
        return Sent(of, variant, method or of.method, path or of.path, {**given, **headers}, content)

    # --- ways of putting words where they do not belong ---------------------------------------------------------------

    def wrong_words(self, of: Operation) -> Sent | None:
        """A word in every member: where a code, a number, a date or an id belongs, and far too long where it does."""
        if not of.example.body:
            return None
        body = {name: self._canaries.word(f"bad {of}.{name}") * 200 for name in of.example.body}
        return self._sent(of, "a word in every member", content=json.dumps(body).encode())

    def wrong_kinds(self, of: Operation) -> Sent | None:
        """An object in every member, its name and its value canaries."""
        if not of.example.body:
            return None
        word = self._canaries.word
        body = {name: {word(f"bad {of}.{name}"): [word(f"bad {of}.{name}")]} for name in of.example.body}
        return self._sent(of, "an object in every member", content=json.dumps(body).encode())

    def numbers_in_text(self, of: Operation) -> Sent | None:
        """A prison number in every text."""
        if not of.example.body:
            return None
        body = self.body(of) or {}
        for name in body:
            if name in WORDS:
                body[name] = f"Ask {self._canaries.number(f'bad {of}.{name}')} of wing A"
        return self._sent(of, "a number in every text", content=json.dumps(body).encode())

    def unknown_member(self, of: Operation) -> Sent | None:
        """A member that is not in the document."""
        if not of.has_body:
            return None
        word = self._canaries.word
        body = {**(self.body(of) or {}), word("bad member"): word("bad member")}
        return self._sent(of, "a member too many", content=json.dumps(body).encode())

    def broken(self, of: Operation) -> Sent | None:
        """JSON that ends within a word."""
        if not of.has_body:
            return None
        return self._sent(of, "broken", content=f'{{"name": "{self._canaries.word("broken JSON")}'.encode())

    def said_twice(self, of: Operation) -> Sent | None:
        """A member twice."""
        if not of.has_body:
            return None
        word = self._canaries.word("said twice")
        return self._sent(of, "said twice", content=f'{{"{word}": 1, "{word}": "{word}"}}'.encode())

    def other_media(self, of: Operation) -> Sent | None:
        """A form, as a browser sends it."""
        if not of.has_body:
            return None
        content = f"name={self._canaries.word('form')}".encode()
        return self._sent(of, "a form", content=content, headers={"Content-Type": "text/plain"})

    def unknown_parameter(self, of: Operation) -> Sent:
        """A query that the document does not have."""
        word = self._canaries.word
        return self._sent(of, "a parameter too many", path=f"{of.path}?{word('bad name')}={word('bad parameter')}")

    def wrong_parameters(self, of: Operation) -> Sent | None:
        """A word in every parameter that it has."""
        names = self._parameters[of.name]
        query = "&".join(f"{name}={self._canaries.word(f'bad {name}')}" for name in names)
        return self._sent(of, "a word in every parameter", path=f"{of.path}?{query}") if names else None

    def acting_as(self, of: Operation) -> Sent:
        """A capacity that is none."""
        return self._sent(of, "Acting-As", headers={"Acting-As": self._canaries.word("sent as Acting-As")})

    def purpose(self, of: Operation) -> Sent:
        """A purpose that is none."""
        return self._sent(
            of, "Purpose-Of-Use", headers={"Purpose-Of-Use": self._canaries.word("sent as Purpose-Of-Use")}
        )

    def wrong_key(self, of: Operation) -> Sent | None:
        """A key and a tag that cannot be read."""
        if of.method != "POST":
            return None
        word = self._canaries.word
        headers = {"Idempotency-Key": f"{word('bad key')} !", "If-Match": f'W/"{word("bad tag")}"'}
        return self._sent(of, "key and tag", content=b"{}", headers=headers)

    def wrong_id(self, of: Operation) -> Sent | None:
        """An id that is none."""
        path = of.template.replace("{id}", self._canaries.word("bad id"))
        path = path.replace("{code}", self._canaries.word("bad code").upper())
        return None if path == of.template else self._sent(of, "an id that is none", path=path)

    def unknown_address(self, of: Operation) -> Sent:
        """An address below it that is none."""
        return self._sent(of, "an address that is none", path=f"{of.path}/{self._canaries.word('bad address')}")

    def other_method(self, of: Operation) -> Sent:
        """A method that it does not have."""
        return self._sent(
            of, "another method", method="DELETE", path=f"{of.path}?x={self._canaries.word('bad method')}"
        )

    def never_was(self, of: Operation) -> Sent | None:
        """The id of nothing."""
        if not of.of_one:
            return None
        body = self.body(of)
        content = None if body is None else json.dumps(body).encode()
        return self._sent(of, "of nothing", path=of.path_of(UUID(int=4, version=4)), content=content)


_A = Asking
VARIANTS: tuple[Callable[[Asking, Operation], Sent | None], ...] = (
    *(_A.wrong_words, _A.wrong_kinds, _A.numbers_in_text, _A.unknown_member, _A.broken, _A.said_twice, _A.other_media),
    *(_A.unknown_parameter, _A.wrong_parameters, _A.acting_as, _A.purpose, _A.wrong_key, _A.wrong_id),
    *(_A.unknown_address, _A.other_method, _A.never_was),
)
