"""What would stop a start is said before anything is downloaded."""

from __future__ import annotations

import socket

import preflight
import pytest


def test_a_busy_port_is_named_with_one_that_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = int(listener.getsockname()[1])
        told = preflight.port_obstacle("127.0.0.1", str(port))
    free = int(told.rpartition("PORT=")[2])
    assert f"127.0.0.1 port {port}" in told
    assert free > port
    assert preflight.port_obstacle("127.0.0.1", str(free)) == ""


@pytest.mark.parametrize("port", ["0", "65536", "80x", "-1", "٣"])
def test_what_is_not_a_port_is_refused_by_its_name(port: str) -> None:
    assert preflight.port_obstacle("127.0.0.1", port).startswith(f"PORT={port} is not a port")


def test_too_little_room_is_said_only_before_the_first_set_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("stamps")
    monkeypatch.setattr(preflight, "NEEDED_BYTES", 10**18)
    monkeypatch.setattr(preflight, "STAMP", folder / "packages")
    assert "the first set-up needs 1 GB" in preflight.disk_obstacle()
    (folder / "packages").touch()
    assert preflight.disk_obstacle() == ""
