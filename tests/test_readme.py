"""README is true: its policy table is the one that decides, and its settings are the ones that are read."""

import re
from pathlib import Path

from api.policy_text import markdown
from api.settings import Settings

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_the_printed_policy_is_the_one_that_decides() -> None:
    """The README's table is what `peer-support policy` prints from the grants (X27)."""
    printed = README.partition("<!-- policy -->\n")[2].partition("<!-- /policy -->")[0]
    assert printed == markdown()


def test_every_setting_is_described() -> None:
    """An operator finds every setting in the README's table, and no setting there that nobody reads."""
    table = README.partition("| setting |")[2].partition("\n\n")[0]
    told = set(re.findall(r"`([A-Z_]+)`", "\n".join(line.split("|")[1] for line in table.splitlines()[2:] if line)))
    assert told == {name.upper() for name in Settings.model_fields}
