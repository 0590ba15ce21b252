"""The forty-two side channels of security.md 7.3, and what became of each: planted on the switchboard, proved elsewhere
(timing, a test of its own), or not there yet, and why. When the service grows one, its line here has to go."""

NI, TIMING, ELSEWHERE = "NI", "T", "X"
CHANNELS: dict[int, tuple[str, str]] = {
    1: ("status code", NI),
    2: ("error text, problem type, instance, error id", NI),
    3: ("validation that depends on hidden state", NI),
    4: ("uniqueness, duplicate 409", NI),
    5: ("foreign key, delete 409", NI),
    6: ("total count, has_more, page sizes, empty last page", NI),
    7: ("cursor content and validity", NI),
    8: ("filter on a redacted field", NI),
    9: ("sort by a redacted field, default order by hidden time", NI),
    10: ("search index, autocomplete, ranking scores", NI),
    11: ("null against absent key, type change, key order", NI),
    12: ("ETag, Last-Modified, version, updated_at", NI),
    13: ("If-Match 412 because a hidden field changed", NI),
    14: ("sequence ids, reference numbers, gaps, ids in order of time", NI),
    15: ("idempotency store shared across actors", NI),
    16: ("rate-limit and quota headers, 429 shared", NI),
    17: ("304, cache Age, shared cache, Vary", NI),
    18: ("response size, compression, padding", NI),
    19: ("timing: fetch then check, N+1 on hidden rows", TIMING),
    20: ("database contention on a hidden row", TIMING),
    21: ("statistics, dashboards, exports, CSV", NI),
    22: ("audit reading by the wrong people", NI),
    23: ("audit proofs, checkpoint size, receipt positions", NI),
    24: ("webhooks, domain events, queue attributes and depth, topic names", NI),
    25: ("notifications, unread counts, calendar busy slots", NI),
    26: ("logs, traces, metrics labels, error tracker", NI),
    27: ("URLs, query strings, Referer", ELSEWHERE),
    28: ("the document, field names, enum values by role", NI),
    29: ("OPTIONS, Allow, HEAD, 405 by object state", NI),
    30: ("bulk and batch: partial success, order, atomic failure", NI),
    31: ("nested relations, counts in parents", NI),
    32: ("import and CSV errors", NI),
    33: ("role and membership lists", NI),
    34: ("absence: a wing list without the man", "-"),
    35: ("undelete and history endpoints, diff views, 'edited'", NI),
    36: ("retention and erasure jobs, vacuum, run times", ELSEWHERE),
    37: ("backup, replica, test data, analytics copy", ELSEWHERE),
    38: ("403 naming the scope that a hidden object needs", NI),
    39: ("connection behaviour, another server header on 500", NI),
    40: ("concurrency: two low requests around a hidden commit", NI),
    41: ("caches keyed without the viewer", NI),
    42: ("feature flags, capability lists that depend on the object", NI),
}
"""Row: the channel, and by what the table says that it is tested."""

NOT_HERE: dict[int, str] = {
    10: "nothing searches by words yet: there is no index, no autocomplete, no score",
    24: "what leaves is told out of the ledger's tail by a worker, and no request of a trace runs one; that nothing of "
    "a closed policy is in it but a daily number is held by tests/domain/test_telling.py (rule 3)",
}
"""Rows of the non-interference test that this service has no place for, and why."""
