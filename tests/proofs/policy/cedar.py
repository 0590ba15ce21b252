"""The policy said again, in Cedar: a second opinion from an engine that others wrote and proved.

From each grant come three policies. `may` asks whether the role does the verb for the purpose at all; `reach` asks it
of one record; `see` asks for one class of its fields. What a grant *says* (role, purpose, verbs, classes) is read off
the table. What its words *mean* is written out here by hand, in Cedar, from DESIGN 4 and the rules: no line of it comes
from `within`, `reach_of` or `covers`, or the second opinion would be the first one's echo.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, get_args
from uuid import UUID

import cedarpy

from domain.confidentiality.about import ABOUT
from domain.confidentiality.classification import Classification
from domain.confidentiality.grants import Grant
from domain.confidentiality.record import KINDS, Record
from domain.confidentiality.roles import Role
from domain.confidentiality.verbs import Verb
from domain.confidentiality.within import Within

_PLACE: Final = (
    "resource has jurisdiction && principal.jurisdictions.contains(resource.jurisdiction)"
    " && (principal.everyPrison || (resource has prison && principal.prisons.contains(resource.prison)))"
)
_SCHEME: Final = "(principal.everyScheme || (resource has scheme && principal.schemes.contains(resource.scheme)))"
_WING: Final = "resource has wing && principal.wings.contains(resource.wing)"
_LIVES: Final = "(!(resource has readable_until) || context.now < resource.readable_until)"
MEANING: Final = {
    Within.ANYONE: ("true", ()),
    Within.OWN_PERSON: ("resource has person && principal.persons.contains(resource.person)", ("person",)),
    Within.OWN_PERSON_TOLD: (
        "resource has person && principal.persons.contains(resource.person)"
        " && resource has told_to_him && resource.told_to_him",
        ("person", "told_to_him"),
    ),
    Within.OWN_ACTS: ("resource has author && principal.authors.contains(resource.author)", ("author",)),
    Within.OWN_SUPPORT: (
        "resource has supporter_person && principal.persons.contains(resource.supporter_person)",
        ("supporter_person",),
    ),
    Within.OWN_PRISON: (_PLACE, ("jurisdiction", "prison")),
    Within.OWN_SCHEME: (f"{_PLACE} && {_SCHEME}", ("jurisdiction", "prison", "scheme")),
    Within.OWN_WING: (f"{_PLACE} && {_WING}", ("jurisdiction", "prison", "wing")),
    Within.OWN_WING_ON_DUTY: (
        f"{_PLACE} && {_WING} && {_LIVES}",
        ("jurisdiction", "prison", "wing", "readable_until"),
    ),
    Within.OWN_PRISON_TONIGHT: (f"{_PLACE} && {_LIVES}", ("jurisdiction", "prison", "readable_until")),
    Within.OWN_PRISON_HERE: (f"{_PLACE} && !(resource has left_on)", ("jurisdiction", "prison", "left_on")),
    Within.OWN_PRISON_IN_FORCE: (
        f"{_PLACE} && resource has in_force_from && resource.in_force_from <= context.now"
        " && (if resource has in_force_until then context.now < resource.in_force_until else true)",
        ("jurisdiction", "prison", "in_force_from", "in_force_until"),
    ),
    Within.OWN_PRISON_BELOW: (
        f"{_PLACE} && resource has goes_up && resource.goes_up == false",
        ("jurisdiction", "prison", "goes_up"),
    ),
    Within.OWN_SUPERVISED: (
        f"{_PLACE} && resource has supervisor && principal.authors.contains(resource.supervisor)",
        ("jurisdiction", "prison", "supervisor"),
    ),
    Within.OWN_SUPERVISEE: (
        f"{_PLACE} && resource has supervisee && principal.authors.contains(resource.supervisee)",
        ("jurisdiction", "prison", "supervisee"),
    ),
    Within.OWN_SCHEME_TOLD: (
        f"{_PLACE} && {_SCHEME} && resource has in_force_from && resource.in_force_from <= context.now"
        " && (if resource has in_force_until then context.now < resource.in_force_until else true)"
        " && resource has staff_only && resource.staff_only == false",
        ("jurisdiction", "prison", "scheme", "in_force_from", "in_force_until", "staff_only"),
    ),
    Within.OWN_SCHEME_LISTED: (
        f"{_PLACE} && {_SCHEME} && resource has in_force_from && resource.in_force_from <= context.now"
        " && (if resource has in_force_until then context.now < resource.in_force_until else true)"
        " && resource has listed && resource.listed",
        ("jurisdiction", "prison", "scheme", "in_force_from", "in_force_until", "listed"),
    ),
    Within.OWN_PARTNER: (
        "resource has jurisdiction && principal.jurisdictions.contains(resource.jurisdiction)"
        " && resource has organisation && principal.organisations.contains(resource.organisation)",
        ("jurisdiction", "organisation"),
    ),
    Within.OWN_ORGANISATION: (
        f"{_PLACE} && {_SCHEME}"
        " && resource has organisation && principal.organisations.contains(resource.organisation)",
        ("jurisdiction", "prison", "scheme", "organisation"),
    ),
}
"""What each `Within` means, and the fields that it speaks of. A new one without a line here fails every test."""

ROLES_OWN: Final = (Within.ANYONE, Within.OWN_PERSON, Within.OWN_PERSON_TOLD, Within.OWN_ACTS, Within.OWN_SUPPORT)
"""Reaches to what is one's own, which the walls of rules 6 and 30 leave open."""
FACTS: Final = ("jurisdictions", "prisons", "schemes", "wings", "organisations", "persons", "authors")
SPOKEN_OF: Final = tuple(sorted({f for _, fields in MEANING.values() for f in fields} | {"closed"}))
NOTHING: Final = "Nothing"
_OF_A_ROLE: Final = re.compile(r'permit\(principal in Role::"(\w+)",')
_INSTANTS: Final = ("readable_from", "readable_until", "in_force_from", "in_force_until", "opens_at")


