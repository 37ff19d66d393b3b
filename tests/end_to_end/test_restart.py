"""What survives: an orderly end, a kill, and what stands in the way of a start."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx

from cli.local.ministack import ROOT, MiniStack, free_port
from cli.local.stack import Ports, Service, running
from shared.content.texts import catalogue
from tests.end_to_end.conftest import Person, eventually

UNSTUCK = ROOT / ".venv" / "bin" / "unstuck"


def test_members_journals_texts_and_mails_are_there_after_a_restart(tmp_path: Path) -> None:
    ports = Ports(free_port(), free_port(), free_port())

    def ana(service: Service) -> Person:
        return Person(service, "+14155552999", "ana@example.com")

    with running(tmp_path, ports, print) as service:
        person = ana(service).join()
        person.text("7. Win: sent off my portfolio")
        person.text("SUMMARY")
        eventually(person.letters)
    started = time.monotonic()
    with running(tmp_path, ports, print) as service:
        took = time.monotonic() - started
        person = ana(service)
        assert any("sent off my portfolio" in text for text in person.received())
        assert len(person.letters()) == 1
        assert person.text("STATS") == ["Last 30 days: 1 day answered, 1 win, mood 7 on average."]
        assert person.ask_for("daily_checkin").status_code == 202
        eventually(lambda: set(catalogue("en")["checkin.question"]) & set(person.received()))
    assert took < 15, "a start with everything installed and deployed"


def test_a_kill_loses_no_more_than_was_written_since_the_last_save(tmp_path: Path) -> None:
    ports = free_port(), free_port()
    ministack = MiniStack(tmp_path, *ports, save_every=1)
    ministack.start()
    url = f"{ministack.url}/killed-bucket"
    assert httpx.put(url).status_code == 200
    saved = tmp_path / "state" / "s3.json"
    eventually(lambda: saved.exists() and "killed-bucket" in saved.read_text(encoding="utf-8"))
    ministack.kill()

    again = MiniStack(tmp_path, *ports)
    again.start()
    try:
        assert httpx.head(url).status_code == 200
    finally:
        again.stop()


def test_a_port_that_is_taken_is_one_sentence_and_status_1(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ports = ["--port", port, "--api-port", str(free_port()), "--aws-port", str(free_port())]
        ended = subprocess.run(
            [UNSTUCK, "run", *ports, "--data", tmp_path], capture_output=True, text=True, timeout=30, check=False
        )
    assert ended.returncode == 1
    assert f"Port {port}, for the phone, is taken" in " ".join(ended.stdout.split())
    assert "Traceback" not in ended.stdout + ended.stderr


def test_ctrl_c_ends_all_of_it(tmp_path: Path) -> None:
    ports = [free_port(), free_port(), free_port()]
    options = ["--port", str(ports[0]), "--api-port", str(ports[1]), "--aws-port", str(ports[2])]
    process = subprocess.Popen(
        [UNSTUCK, "run", *options, "--data", tmp_path], stdout=subprocess.PIPE, text=True, start_new_session=True
    )

    def is_up() -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{ports[0]}/health", timeout=5).status_code == 200
        except httpx.HTTPError:
            return False

    eventually(is_up, within=120)
    os.kill(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Your data is kept" in said
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0, "nothing is left running"
