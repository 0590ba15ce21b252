"""Everything that can go wrong on purpose, as one tree without a word of HTTP.

    Trouble
    ├── Unidentified        no valid token: nobody is acting, so there is no act
    ├── Refused             this role never does this, for any object
    ├── PurposeRequired     the role does this for several purposes; say which
    ├── CapacityRequired    several of the caller's assignments fit; say which one acts
    ├── Absent              out of reach, or never existed: the same to whoever asks
    ├── Unreadable          the request cannot be read: syntax, a header, a parameter, a filter, a cursor
    ├── Unacceptable        it can be read, but says something that this operation does not hear
    ├── NotNow              state or guard forbids it today; `failures` names all of them
    ├── TagRequired         a change needs to say which version it read
    ├── Stale               … and that version is gone
    ├── KeyReused           an idempotency key came back with another body
    ├── KeyInFlight         … or while its first use is still under way
    ├── TooMany             the caller's own rate is spent; `retry_after` seconds
    ├── TooLarge            body, header, depth or list over its limit
    └── Unavailable         what we need cannot be had now (the ledger before all); `retry_after` seconds

A `Failure` is a stable English code and, where one member is at fault, its path. Never the caller's own words: an
error is read by log files and by people other than the one who typed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Failure:
    """One reason. `code` is stable and English; `path` is a JSON pointer into the request, if one member is at
    fault."""

    code: str
    path: str | None = None


class Trouble(Exception):
    """The root. `code` is the stable slug of the kind of trouble; what may be told besides is in `failures`."""

    code: str = "trouble"

    def __init__(self, failures: Sequence[Failure | str] = (), *, code: str | None = None) -> None:
        self.failures: tuple[Failure, ...] = tuple(f if isinstance(f, Failure) else Failure(f) for f in failures)
        if code is not None:
            self.code = code
        super().__init__(self.code)


class Unidentified(Trouble):
    """No valid token. One answer for every reason: which check failed helps only an attacker (security.md 1.3)."""

    code = "unauthorised"


class Refused(Trouble):
    """The role in which the caller acts never does this. It says nothing about any object."""

    code = "forbidden"


class PurposeRequired(Trouble):
    """The role has this verb for several purposes and none was stated. `choices` are this role's own purposes."""

    code = "purpose-required"

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__([Failure("PURPOSE_REQUIRED", "header:Purpose-Of-Use")])
        self.choices: Final = tuple(choices)


class CapacityRequired(Trouble):
    """Several of the caller's own assignments fit. `choices` are their ids; never a union of them (rule 29)."""

    code = "capacity-required"

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__([Failure("CAPACITY_REQUIRED", "header:Acting-As")])
        self.choices: Final = tuple(choices)


class Absent(Trouble):
    """Not there, or not there for this viewer. The two must never differ in a byte, nor in the work they cost."""

    code = "not-found"


class Unreadable(Trouble):
    """The request cannot be read: JSON syntax, duplicate keys, depth, a header, a parameter, a filter, a cursor."""

    code = "unreadable"


class Unacceptable(Trouble):
    """The body can be read, but a member is unknown, of the wrong kind, or may not be held here."""

    code = "unacceptable"


class NotNow(Trouble):
    """State or guard. All failures at once, so that nobody has to try five times to learn five reasons. `moves` are the
    moves that this caller may try from where the record stands, where the act was about one that he may see; None where
    there is nothing to tell. `like` are the ids of records that he may read, and that look like what he sent."""

    code = "conflict"
    moves: tuple[str, ...] | None = None

    def __init__(
        self, failures: Sequence[Failure | str] = (), *, code: str | None = None, like: Sequence[str] = ()
    ) -> None:
        super().__init__(failures, code=code)
        self.like: Final = tuple(like)


class TagRequired(Trouble):
    """A change of an existing record must carry the tag it read (RFC 6585)."""

    code = "tag-required"


class Stale(Trouble):
    """The tag is not that of the record as this viewer sees it now (RFC 9110, 13.1.1)."""

    code = "stale"


class KeyReused(Trouble):
    """An idempotency key came back with another body."""

    code = "key-reused"


class KeyInFlight(Trouble):
    """The first use of this idempotency key has not finished."""

    code = "key-in-flight"


class TooMany(Trouble):
    """The caller's own rate is spent. `retry_after` in seconds."""

    code = "too-many-requests"

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__()
        self.retry_after: Final = retry_after


class TooLarge(Trouble):
    """A limit of size. `code` says which: `content-too-large`, `uri-too-long`, `header-too-large`."""

    code = "content-too-large"


class Unavailable(Trouble):
    """Something that we need cannot be had now; nothing was shown or changed. `retry_after` in seconds."""

    code = "unavailable"

    def __init__(self, retry_after: int = 5) -> None:
        super().__init__()
        self.retry_after: Final = retry_after