def walls(within: Within, closed: bool, kind: type[Record]) -> list[tuple[str, tuple[str, ...]]]:
    """What is shut to a grant of this reach among records of a kind, with the fields: rules 2 and 3 (closed-policy
    participation), 30 (one's own matters), 6 (one's own acts, to be judged) and 4 (what may not be read yet)."""
    found: list[tuple[str, tuple[str, ...]]] = []
    shape = kind.shape
    if not closed and shape.existence is Classification.PARTICIPATION and "closed" in shape.fields:
        found.append(("resource has closed && resource.closed", ("closed",)))
    if within not in ROLES_OWN:
        for party in shape.parties:
            found.append((f"resource has {party} && principal.persons.contains(resource.{party})", (party,)))
        for of in shape.judged:
            found.append((f"resource has {of} && principal.authors.contains(resource.{of})", (of,)))
    if shape.embargo is not None:
        of = shape.embargo
        found.append((f"!(resource has {of}) || context.now < resource.{of}", (of,)))
    return found


def entity_of(kind: str | None) -> str:
    """The Cedar type of a kind of record; `Action` is a type of Cedar's own."""
    called = NOTHING if kind is None else "".join(word.capitalize() for word in kind.split("-"))
    return "ActionRecord" if called == "Action" else called


def _within_an_action(verbs: Iterable[Verb], prefix: str = "") -> str:
    return "[" + ", ".join(f'Action::"{prefix}{v.value}"' for v in sorted(verbs)) + "]"


def _words(values: Iterable[str]) -> str:
    return "[" + ", ".join(f'"{v}"' for v in sorted(values)) + "]"


@dataclass(frozen=True, slots=True)
class Texts:
    """The three sets of policies, each policy under the number of its grant, and the schema that holds them."""

    may: str
    reach: str
    see: str
    schema: str
    rules: dict[str, tuple[str, ...]]
    """For each set the rule of each of its policies, in their order."""


