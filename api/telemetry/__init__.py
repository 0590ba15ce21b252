"""Traces and metrics for whoever operates the service. Sent over OTLP where `OTEL_EXPORTER_OTLP_ENDPOINT` says where a
collector is; read by a scraper where `METRICS_PORT` says where. Off, and not even imported, unless one of these is set.

    told        which operations may be told of by name: a short list, the default is deny
    traced      the ASGI layer, and what goes on to others
    exporting   the SDK: imported here alone
    scraped     what a scraper reads, and by which steps

Whoever reads either may see nothing of what it could tell (rules 3, 4, 19), so this is what leaves:

- *A span* for each request of an operation about things (a charter, a scheme's plan, a vacancy), by method, route
  template and status. No path, query, id, header, caller, scheme, prison, wing or error's text is ever an attribute.
- *No span at all* for anything about people, by whomever, nor for anything that a person in custody does. A span that
  only said 'POST /v1/requests, 02:10' would tell the minute in which somebody asked for a Listener; beside the log of
  movements it names him (rule 3). It is decided by the route and by who calls, before anything is looked up, so that
  nothing is told by its being left out: hidden, absent, refused and done are all of them silent. Only their number is
  counted, all together and in fifties (`told.Together`), without method, route, status or length of time (rule 19).
- *No spans under a span*: how many looks at the store a request took, and how long each, could tell what it met there.
- *Metrics in steps of five minutes* at least (rule 19), without exemplars: a count joined to a trace is a row.
- *Nothing of an event taken in.* The publisher's trace has the person's number in it, and how long we are busy with it
  would tell whether he is known here. Timers too are silent: what they do is somebody's request expiring.

`traceparent` is taken from a caller that is a client of the estate, known by its token, and from nobody else; of
`tracestate` and `baggage`, in which anybody can write anything, nothing is read and nothing is passed on. It goes on to
the prison's systems where the request is told of, and there alone: in all else they see the service ask, and not for
whom. What the relay hands to SNS and SQS carries a trace of its own, begun as it is handed over: the ledger keeps none,
since a trace that outlived its request would join an entry to what somebody did elsewhere (rule 4).

A refusal that is told as 404 is 404 here, with the same attributes: there is nothing else to say of it.
"""
