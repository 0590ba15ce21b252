"""From trouble to RFC 9457: one table from the domain's errors to answers, and the handlers that use it.

    kinds      every kind of problem: status, slug, sentences
    answers    the table from trouble to kind; the bytes of an answer
    reading    what FastAPI found wrong with a request, as codes and places, never as the caller's words
    handlers   the exception handlers
    failures   every code of `failures` with its sentences
    pages      /problems and /problems/{slug}

**400 or 422.** The design and the rules of confidentiality read the two differently; the latter decide (rules 8, 13,
18 and 20 ask for 422 where a body names what it may not). So here: 400 is a request that cannot be *read* (JSON syntax,
duplicate keys, depth, lone surrogates, NUL, a header, the query, the path, a filter, a cursor), and 422 is a body that
can be read but has a member that is unknown, missing, of the wrong type or out of its pattern, or a key reused with
another body.

An answer never holds an exception's text, nor anything that the caller sent, nor an `instance`. A 404 is one constant
string of bytes for each language. HMPPS's `errorCode`, `userMessage`, `developerMessage` and `moreInfo` ride along as
extension members, so that the estate's own clients read our answers without a change.
"""