def emitted(grants: Sequence[Grant]) -> Texts:
    """The whole table in Cedar."""
    may: list[str] = []
    see: list[str] = []
    reach: list[tuple[str, str]] = []
    for grant in grants:
        who = f'principal in Role::"{grant.role.value}"'
        why = f'context.purposes.contains("{grant.purpose.value}")'
        may.append(f"permit({who}, action in {_within_an_action(grant.may, 'may:')}, resource) when {{ {why} }};")
        verbs, classes = _words(v.value for v in grant.may), _words(c.value for c in grant.sees)
        seen = f"{why} && {verbs}.contains(context.verb) && {classes}.contains(context.class)"
        see.append(f'permit({who}, action == Action::"see", resource) when {{ {seen} }};')
        for kind in sorted({k for v in grant.may if (k := ABOUT[v].kind) is not None}):
            about = [v for v in grant.may if ABOUT[v].kind == kind]
            text = f"permit({who}, action in {_within_an_action(about)}, resource) when {{ {why} && {{within}} }}"
            meaning, _ = MEANING[grant.within]
            shut = "".join(f" unless {{ {told} }}" for told, _ in walls(grant.within, grant.closed, KINDS[kind]))
            reach.append((grant.rule, text.replace("{within}", f"({meaning})") + shut + ";"))
    rules = {"may": tuple(g.rule for g in grants), "see": tuple(g.rule for g in grants)}
    rules["reach"] = tuple(rule for rule, _ in reach)
    return Texts("\n".join(may), "\n".join(text for _, text in reach), "\n".join(see), schema(), rules)


def schema() -> str:
    """Who may ask what of what. Misspelt attributes and impossible questions are refused by `validate_policies`."""
    attributes = ", ".join(f"{fact}: Set<String>" for fact in FACTS)
    lines = [
        "entity Role;",
        f"entity {NOTHING};",
        f"entity Capacity in [Role] = {{ {attributes}, everyPrison: Bool, everyScheme: Bool }};",
    ]
    for name in sorted({k for facts in ABOUT.values() if (k := facts.kind) is not None}):
        kind = KINDS[name]
        fields = ", ".join(f"{field}{_maybe(kind, field)}: {_type(field)}" for field in spoken_of(kind))
        lines.append(f"entity {entity_of(name)} = {{ {fields} }};")
    for verb in Verb:
        context = "{ purposes: Set<String>, now: Long }"
        applies = (
            f"appliesTo {{ principal: [Capacity], resource: [{entity_of(ABOUT[verb].kind)}], context: {context} }}"
        )
        lines.append(f'action "{verb.value}" {applies};')
        lines.append(f'action "may:{verb.value}" {applies.replace(entity_of(ABOUT[verb].kind), NOTHING)};')
    context = "{ purposes: Set<String>, verb: String, class: String }"
    lines.append(f"action see appliesTo {{ principal: [Capacity], resource: [{NOTHING}], context: {context} }};")
    return "\n".join(lines)


def spoken_of(kind: type[Record]) -> list[str]:
    """The fields of a kind of which the policy may speak."""
    shape = kind.shape
    named = {*SPOKEN_OF, *shape.parties, *shape.judged, *({shape.embargo} - {None})}
    return sorted(f for f in named if f in shape.fields)


def _maybe(kind: type[Record], field: str) -> str:
    return "?" if type(None) in get_args(kind.shape.fields[field].type) else ""


def _type(field: str) -> str:
    flags = dict.fromkeys(("closed", "goes_up", "staff_only", "listed", "told_to_him"), "Bool")
    return {**flags, **dict.fromkeys(_INSTANTS, "Long")}.get(field, "String")


# --- entities and questions -------------------------------------------------------------------------------------------


