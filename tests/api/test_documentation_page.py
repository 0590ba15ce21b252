"""The documentation page: whole, in a real browser, with the network closed."""

import hashlib
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from api import route_index
from api.docs import pages as docs
from api.edge.install import Edge
from api.edge.install import install as install_edge
from api.openapi import finish, to_text
from api.problems.handlers import install as install_handlers
from tests.api import browser
from tests.api.sample import ANSWERS, ORIGIN, authenticate, client, key_of
from tests.api.test_openapi_finish import MARKS, bare

ASSETS = Path(docs.__file__).parent / "assets"
FILES = ("swagger-ui-bundle.js", "swagger-ui.css", "start.js", "page.css", "favicon.svg")


def documented(*, demonstration: bool = False) -> FastAPI:
    """The sample application with its documentation, inside the real edge."""
    app = bare()
    text = to_text(finish(app, MARKS)).encode()
    route_index.join(app, docs.routes("Peer <support>", lambda: text, demonstration=demonstration))
    install_handlers(app, ANSWERS)
    edge = Edge(origin=ORIGIN, demonstration=demonstration)
    install_edge(app, edge, answers=ANSWERS, authenticate=authenticate, caller_key=key_of)
    route_index.install(app)
    return app


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application on a port of its own; its address."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def test_in_a_browser_the_page_is_whole_and_asks_nobody_else(tmp_path: Path) -> None:
    """Every operation is shown and can be tried, no error is complained of, and no request leaves this service."""
    document = finish(bare(), MARKS)
    operations = sum(len(item) for item in document["paths"].values())
    with serving(documented(demonstration=True)) as address, browser.tab(tmp_path) as tab:
        tab.open(f"{address}/docs")
        assert tab.wait_for("document.querySelectorAll('.opblock').length") == operations
        assert tab.value_of("document.title") == "Peer <support>"
        assert tab.value_of("document.querySelector('.demonstration').textContent").startswith("Demonstration")
        assert tab.value_of("document.querySelector('.bar img').naturalWidth") > 0
        # Try an operation, as a reader would: its live answer is shown.
        tab.value_of("document.querySelector('#operations-problems-getProblemKind .opblock-summary-control').click()")
        tab.wait_for("document.querySelector('.try-out__btn') !== null")
        tab.value_of("document.querySelector('.try-out__btn').click()")
        tab.wait_for("document.querySelector('.parameters input') !== null")
        tab.ask("Runtime.evaluate", expression="document.querySelector('.parameters input').focus()")
        tab.ask("Input.insertText", text="not-found")
        # What is typed reaches Swagger UI a moment later, so the button is pressed until there is an answer.
        answered = "document.querySelector('.live-responses-table tbody .response-col_status')?.textContent === '200'"
        tab.wait_for(f"{answered} || document.querySelector('.execute').click()")
        assert "out of your reach" in tab.value_of("document.querySelector('.live-responses-table').textContent")
        # A token that is typed in is kept by the page alone.
        tab.value_of("ui.preauthorizeApiKey('bearer', 'secret')")
        assert (
            tab.value_of("JSON.stringify([localStorage.length, sessionStorage.length, document.cookie])") == '[0,0,""]'
        )
        tab.picture(tmp_path / "page.png")
        assert (tmp_path / "page.png").stat().st_size > 10_000
    assert tab.complaints == []
    asked = [url for url in tab.requested if not url.startswith("data:")]
    assert f"{address}/openapi.json" in asked
    assert f"{address}/problems/not-found" in asked
    assert [url for url in asked if not url.startswith(f"{address}/")] == []


def test_the_browser_of_this_test_would_have_told(tmp_path: Path) -> None:
    """The page's policy stops a script from elsewhere, and the test hears of it: silence above means something."""
    with serving(documented()) as address, browser.tab(tmp_path) as tab:
        tab.open(f"{address}/docs")
        tab.wait_for("document.querySelectorAll('.opblock').length")
        tab.value_of(
            "const script = document.createElement('script'); script.src = 'https://cdn.example/x.js';"
            "document.body.append(script)"
        )
        tab.value_of("fetch('https://evil.example/').catch(() => 0)")
        tab.wait_for("true")
        time.sleep(0.3)
        tab.value_of("0")
    assert any("cdn.example" in complaint for complaint in tab.complaints)
    assert any("evil.example" in complaint for complaint in tab.complaints)


async def test_the_page_names_only_what_we_serve() -> None:
    """Each script, style and image of the page is served by us, unpacked and packed alike, and may be kept for good."""
    async with client(documented()) as http:
        page = (await http.get("/docs")).text
        named = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert len(named) == 8
        assert {name.partition("?")[0] for name in named} == {"/openapi.json", *(f"/docs/{file}" for file in FILES)}
        for name in named:
            plain = await http.get(name, headers={"Accept-Encoding": "identity"})
            packed = await http.get(name, headers={"Accept-Encoding": "gzip"})
            assert plain.status_code == 200
            assert plain.content == packed.content
            if name != "/openapi.json":
                assert packed.headers["content-encoding"] == "gzip"
                assert "Accept-Encoding" in plain.headers["vary"]
                assert "immutable" in plain.headers["cache-control"]
                assert (await http.get(name.partition("?")[0])).headers["cache-control"] == "no-cache"


async def test_the_page_needs_no_token_and_an_unknown_file_is_not_found() -> None:
    """Open to all; and a name that is no asset, or would climb out of the folder, is the same 404 as any other."""
    async with client(documented()) as http:
        assert (await http.get("/docs")).headers["content-security-policy"] == docs.POLICY
        assert (await http.get("/favicon.ico")).headers["content-type"] == "image/svg+xml"
        for name in ("VERSION.md", "..%2Fpages.py", "pages.py", "swagger-ui"):
            answer = await http.get(f"/docs/{name}")
            assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_the_document_is_served_as_it_is_kept() -> None:
    """The bytes of /openapi.json are those of the file that is compared and published."""
    async with client(documented()) as http:
        answer = await http.get("/openapi.json")
    assert answer.text == to_text(finish(bare(), MARKS))
    assert answer.headers["content-type"] == "application/json"


async def test_a_title_is_text() -> None:
    """Nothing in a title becomes markup; and only a demonstration says that it is one."""
    async with client(documented()) as http:
        page = (await http.get("/docs")).text
    assert "<title>Peer &lt;support&gt;</title>" in page
    assert "demonstration" not in page


@pytest.mark.parametrize("name", ["swagger-ui-bundle.js", "swagger-ui.css"])
def test_swagger_ui_is_as_its_makers_published_it(name: str) -> None:
    """The sums beside the version are those of the files: nobody has touched them since."""
    noted = (ASSETS / "swagger-ui" / "VERSION.md").read_text()
    content = (ASSETS / "swagger-ui" / name).read_bytes()
    assert f"| {name} | {hashlib.sha256(content).hexdigest()} |" in noted
