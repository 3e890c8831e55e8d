"""The examples of docs/api.md do what they say."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.cast import film_case
from tests.serving import LiveServer
from tracker.config import ROOT

_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def test_the_python_example_prints_the_route(live_server: LiveServer) -> None:
    with live_server.session() as session:
        film_case(session)
        session.commit()
    blocks = _PYTHON.findall((ROOT / "docs" / "api.md").read_text(encoding="utf-8"))
    program = "\n".join(blocks).replace("http://127.0.0.1:5000", live_server.url)
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert [line.partition(",")[0] for line in lines[:4]] == [
        "1. Leavesden",
        "2. Rauma",
        "2. Stranda",
        "3. Rome",
    ]
    assert lines[1].endswith("grade B (order unknown)") and "(order" not in lines[3]


def test_every_address_of_the_table_is_served(live_server: LiveServer) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    table = text.partition("| address | answers |")[2].partition("**Lists**")[0]
    documented = {
        address.partition("?")[0]
        for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for address in re.findall(r"`(/[^`]*)`", cell)
    }
    served = {
        re.sub(r"<(?:int:)?(\w+)>", lambda found: "{slug}" if found[1] == "slug" else "{id}", rule.rule)[7:]
        for rule in live_server.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1/")
    }
    assert documented == served - {"/sightings/{id}"}
