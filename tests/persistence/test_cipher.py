"""Ciphertext at rest: bound to its place, refused when touched, read under older keys, and nowhere in clear."""

import base64
from dataclasses import replace
from typing import Any, cast
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.evaluation.reporting import EvaluationReport
from domain.oversight.record import Actor, Assignment
from domain.people.record import Person
from domain.ports import Kept, Query
from persistence.cipher import LETTER_LENGTH, Cipher, Unopenable
from persistence.engine import open_engine
from persistence.keys import Keys, WrongKeys, generate
from persistence.mapping import mapped
from persistence.store import PostgresStore
from tests import servers
from tests.persistence import samples
from tests.persistence.conftest import KEYS
from tests.persistence.drawn import Drawn
from tests.persistence.samples import CANARY, EVERYWHERE, NOW, entry, look, new
from tests.servers import Urls

OLD, NEW = generate(1), generate(2)
CIPHER = Cipher(KEYS)
ROW = uuid4()


@pytest.mark.parametrize(
    "text",
    [f"{NEW}\n{OLD}\n", f"{NEW},{OLD}", f" {NEW} , {OLD} ", f"\n{NEW}\r\n\n{OLD}"],
    ids=["lines", "commas", "spaces", "empty lines"],  # a test's name must not change with the keys drawn
)
def test_keys_are_read_newest_first(text: str) -> None:
    """One a line or with commas; the first is the one that writes."""
    keys = Keys.parse(text)
    assert (keys.newest, keys.versions) == (2, (2, 1))
    assert keys.derive("etag") == keys.derive("etag", 2) != keys.derive("etag", 1)
    assert keys.derive("etag") != keys.derive("cursor")
    assert len(keys.derive("etag")) == 32
    with pytest.raises(KeyError):
        keys.derive("etag", 3)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no key"),
        ("nonsense", "version:base64"),
        (f"0:{OLD[2:]}", "from 1"),
        (f"70000:{OLD[2:]}", "from 1"),
        (f"-1:{OLD[2:]}", "from 1"),
        ("1:!!", "not base64"),
        ("1:" + base64.b64encode(b"short").decode(), "5 bytes"),
        (f"{OLD},{OLD}", "twice"),
        (f"{OLD},2:{OLD[2:]}", "twice"),
    ],
    ids=[
        "none",
        "nonsense",
        "zero",
        "too high",
        "negative",
        "no base64",
        "short",
        "one version twice",
        "one key twice",
    ],
)
def test_wrong_keys_are_refused_in_one_line_without_them(text: str, reason: str) -> None:
    """Whoever reads the message learns what to mend and nothing of the keys."""
    with pytest.raises(WrongKeys, match=reason) as refused:
        Keys.parse(text)
    assert "\n" not in str(refused.value)
    assert OLD[2:] not in str(refused.value)
    assert refused.value.__cause__ is None


def test_keys_do_not_show_themselves() -> None:
    """Neither in a traceback nor in a log."""
    assert repr(Keys.parse(f"{NEW},{OLD}")) == "Keys(versions=(2, 1))"


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300))
def test_what_is_sealed_opens_again(text: str) -> None:
    """Any text, its length hidden but for steps of 32 bytes, never twice the same ciphertext."""
    sealed = CIPHER.seal("person", "name", ROW, text)
    assert CIPHER.open("person", "name", ROW, sealed) == text
    assert (len(sealed) - 31) % 32 == 0
    assert sealed != CIPHER.seal("person", "name", ROW, text)


def test_short_texts_have_one_length() -> None:
    """A language, a cell and most names cannot be told apart by their length."""
    assert len({len(CIPHER.seal("request", "language", ROW, t)) for t in ("", "cy", "en", "A-2-14", CANARY)}) == 1


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("person", "identifier", ROW), ("supporter", "name", ROW), ("person", "name", uuid4())],
)
def test_a_ciphertext_that_was_moved_does_not_open(table: str, column: str, row: object) -> None:
    """Not in another column, table or row."""
    sealed = CIPHER.seal("person", "name", ROW, CANARY)
    with pytest.raises(Unopenable):
        CIPHER.open(table, column, row, sealed)  # type: ignore[arg-type]


