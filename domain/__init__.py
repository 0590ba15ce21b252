"""The rules of peer support in prison. Standard library only; no I/O.

The words of the service, as the field uses them:

access request   Somebody asks for a supporter. It lives until the band ends, and then loses its names.
act              One thing, done by one person, in one capacity, for one reason. Recorded, or it did not happen.
actor            A principal by our own id; erasing its row erases who he was. Of a prisoner there is no row.
admission        The only way in: what a scheme's information policy says it may hold.
assignment       That a principal may act in a role, where and until when.
band             A part of the prison day: AM, LUNCH_LOCKUP, PM, ED (evening), NIGHT.
capacity         One of the roles that a principal has now. A request acts in one, never in a union.
closed policy    An information policy under which even the fact of contact is confidential (Listeners).
compact          The agreement that a supporter signs before meeting anybody.
coordinator      The member of staff who runs a scheme. (A *peer* coordinator is a prisoner with a rota.)
disclosure       The only way out: a record becomes a view, masked by the grant that decided.
duty declaration 'I am on these wings until this band ends': what gives wing reach.
enrolment        A learner's place in a programme, with a mentor, manual by manual.
entry            One line of the ledger: names of fields, never values.
feedback         What somebody says of a scheme: a rating, codes, the week. Anonymous unless he signs it.
grant            One line of the policy: role, purpose, reach, classes of field, verbs.
induction        An Insider's first meeting with a new arrival, as a checklist.
Insider          A supporter who meets new arrivals on their first night. Open upward to staff, and says so.
job              Long work: started by an act, done elsewhere, read by its maker alone.
kind             What sort of scheme: Listeners, Insiders, Shannon Trust … A kind is data.
ledger line      What a reader of the ledger sees of an entry: conduct, and of what is closed only hour and family.
letterbox        Where tallies are handed in; nobody reads them back.
Listener         A supporter trained by Samaritans to hear people in despair, by day and night, in confidence.
offer            The next supporter is asked whether he will come. He may say no without a reason.
orderly officer  Who runs the shift; at night, the only one who can unlock ('Oscar 1', night manager).
participation    *That* a person used a scheme. For Listeners this alone is the secret.
partner          The organisation that trains, certifies and supervises: Samaritans, Shannon Trust, and others.
person           Someone in custody, by our own random id.
principal        Who a token speaks for: (issuer, subject, kind).
purpose          Why somebody looks. One of nine; in every entry.
reach            How far a grant goes: one value, read in Python and in SQL.
record           What we keep. Every field says how closely it is held.
scheme           Peer support of one kind in one prison, with a plan and a life.
session          One planned meeting of a learner and a mentor, and what came of it.
sight            That a record was fetched, and which of its fields were shown.
standing         Where a supporter stands: applied, in training, on probation, active, paused, stood down.
supporter        Someone in custody who gives time to others.
tally            A Listener's count of one contact, in codes, with no date, place or name.
view             A record as one viewer may see it. Only views reach the wire.
watch            A look at the board that lasts until the band ends: one line when it opens, one when it closes.
"""