def role_entities() -> list[dict[str, Any]]:
    """Every role, and the one resource of a question that is about no record."""
    roles = [{"uid": {"type": "Role", "id": role.value}, "attrs": {}, "parents": []} for role in Role]
    return [*roles, {"uid": {"type": NOTHING, "id": "-"}, "attrs": {}, "parents": []}]


def viewer_entity(name: str, role: Role, facts: dict[str, frozenset[object] | None]) -> dict[str, Any]:
    """A viewer of that role with those facts; a fact of None bounds nothing."""
    attrs: dict[str, Any] = {fact: sorted(str(v) for v in facts.get(fact) or ()) for fact in FACTS}
    attrs["everyPrison"] = "prisons" in facts and facts["prisons"] is None
    attrs["everyScheme"] = "schemes" in facts and facts["schemes"] is None
    return {
        "uid": {"type": "Capacity", "id": f"{role.value}:{name}"},
        "attrs": attrs,
        "parents": [{"type": "Role", "id": role.value}],
    }


def record_entity(record: Record) -> dict[str, Any]:
    """A record, as far as the policy may speak of it; an empty field is one that it has not."""
    attrs: dict[str, Any] = {}
    for field in spoken_of(type(record)):
        value = getattr(record, field)
        if value is not None:
            attrs[field] = int(value.timestamp()) if field in _INSTANTS else _plain(value)
    return {"uid": {"type": entity_of(record.shape.kind), "id": str(record.id)}, "attrs": attrs, "parents": []}


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID | date) else value


def asked(
    policies: str,
    rules: Sequence[str],
    entities: list[dict[str, Any]],
    questions: list[dict[str, Any]],
    *,
    each: int = 1,
) -> list[frozenset[str]]:
    """For each question the rules that permit it; none where it is refused. An error in Cedar is an error here.

    Cedar tries every policy on every question, and the head of nearly each says that it is another role's: so a
    question is put to those whose head does not, and every `each`th to all, to see that it makes no difference."""
    lines = policies.splitlines()
    heads = [found and found[1] for found in map(_OF_A_ROLE.match, lines)]
    roles = [one["principal"]["id"].partition(":")[0] for one in questions]
    found: dict[int, frozenset[str]] = {}
    for role in dict.fromkeys(roles) if each > 1 else ():
        own = [n for n, head in enumerate(heads) if head in (None, role)]
        his = [n for n, of in enumerate(roles) if of == role]
        put = [questions[n] for n in his]
        answers = _answers("\n".join(lines[n] for n in own), [rules[n] for n in own], _named(entities, put), put)
        found |= dict(zip(his, answers, strict=True))
    some = range(0, len(questions), each)
    for number, answer in zip(some, _answers(policies, rules, entities, questions[::each]), strict=True):
        if found.setdefault(number, answer) != answer:
            raise ValueError(f"{questions[number]} is answered by a policy with another role's head: {sorted(answer)}")
    return [found[number] for number in range(len(questions))]


def _named(entities: list[dict[str, Any]], questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = {(one[of]["type"], one[of]["id"]) for one in questions for of in ("principal", "resource")}
    return [e for e in entities if e["uid"]["type"] == "Role" or (e["uid"]["type"], e["uid"]["id"]) in names]


def _answers(
    policies: str, rules: Sequence[str], entities: list[dict[str, Any]], questions: list[dict[str, Any]]
) -> list[frozenset[str]]:
    found: list[frozenset[str]] = []
    for answer in cedarpy.is_authorized_batch(questions, cedarpy.PolicySet.from_str(policies), entities):
        if answer.diagnostics.errors:
            raise ValueError(answer.diagnostics.errors)
        found.append(frozenset(rules[int(name.removeprefix("policy"))] for name in answer.diagnostics.reasons))
    return found


def question(capacity: str, action: str, resource: tuple[str, str], **context: Any) -> dict[str, Any]:
    """One question."""
    return {
        "principal": {"type": "Capacity", "id": capacity},
        "action": {"type": "Action", "id": action},
        "resource": {"type": resource[0], "id": resource[1]},
        "context": context,
    }
