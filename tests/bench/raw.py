"""Serve what ours is compared with, on uvicorn as ours is: `python -m tests.bench.raw plain|recorded|template`.

`BENCH_URL` is the database's address, `BENCH_JWK` the issuer's key, `BENCH_PORT` where it listens.
"""

import json
import os
import sys
from typing import Any

import uvicorn

from api.commands.running import settle_memory


def application(name: str, url: str, jwk: dict[str, Any]) -> Any:
    """The application of that name."""
    if name == "template":
        from tests.bench import template

        return template.create_app(url, jwk)
    from tests.bench.limit import Limit

    return Limit(url, jwk, recorded=name == "recorded")


def main() -> None:
    """Serve until told to stop."""
    app = application(sys.argv[1], os.environ["BENCH_URL"], json.loads(os.environ["BENCH_JWK"]))
    settle_memory()
    uvicorn.run(
        app,
        port=int(os.environ["BENCH_PORT"]),
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
    )


if __name__ == "__main__":
    main()