def test_a_flipped_bit_or_a_cut_does_not_open() -> None:
    """Any bit of it, the version and the nonce included; any shorter piece; any other key. Nothing of it is told."""
    sealed = CIPHER.seal("person", "name", ROW, CANARY)
    every = range(len(sealed))
    flipped = [sealed[:n] + bytes((sealed[n] ^ bit,)) + sealed[n + 1 :] for n in every for bit in (1, 128)]
    for wrong in (*flipped, *(sealed[:n] for n in every), sealed + b"\0"):
        with pytest.raises(Unopenable) as refused:
            CIPHER.open("person", "name", ROW, wrong)
        assert str(refused.value) == ""
    with pytest.raises(Unopenable):
        Cipher(Keys.parse(generate())).open("person", "name", ROW, sealed)


def test_letters_have_one_length() -> None:
    """Whatever was handed in; what is too long is refused; a letter opens only in its box and row."""
    letters = [CIPHER.seal_letter("tally", ROW, plain) for plain in (b"", b"{}", b"x" * (LETTER_LENGTH - 32))]
    assert {len(letter) for letter in letters} == {LETTER_LENGTH}
    assert CIPHER.open_letter("tally", ROW, letters[1]) == b"{}"
    for box, row in (("other", ROW), ("tally", uuid4())):
        with pytest.raises(Unopenable):
            CIPHER.open_letter(box, row, letters[1])
    with pytest.raises(ValueError, match="longer"):
        CIPHER.seal_letter("tally", ROW, b"x" * (LETTER_LENGTH - 31))


def test_an_index_is_keyed_and_tells_its_parts_apart() -> None:
    """Equal for equals under one key, another under another; (a|b, c) is not (a, b|c)."""
    index = CIPHER.index("person.identifier", "NOMS", "A0001AA")
    assert index == CIPHER.index("person.identifier", "NOMS", "A0001AA")
    assert len(index) == 16
    assert index != Cipher(Keys.parse(generate())).index("person.identifier", "NOMS", "A0001AA")
    others = [("NOMS", "A0001AB"), ("PRIS", "A0001AA"), ("NOMS|A0001AA",), ("NOMS|A", "0001AA"), ("NOMS\\", "|A0001AA")]
    assert len({CIPHER.index("person.identifier", *o) for o in others} | {index}) == len(others) + 1


async def test_a_rotated_key_still_reads_and_finds(ready: Urls) -> None:
    """What the old version wrote is read and found with both in the list, written anew with the newest at its next
    change, and then read without the old one."""
    engines = [await open_engine(ready.app_url) for _ in range(3)]
    texts = (OLD, f"{NEW},{OLD}", NEW)
    before, both, after = (
        PostgresStore(engine, Keys.parse(text), lambda: NOW) for engine, text in zip(engines, texts, strict=True)
    )
    try:
        person, use = samples.person(samples.new_prison()), samples.use()
        actor = samples.actor()
        held = samples.assignment(person.prison, holder=actor.id, subject=actor.subject)
        await before.settle(entry(), [new(person), new(actor), new(held)], EVERYWHERE, use)
        named = {"issuer": actor.issuer, "subject": actor.subject}
        by_subject = ((Actor, actor.id, named | {"kind": actor.kind}), (Assignment, held.id, named))
        for kind, id, equal in by_subject:
            assert [r.id for r in await both.find(kind, Query(equal=equal), look())] == [id]
            assert await after.find(kind, Query(equal=equal), look()) == []
        known = Query(equal={"identifier_kind": "NOMS", "identifier": person.identifier})
        assert (await both.get(Person, person.id, look())) is not None
        assert [p.id for p in await both.find(Person, known, look())] == [person.id]
        assert await both.used(use.actor, use.route, use.key) == use
        with pytest.raises(Unopenable):
            await after.get(Person, person.id, look())
        await both.settle(entry(), [Kept(record, 1) for record in (person, actor, held)], EVERYWHERE)
        assert [p.name for p in await after.find(Person, known, look())] == [CANARY]
        for kind, id, equal in by_subject:
            assert [(r.id, r.subject) for r in await after.find(kind, Query(equal=equal), look())] == [
                (id, actor.subject)
            ]
    finally:
        for store in (before, both, after):
            await store.close()


