"""README is true: its policy table is the one that decides, and its settings are the ones that are read."""

import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from typer.main import get_command

from api.__main__ import app
from api.messages.hooks import signed
from api.policy_text import markdown
from api.settings import Settings
from domain.telling.ports import Delivery

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


def test_the_printed_verifier_of_webhooks_verifies() -> None:
    """What README gives a receiver says yes to what is sent, and no to another body, secret or day."""
    (printed,) = re.findall(r"```python\n(.*?)```", README, re.S)
    scope: dict[str, Any] = {}
    exec(printed, scope)  # noqa: S102  (it is ours, and to be pasted)
    verified = scope["verified"]
    secret, other = (f"whsec_{b64encode(bytes([n]) * 32).decode()}" for n in (1, 2))
    sent = Delivery("message-1", "https://hooks.example.org", datetime.now(UTC), b'{"type":"x"}', (secret, other))
    assert verified(secret, signed(sent), sent.body)
    assert verified(other, signed(sent), sent.body), "while it is being changed"
    assert not verified(secret, signed(replace(sent, secrets=(other,))), sent.body)
    assert not verified(secret, signed(sent), sent.body + b" ")
    assert not verified(secret, signed(replace(sent, at=sent.at - timedelta(hours=1))), sent.body)


def test_every_command_that_is_told_is_there() -> None:
    """Each `peer-support …` of README, and each `-m api …`, is a command of this version."""
    whole: Any = get_command(app)
    told = set(re.findall(r"(?:peer-support|-m api)((?: [a-z][a-z-]+)+)", README))
    assert len(told) > 15
    for words in sorted(told):
        here = whole
        for word in words.split():
            if not hasattr(here, "commands"):
                break  # what follows is an argument
            assert word in here.commands, words
            here = here.commands[word]
