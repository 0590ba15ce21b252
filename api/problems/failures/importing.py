"""Codes of files that bring a scheme here, and of who is taken over with it."""

from typing import Final

IMPORTING: Final = {
    "SCHEME_RUNS_ALREADY": (
        "The scheme was live here: whoever joins it now applies.",
        "Bu'r cynllun yn fyw yma: mae pwy bynnag sy'n ymuno nawr yn gwneud cais.",
    ),
    "ALREADY_A_SUPPORTER": (
        "He is or was of this scheme, or applied to it.",
        "Mae neu bu'n perthyn i'r cynllun hwn, neu gwnaeth gais iddo.",
    ),
    "OWN_WORD_FIRST": (
        "He has not said that he is ready; staff's word comes after his.",
        "Nid yw wedi dweud ei fod yn barod; daw gair y staff ar ôl ei air ef.",
    ),
}
IMPORTING_SAID: Final = {
    "ITEMS_OR_CSV": (
        "Rows are sent in `items` or in `csv`: in one of the two.",
        "Anfonir rhesi yn `items` neu yn `csv`: yn un o'r ddau.",
    ),
    "WRONG_ENCODING": (
        "The file was read in another encoding than its own. Save it as UTF-8.",
        "Darllenwyd y ffeil mewn amgodiad arall na'i hamgodiad ei hun. Cadwch hi fel UTF-8.",
    ),
    "CSV_MALFORMED": (
        "A quotation mark stands where none may be, or is not closed.",
        "Mae dyfynnod yn sefyll lle na chaiff yr un fod, neu heb ei gau.",
    ),
    "NO_HEADER": ("The first row names no columns.", "Nid yw'r rhes gyntaf yn enwi colofnau."),
    "COLUMN_UNKNOWN": ("There is no such column.", "Nid oes y fath golofn."),
    "COLUMN_TWICE": ("The column stands twice.", "Mae'r golofn yn sefyll ddwywaith."),
    "COLUMN_MISSING": ("A column that must be there is not.", "Mae colofn y mae'n rhaid iddi fod yno ar goll."),
    "TOO_MANY_ROWS": ("The file has too many rows: send it in parts.", "Mae gormod o resi: anfonwch hi mewn rhannau."),
    "NO_ROWS": ("The file has no rows.", "Nid oes rhesi yn y ffeil."),
    "CELLS_UNLIKE_HEADER": (
        "The row has more cells than the header, or fewer.",
        "Mae gan y rhes fwy o gelloedd na'r pennyn, neu lai.",
    ),
    "FORMULA": (
        "The cell begins like a formula. If it is none, put an apostrophe before it.",
        "Mae'r gell yn dechrau fel fformiwla. Os nad yw, rhowch gollnod o'i blaen.",
    ),
}
"""Code to (English, Welsh)."""
