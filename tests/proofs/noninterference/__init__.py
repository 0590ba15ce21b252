"""Non-interference, proved: no viewer can tell two worlds apart that differ only in what he may not know (X26).

Alone, in under two minutes, and with its account at the end:

    .venv/bin/python -m pytest tests/proofs/noninterference

What is proved (security.md 7.4; P1 to P6 are its names). Take any member of the cast, any fact that the policy does not
clear him for, and anything that he may try; then every answer is the same to the last byte, whether the fact is so or
not: status, names, values and order of headers, body. So are what is written to the log, what the store was asked
for, and the state at the end as far as he is cleared for it.

    P1  two states differ in the secret                      `drawing_secrets.state_pairs`
    P2  others act on the secret, or do not                  `drawing_secrets.purges`
    P3  what he cannot see he does not overwrite             with P1
    P4  a second viewer, cleared for more, looks beside him  `drawing_secrets.alternating`
    P5  who is cleared for it is told: no pair is empty      `judging.noticed`
    P6  the store fails at the k-th call                     P1 and P2 again, with a fault

What is read off the service, and never listed here: routes, parameters, fields, kinds, bodies (`knowledge`); who is
cleared (`cleared`). What is listed, because somebody has to decide it: the facts that are released all the same, each
with its reason (`release`). Where what chance decides comes from: `house`.

How we know that it can fail: `leaks` plants one leak at a time in the running service, one or more for each side
channel of security.md 7.3 that this service has, and the same traces must find every one (`test_leaks`); `channels`
says of every row of that table what became of it.

How to read a failure. It is shrunk to a few steps and prints: who looked, what the secret was, what he asked, and the
first answers that differ, side by side, with the rules by which he acts. Ask then: may he know this? If so, the policy
says so, or `release` does with a reason; if not, it is a leak. The trace is written as JSON to a temporary file; put it
into `regressions/`, and it is replayed on every commit (`test_regressions`).

    tests/proofs/noninterference -m nightly      twenty-five times as many, with a random seed; timing; PostgreSQL
"""
