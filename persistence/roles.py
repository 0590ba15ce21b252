"""The database roles that the service needs, as SQL that may be run any number of times.

Four roles, so that a mistake in the application cannot become a hole in the database:

* the *owner* (not made here) owns the tables and runs migrations; the service never serves as it;
* the *application* logs in, owns nothing, bypasses nothing, and inherits nothing;
* the *sealer* cannot log in; the application takes it on with ``set role`` for the narrow work of sealing the ledger,
  and lays it down again. As the application does not inherit, it holds the sealer's rights only between those two;
* the *mixer* in the same way, to empty the letterbox at the month's end (rule 1): nobody else sees what lies there.

What each role may do to each table is granted where the tables are made, in the migrations. Here stands only who
exists, who may connect, and how long one statement may take.

The statements are plain SQL for PostgreSQL 15 and later, in order, one command each. A superuser may run them, and so
may the database's owner who has CREATEROLE; ``peer-support database prepare`` runs them, or prints them for someone
who may. A role that exists is corrected only where it differs, since naming SUPERUSER or BYPASSRLS in ``alter role`` at
all, even to take it away, is refused to anybody but a superuser.
"""

from dataclasses import dataclass

__all__ = ["APPLICATION_SETTINGS", "RoleNames", "statements"]

# A request that holds a lock or a connection longer than this has failed already for the person who waits; the next
# one must not wait behind it. Work that takes longer runs in a job, which sets its own limit for its own transaction.
APPLICATION_SETTINGS: dict[str, str] = {
    "statement_timeout": "5s",
    "lock_timeout": "1s",
    "idle_in_transaction_session_timeout": "5s",
    "timezone": "UTC",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNames:
    """The names of the roles: plain identifiers, quoted wherever they are used."""

    application: str = "peer_support_app"
    sealer: str = "peer_support_sealer"
    mixer: str = "peer_support_mixer"


def statements(database: str, names: RoleNames | None = None) -> tuple[str, ...]:
    """Give the SQL that makes, or puts right, the roles for `database`; to be run while connected to that database.

    Raises ValueError for a name that PostgreSQL would cut short (over 63 bytes) or that holds a NUL.
    """
    names = names or RoleNames()
    application, place = _identifier(names.application), _identifier(database)
    taken_on = (names.sealer, names.mixer)
    settings = tuple(
        f"alter role {application} set {setting} to {_literal(value)}"
        for setting, value in APPLICATION_SETTINGS.items()
    )
    return (
        _role(names.application, "login"),
        *(_role(name, "nologin") for name in taken_on),
        *(_membership(member=application, of=_identifier(name)) for name in taken_on),
        *settings,
        # PUBLIC may connect and make temporary tables until told otherwise. A temporary table is found before a real
        # one of the same name, so that right goes too.
        f"revoke all on database {place} from public",
        f"grant connect on database {place} to {application}",
        # A cluster that came up from before PostgreSQL 15 still lets anybody create in the schema `public`.
        "revoke create on schema public from public",
        f"grant usage on schema public to {application}",
    )


def _role(name: str, login: str) -> str:
    """Make a role that has no power of its own, or strip one that has some."""
    role, called = _identifier(name), f"rolname = {_literal(name)}"
    known = f"select from pg_catalog.pg_roles where {called}"
    login_differs = f"rolcanlogin <> {str(login == 'login').lower()}"
    powers = "rolsuper or rolbypassrls or rolreplication or rolcreatedb or rolcreaterole"
    return (
        "do $roles$ begin "
        f"if not exists ({known}) then create role {role} {login} noinherit; end if; "
        f"if exists ({known} and (rolinherit or {login_differs})) then alter role {role} {login} noinherit; end if; "
        f"if exists ({known} and ({powers})) then "
        f"alter role {role} nosuperuser nobypassrls noreplication nocreatedb nocreaterole; end if; "
        "end $roles$"
    )


def _membership(*, member: str, of: str) -> str:
    """Let `member` take on `of` by ``set role`` alone.

    From PostgreSQL 16 on, inheriting belongs to each membership and stays as it was when it was granted; before, it
    belongs to the member. So the newer servers are told outright.
    """
    return (
        "do $roles$ begin "
        "if current_setting('server_version_num')::int >= 160000 then "
        f"execute {_literal(f'grant {of} to {member} with inherit false, set true')}; "
        f"else grant {of} to {member}; "
        "end if; end $roles$"
    )


def _identifier(name: str) -> str:
    if not name or "\0" in name or len(name.encode()) > 63 or "$roles$" in name:
        raise ValueError("a role or database name is empty, over 63 bytes, or holds characters that it may not")
    return '"' + name.replace('"', '""') + '"'


def _literal(value: str) -> str:
    # With standard_conforming_strings off, an old server's choice, a backslash would hide the quote after it.
    if "\\" in value:
        raise ValueError("a backslash has no place in these names")
    return "'" + value.replace("'", "''") + "'"
