"""The service's keys, and whose tokens it trusts."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from api.identity import configuration
from api.identity.demonstration import ISSUER, Demonstration
from api.identity.identifier import Identifier
from api.identity.marking import Marking
from api.settings import Settings
from api.wiring.database import CannotStart, Database
from persistence import embedded
from persistence.keys import Keys, WrongKeys, generate
from persistence.sealing import NotPublic, Outside, outside

KEYS_FILE: Final = "keys"
ESTATE_NAMES: Final = "user_name"
"""The claim in which the estate's own issuer names staff (hmpps.md 1.2)."""


def keys_of(settings: Settings, make_in: Path | None = None) -> Keys:
    """The service's keys. `make_in`: the demonstration's folder, where they are made once, readable by us alone."""
    written = settings.keys
    try:
        if written is None and make_in is not None:
            file = make_in / KEYS_FILE
            if not file.exists():
                make_in.mkdir(parents=True, exist_ok=True)
                with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
                    made.write(generate() + "\n")
            written = file.read_text()
        if written is None:
            raise CannotStart("KEYS is not set: one line version:base64 of 32 random bytes, or a file of such lines")
        if ":" not in written or os.path.isfile(written):
            written = Path(written).read_text()
        return Keys.parse(written)
    except WrongKeys as error:
        raise CannotStart(f"KEYS: {error}") from None
    except OSError as error:
        raise CannotStart(f"KEYS: the file cannot be read ({error.strerror})") from None


NO_ENVELOPES: Final = (
    "ENVELOPE_KEY_PARTNER and ENVELOPE_KEY_ESTATE are not set: no envelope is made, and who asked under a closed policy"
    " is gone at its hour"
)


def envelopes_of(settings: Settings) -> Outside | None:
    """The two public keys outside; None: neither is set. Raises `CannotStart`: one is missing, or no public key."""
    partner, estate = settings.envelope_key_partner, settings.envelope_key_estate
    if partner is None and estate is None:
        return None
    if partner is None or estate is None:
        raise CannotStart("ENVELOPE_KEY_PARTNER and ENVELOPE_KEY_ESTATE are set together, or neither")
    try:
        return outside(partner, estate)
    except NotPublic as wrong:
        raise CannotStart(f"ENVELOPE_KEY_PARTNER, ENVELOPE_KEY_ESTATE: {wrong}") from None


def folder_of(settings: Settings, there: Database) -> Path:
    """Where the demonstration keeps its keys: beside its data."""
    return there.folder or settings.data or embedded.default_folder()


def marking_of(keys: Keys) -> Marking:
    """How tokens that were ended stand at rest: by every version of the keys, the newest first."""
    return Marking([keys.derive("ended tokens", n) for n in dict.fromkeys((keys.newest, *keys.versions))])


@asynccontextmanager
async def identifying(
    settings: Settings, demonstration: Demonstration | None = None, marking: Marking | None = None
) -> AsyncGenerator[Identifier]:
    """Who signs tokens here. Under the demonstration its own issuer, and no other. `marking` as `Identifier` has it."""
    if demonstration is not None:
        identifier = Identifier([demonstration.profile], in_memory={ISSUER: demonstration.keys()}, marking=marking)
    else:
        written = settings.issuers or ""
        if "PRIVATE KEY" in written or "PRIVATE KEY" in (settings.keys or ""):
            raise CannotStart("a private key stands in the settings: this service verifies tokens and signs none")
        profiles = configuration.from_environment({"ISSUERS": written})
        if not profiles:
            raise CannotStart("ISSUERS is not set: this service would know nobody")
        identifier = Identifier(profiles, marking=marking)
    try:
        yield identifier
    finally:
        await identifier.aclose()


def staff_issuers(settings: Settings) -> frozenset[str]:
    """The issuers whose names of staff are the estate's own: those with the profile of its own issuer. A name that
    another issuer says is another person's (rule 8)."""
    profiles = configuration.from_environment({"ISSUERS": settings.issuers or ""})
    return frozenset(p.issuer for p in profiles if p.subject_claim == ESTATE_NAMES and p.upper_case_names)
