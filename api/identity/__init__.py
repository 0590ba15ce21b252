"""From a bearer token to a principal: who is asking, as far as a token can say.

    issuers        what a trusted issuer's tokens look like, as data; three ready-made shapes
    configuration  how a stranger names the issuers of a running service: the setting ISSUERS
    keys           an issuer's public keys: which are fit to use, fetched and cached
    compact        a token taken apart without trusting it (rules 1 to 4)
    signature      the one file that knows python-jose: one signature, one key (rule 7)
    bearer         the strict wrapper: every rule in order, and what a token claims
    whom           for whom it speaks: staff, partner, a person in custody, a client (rule 8 of CONFIDENTIALITY.md)
    verified       tokens verified a moment ago, and tokens revoked
    marking        what stands at rest for a token that was ended
    demonstration  an issuer that lives in memory and only under the demonstration (rule 22 of CONFIDENTIALITY.md)
    identifier     the way in: `Identifier.identify(authorization)`
    refusal        one answer to whoever asks, one reason for the security log

The numbered rules are those of the strict wrapper: python-jose alone accepts 23 of 78 forged or malformed tokens and
answers 7 with an exception of the wrong kind; behind these rules it does one thing, and tests/api/identity holds them
to the corpus. What a principal may do is never read here: roles are assignments of our own store.
"""
