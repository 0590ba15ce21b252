"""An application really served: by uvicorn, over HTTP, on a port of this machine's loopback."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn

from api.commands import running


@asynccontextmanager
async def served(app: Any) -> AsyncGenerator[str]:
    """Serve an ASGI application for as long as the block lasts, in the loop that asks; its address."""
    listening = running.listening("127.0.0.1", 0)
    config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none", server_header=False)
    server = uvicorn.Server(config)
    # Its signals are pytest's.
    serving = asyncio.create_task(server._serve([listening]))  # pyright: ignore[reportPrivateUsage]
    try:
        while not server.started:
            if serving.done():
                serving.result()
            await asyncio.sleep(0.01)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        await serving
        listening.close()
