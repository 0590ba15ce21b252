"""Of one scheme no two times of the week overlap, said to PostgreSQL.

Two things are compared: the minutes of the week that each covers (a night of Sunday's in two parts), and the span from
its first day's minute to its last day's, in minutes since 2000. As none is longer than a day, two that overlap in both
are on at once in some week: so this refuses exactly what `Hours.overlaps` does, and a test holds that. The wheel's
PostgreSQL has no btree_gist, so the scheme is compared as a range of one (DESIGN 6).
"""

from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from domain.schemes.registers.hours import Weekday

CLOCK = "'^([01][0-9]|2[0-3]):[0-5][0-9]$'"
"""What a time on the wall looks like."""
_WEEK = ", ".join(f"'{day.value}'" for day in Weekday)
_DAY = f"array_position(array[{_WEEK}]::text[], weekday)"
_STARTS = "(substr(starts, 1, 2)::integer * 60 + substr(starts, 4, 2)::integer)"
_ENDS = "(substr(ends, 1, 2)::integer * 60 + substr(ends, 4, 2)::integer)"
_LASTS = f"(({_ENDS} - {_STARTS} + 1439) % 1440 + 1)"
_IN_WEEK = f"(({_DAY} - 1) * 1440 + {_STARTS})"
_FIRST = f"(valid_from + ({_DAY} - extract(isodow from valid_from)::integer + 7) % 7 - date '2000-01-01')"
_UNTIL = "coalesce(valid_until, date '9999-12-31')"
_LAST = f"({_UNTIL} - (extract(isodow from {_UNTIL})::integer - {_DAY} + 7) % 7 - date '2000-01-01')"
_BEGINS = f"({_FIRST}::bigint * 1440 + {_STARTS})"
_OVER = f"({_LAST}::bigint * 1440 + {_STARTS} + {_LASTS})"
_ENDED = f"greatest({_OVER}, {_BEGINS})"
NEVER_TWICE = ExcludeConstraint[Any](
    (text("uuidrange(scheme, scheme, '[]')"), "&&"),
    (
        text(
            f"int4multirange(int4range({_IN_WEEK}, least({_IN_WEEK} + {_LASTS}, 10080)),"
            f" int4range(0, greatest({_IN_WEEK} + {_LASTS} - 10080, 0)))"
        ),
        "&&",
    ),
    (text(f"int8range({_BEGINS}, {_ENDED})"), "&&"),
    using="gist",
    name="service_time_never_twice",
)
