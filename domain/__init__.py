"""The rules of peer support in prison. Standard library only; no I/O.

The words of the service, as the field uses them:

absence          Days on which a supporter is not here: at court, in hospital, segregated, or on a leave of his own.
access request   Somebody asks for a supporter. It lives until the band ends, and then loses its names.
act              One thing, done by one person, in one capacity, for one reason. Recorded, or it did not happen.
action           What somebody is to do by a day, about something in a scheme's registers.
activation       A contingency plan switched on: who was told, what happened, what was learned.
actor            A principal by our own id; erasing its row erases who he was. Of a prisoner there is no row.
admission        The only way in: what a scheme's information policy says it may hold.
application      What is kept of somebody's offer to be a supporter, besides where it stands.
appointment      What a mentor is to go to with somebody on a day, around release above all, and whether it was kept.
arrival          Somebody who has come to the prison, until an Insider has met him.
assessment       What the rules of a kind found of an applicant on a day; it holds for four weeks.
assignment       That a principal may act in a role, where and until when.
at risk          A live scheme lacks something that it went live with. The service says so; it serves on.
attendance       That a member of a cohort was at a module on a day, or was not.
award            What a learner has achieved, or his mentor: a manual, a programme, a level.
band             A part of the prison day: AM, LUNCH_LOCKUP, PM, ED (evening), NIGHT.
breach           Confidence was broken, or is thought to be: joined to the lines that tell of it, decided in 72 hours.
capacity         One of the roles that a principal has now. A request acts in one, never in a union.
certificate      That a supporter was certified, by whom and until when. A refresher is another one.
charter          The plan of a scheme, in versions: every question of the checklist, answered, signed, published.
charter comment  What somebody who signs says to one section of a charter, and what its authors answer.
clearance        Security's word on an applicant: an outcome with an end, and nothing of what is behind it.
closed policy    An information policy under which even the fact of contact is confidential (Listeners).
cohort           Some who learn together, from a day to a day.
compact          The agreement that a supporter signs before meeting anybody.
comparison job   Another prison job, beside which supporters' work is laid.
complaint        What somebody says is wrong with a scheme, in codes. Of people in custody nobody is kept.
concern          Somebody worries about a man who has not asked: offer him the scheme, privately. Gone after a day.
conduct          A closed-policy request that nobody met: when, which wing, why, by whose word. Never who asked.
contingency plan What a scheme does when it cannot run: a lockdown, an outbreak, a death.
coordinator      The member of staff who runs a scheme. (A *peer* coordinator is a prisoner with a rota.)
course           A module that a scheme teaches.
cover kept       How the rota of a closed month covered what was needed, wing by wing, by day and by night.
cover need       How many supporters there must be in a band of a weekday, on a wing or in the whole prison.
debrief          A supporter is asked how he is: by the rota where the policy is closed, never by the contact.
delay            Why a request was held up, by which role, in which part of its wait: codes, and no reason in words.
disclosure       The only way out: a record becomes a view, masked by the grant that decided.
duty declaration 'I am on these wings until this band ends': what gives wing reach.
enrolment        A learner's place in a programme, with a mentor, manual by manual.
enrolment goal   An outcome of the plan, measured for one person before and after.
entry            One line of the ledger: names of fields, never values.
envelope         All of a closed-policy request, sealed to two keys outside: nobody reads it through the service.
envelope hold    After a death: the envelopes of a prison and some days are kept until it is lifted.
escalation       Something left a scheme all the same: the ground, who decided, the least that was shared. In codes.
evaluation       Did a scheme work: what is asked, how, and what was found. Registered before it is judged.
exception list   When something may leave a scheme all the same: the partner's own list, in versions.
feedback         What somebody says of a scheme: a rating, codes, the week. Anonymous unless he signs it.
feedback code    A single-use code on a printed sheet: good for one answer, and nobody knows whose.
feedback sheets  How many sheets of codes were printed of a scheme for a quarter, whatever became of them.
figure           What was let out of a series: of a scheme, a prison or a jurisdiction, and a period that is over.
finding          What an evaluator or inspector found out about a scheme; a version of the charter answers it.
follow up        Something to be seen to after a contact, by whom and by which day.
grant            One line of the policy: role, purpose, reach, classes of field, verbs.
group place      One man's place in a group session: whether he came, or why not. Each reads his own.
group session    A session of a group: planned or held, and in counts how many came.
hand over        What is seen to when a supporter leaves: learners, rota, keys. Whom he helped goes on.
incident         What was reported of pressure or misuse, in codes; read outside the wing only.
induction        An Insider's first meeting with a new arrival, as a checklist.
Insider          A supporter who meets new arrivals on their first night. Open upward to staff, and says so.
job              Long work: started by an act, done elsewhere, read by its maker alone.
kind             What sort of scheme: Listeners, Insiders, Shannon Trust … A kind is data.
ledger line      What a reader of the ledger sees of an entry: conduct, and of what is closed only hour and family.
letterbox        Where tallies are handed in; nobody reads them back.
Listener         A supporter trained by Samaritans to hear people in despair, by day and night, in confidence.
lock out         All tokens that somebody has so far end: his device is in other hands. Nobody is looked up.
log entry        One line of an activation: a code, and perhaps words.
mandate          Whom a wing has elected to its council, and for how long.
measure          What can be counted of a scheme: unit, better direction, grain. The catalogue is data.
measurement      What somebody answered at one point of an evaluation; its score is worked out.
meeting          A meeting held about a scheme, and how many came of each group.
meeting place    Where a scheme meets: a room, a Listener suite, a cell, a door, a telephone.
mixed tally      A tally once its month was mixed: five or more are alike. Rows are for counting alone.
month count      That a prison's month is closed, and how many letters became rows.
month report     What was told of an evaluation with a month, once; its numbers are kept sealed beside it.
movement review  What the service found in the prison's data of one person, for somebody to look at.
news             What a scheme tells its supporters, or staff. Nobody replies.
night's sheet    One request told afterwards and whole, each part with its own time.
objective        A measure, from where to where until when, for which need: SMART, or it says why not.
offer            The next supporter is asked whether he will come. He may say no without a reason.
orderly officer  Who runs the shift; at night, the only one who can unlock ('Oscar 1', night manager).
outage           A time in which a meeting place was out of use, and why.
outcome          'You said, we did': what came of a proposal, for everybody in the prison. It can be taken down.
panel score      What one member of a panel gave an applicant, from 0 to 4 a question.
participation    *That* a person used a scheme. For Listeners this alone is the secret.
partner          The organisation that trains, certifies and supervises: Samaritans, Shannon Trust, and others.
passport         What a supporter has learned, signed by us, to be shown to whom he likes. Never his clearance.
pay entry        A supporter's half and whole days of a week, and what they came to.
pay rate         What a pay band is paid, from a Monday on.
person           Someone in custody, by our own random id.
person merge     A number that was found to be another man's, what it became, and what was joined by that.
pilot            A scheme's first weeks: open, with a limit to its growth, until it is launched.
postvention      Support for every active supporter of a scheme after a death in the prison.
postvention task One supporter's offer of it: for the partner to give, for him to take or leave.
practice         Contacts that a trainee had beside somebody, as a count.
principal        Who a token speaks for: (issuer, subject, kind).
prison event     What the prison's systems told, once: its type and what followed here; never of whom it was.
proposal         What a group proposes for a scheme, and how it was answered.
publicity        What tells people of a scheme, where, and in which languages.
pulse result     What a group answered to one item in a quarter: a score with its interval, of ten or more.
purpose          Why somebody looks. One of nine; in every entry.
reach            How far a grant goes: one value, read in Python and in SQL.
record           What we keep. Every field says how closely it is held.
reference        What somebody was good at, in codes. He reads it first, and it goes nowhere without his word.
referral         Somebody sent on to other help, with his yes.
residue          What is left to be counted of a request once its month was mixed: no day, no wing, nobody.
resource         What a scheme needs in a month, and what it used.
risk             What may go wrong with a scheme: how likely, how grave, whose it is.
roll up          A series counted once, when its month is closed; nobody reads one.
roster entry     A supporter, a band, a day: the rota as it hangs on the wing.
rota line        One line of the week's pattern of a rota: a supporter, a weekday, a band.
rota wish        What a supporter asks of the rota himself: to take a band, drop his own, or swap it with another's.
routine check    What keeps a scheme going, looked at again and again on a cadence.
scheme           Peer support of one kind in one prison, with a plan and a life.
scheme kind      One version of a kind that was made through the service, published by another than its maker.
scheme status    How a scheme stands: state, what puts it at risk, gaps, supporters, review. Codes, kept per scheme.
self rating      What being a supporter gave him, as he says himself: before, and after.
service time     A time of the week at which a scheme runs, by the clock on the wall.
session          One planned meeting of a learner and a mentor, and what came of it.
sheet            All that a kind says: whom it helps, what it may hold, what is asked of a supporter, and what never.
sight            That a record was fetched, and which of its fields were shown.
sign off         Somebody who did not train a supporter says that he can do it.
sign out         Somebody ends the token that he called with: at a shared kiosk, before the next man.
spot check       'Do you know how to ask?': how many were asked, and how many knew.
staff note       What staff note about somebody who is helped: neither he nor whoever helps him reads it.
stakeholder      Somebody with a stake in a scheme, and how to engage them.
standing         Where a supporter stands: applied, in training, active, paused, suspended, gone.
subject access   What is kept of somebody, told to himself on his request: his side, and nothing that is sealed.
subscription     That a client is told of events by webhook, as far as its role sees and its assignment reaches.
suite use        A Listener suite was used: the room and the band, and nobody.
supervision      Who supervises a supporter, or staff of a scheme, and how often.
supervision talk One meeting of supervisor and supervised, on which both write.
support record   What a supporter did for somebody, in the codes of his kind.
supporter        Someone in custody who gives time to others.
suspension       A supporter is taken out of the role over a risk or an allegation, until two people have decided.
tally            A Listener's count of one contact, in codes, with no date, place or name.
task request     Somebody asked a supporter for what is not his task: role creep, counted without a name.
tokens ended     What was signed out or locked out, by a mark that names nobody, until it would have run out.
transfer hold    A request that a supporter be not moved before a day; how it ended is counted.
unusual look     What a written rule found out of the ordinary in the ledger. A number accuses nobody: a review says.
vacancy          Places that a scheme advertises, with the questions that everybody is asked.
variant          A prison's own version of a kind. It may only tighten.
view             A record as one viewer may see it. Only views reach the wire.
watch            A look at the board that lasts until the band ends: one line when it opens, one when it closes.
wellbeing check  A supporter's own word for how he fares: for him and his supervisor of the partner.
"""
