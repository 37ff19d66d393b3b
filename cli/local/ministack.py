"""A local AWS: MiniStack as a process of ours on loopback, with its state in a folder. Used by `stack`."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx

from cli.local.problem import Problem

ROOT = Path(__file__).resolve().parents[2]
SAVE_EVERY = 30  # seconds; a save takes a fraction of one
STARTS_WITHIN = 30.0
STOPS_WITHIN = 20.0


def interpreter(environment: str) -> Path:
    """The Python of one of the environments that `make setup` makes.

    Raises:
        Problem: it is not there.
    """
    python = ROOT / environment / "bin" / "python"
    if not python.exists():
        raise Problem(f"{environment} is missing: run `make setup` first.")
    return python


def require_free(port: int, what: str, option: str) -> None:
    """
    Raises:
        Problem: something listens on that port of this machine.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise Problem(
                f"Port {port}, for {what}, is taken: end what uses it, or choose another with {option}."
            ) from None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MiniStack:
    """A MiniStack on `port`. It relays mails to `smtp_port`; with `auth` it enforces IAM policies.

    Its state is written to `folder` every `save_every` seconds, and when it is stopped.
    """

    def __init__(
        self, folder: Path, port: int, smtp_port: int, auth: bool = False, save_every: float = SAVE_EVERY
    ) -> None:
        self._folder = folder
        self._port = port
        self._smtp_port = smtp_port
        self._auth = auth
        self._save_every = save_every
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def log(self) -> Path:
        return self._folder / "ministack.log"

    def start(self) -> None:
        """
        Raises:
            Problem: it did not come up; its log says why.
        """
        temporary = self._folder / "tmp"
        shutil.rmtree(temporary, ignore_errors=True)  # unpacked functions that a kill left behind
        temporary.mkdir(parents=True)
        launcher = Path(__file__).with_name("launcher.py")
        environments = interpreter(".venv-ministack"), interpreter(".venv-runtime")
        command = [str(environments[0]), "-P", str(launcher), str(environments[1]), str(self._save_every)]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                command, stdout=log, stderr=log, env=self._environment(temporary), start_new_session=True
            )
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._is_up():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise Problem(f"The local AWS did not start; {self.log} says why.")
            time.sleep(0.1)

    def stop(self) -> None:
        """End it cleanly, with its state saved."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
        self._process = None

    def kill(self) -> None:
        """End it at once, functions and all; what was not saved is lost."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def _is_up(self) -> bool:
        try:
            return httpx.get(f"{self.url}/_ministack/health", timeout=2).status_code == 200
        except httpx.HTTPError:
            return False

    def _environment(self, temporary: Path) -> dict[str, str]:
        """Nothing of this shell's but the path: no proxy, no AWS account, no Python of its own."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._folder),
            "TMPDIR": str(temporary),
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self._port),
            "PERSIST_STATE": "1",
            "STATE_DIR": str(self._folder / "state"),
            "S3_DATA_DIR": str(self._folder / "s3"),
            "SMTP_HOST": f"127.0.0.1:{self._smtp_port}",
            "SFTP_ENABLED": "0",
            "IOT_MTLS_ENABLED": "0",
            "DOCKER_HOST": "unix:///nonexistent",  # never needed, and never to be waited for
            "AUTH": "true" if self._auth else "false",
            "LOG_LEVEL": "INFO",
        }
