"""Words that the service supplies, by language. Codes never change with language (rule 28); these do.

English stands with the kinds themselves, in the domain; Welsh is in `welsh`, in one place. A label's English is its
code, read aloud. Wording about confidence is a promise: in another language it is served only where its owner approved
it in that language (`Words.approved`), and until then the whole item is English and says so.
"""