def dumped(urls: Urls) -> str:
    """Every row of every table, as text, by the owner."""
    tables = servers.run_sql(urls, "select relname from pg_class where relkind = 'r' and relnamespace = 2200").split()
    return "\n".join(servers.run_sql(urls, f"select t.* from {table} t") for table in tables)


async def test_nothing_that_is_marked_is_there_in_clear(postgres: PostgresStore, ready: Urls) -> None:
    """A name, a cell, a language, a note, a prison number, a subject, a letter, a key: in no column of any table, in no
    form that a dump shows. What is not marked is found, so the search can find."""
    prison = samples.new_prison()
    words = "CanaryOfMarkedWords"
    person = samples.person(prison, name=words)
    use = samples.use(key=words + "key", route=words + "route")
    marked = [
        person,
        samples.request(prison, recipient=words, cell=words, language=words),
        samples.session(prison, note=words),
        samples.supporter(prison, name=words),
        samples.actor(subject=words),
        samples.assignment(prison, subject=words),
    ]
    for record in marked:
        encrypted = [f.name for f in type(record).shape.fields.values() if f.mark.encrypted]
        assert encrypted
        assert all(getattr(record, name) in (words, person.identifier) for name in encrypted)
    await postgres.settle(entry(), [new(r) for r in marked], EVERYWHERE, use)
    await postgres.settle(entry(), [], EVERYWHERE, samples.use(key=words, subject=None), [samples.letter(month=words)])
    found = dumped(ready)
    assert prison in found
    for secret in (words, person.identifier, use.key, use.actor, use.subject):
        for form in (str(secret), str(secret).encode().hex(), str(secret).replace("-", "")):
            assert form not in found.replace(str(marked[0].id), ""), secret
    got = await postgres.get(Person, person.id, look())
    assert got is not None
    assert got.name == words


async def test_what_was_touched_in_the_table_is_not_shown(postgres: PostgresStore, ready: Urls) -> None:
    """A ciphertext copied from another row, or changed by a bit, opens for nobody: no partial record comes back."""
    one, other = samples.person(samples.new_prison()), samples.person(samples.new_prison())
    await postgres.settle(entry(), [new(one), new(other)], EVERYWHERE)
    assert mapped(Person).name == "person"
    servers.run_sql(
        ready,
        "set session_replication_role = replica",
        f"update person set name = (select name from person where id = '{one.id}') where id = '{other.id}'",
        f"update person set identifier = set_byte(identifier, 20, get_byte(identifier, 20) # 1) where id = '{one.id}'",
    )
    for person in (one, other):
        with pytest.raises(Unopenable):
            await postgres.get(Person, person.id, look())


def test_what_a_report_was_reckoned_from_is_no_clear_text_in_its_row() -> None:
    """Exact counts stand behind a report for six years: whoever holds only the database has ciphertext of them."""
    of, report = mapped(EvaluationReport), Drawn(7).record(EvaluationReport, 1)
    report = replace(cast(Any, report), kept='{"counts": {"flow/ANALYSED": 3}}')
    row = of.row(report, CIPHER, 1)
    assert isinstance(row["kept"], bytes)
    assert b"ANALYSED" not in row["kept"]
    assert CIPHER.open("month_report", "kept", report.id, row["kept"]) == report.kept
