"""Starting and measuring the server processes the bench compares."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

THREADS = "16"
PHB = str(Path(sys.executable).with_name("phb"))
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_command(server: str, factory: str, port: int) -> list[str]:
    """The command line that serves `module:factory` with one process and sixteen threads."""
    module, name = factory.split(":")
    commands = {
        "granian": [
            *("-m", "granian", "--interface", "wsgi", "--factory", "--workers", "1", "--blocking-threads", THREADS),
            *("--no-ws", "--port", str(port), factory),
        ],
        "gunicorn": [
            *("-m", "gunicorn", "--workers", "1", "--worker-class", "gthread", "--threads", THREADS),
            *("--keep-alive", "30", "--bind", f"127.0.0.1:{port}", f"{module}:{name}()"),
        ],
        "waitress": ["-m", "waitress", f"--threads={THREADS}", f"--listen=127.0.0.1:{port}", "--call", factory],
    }
    return [sys.executable, *commands[server]]


@dataclass
class Running:
    """A server process and its children."""

    process: psutil.Process
    port: int

    def _tree(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]

    def cpu_seconds(self) -> float:
        """User and system time of the whole tree so far."""
        return sum(sum(process.cpu_times()[:2]) for process in self._tree())

    def peak_megabytes(self) -> float:
        """Sum over the tree of each process's highest resident size."""
        return sum(peak_kilobytes(process.pid) for process in self._tree()) / 1024


def peak_kilobytes(pid: int) -> int:
    """`VmHWM` of a process, where the system tells it, else its present resident size."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return int(psutil.Process(pid).memory_info().rss / 1024)
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


@contextmanager
def serving(command: list[str], port: int, environment: dict[str, str], log: Path) -> Iterator[Running]:
    """Run a server until the block ends; waits for its first answer."""
    with log.open("ab") as output:
        started = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=output, stderr=output, cwd=ROOT, start_new_session=True
        )
    try:
        wait_until_up(started, port, log)
        yield Running(psutil.Process(started.pid), port)
    finally:
        started.terminate()
        started.wait(timeout=30)


def wait_until_up(started: subprocess.Popen[bytes], port: int, log: Path, seconds: float = 60) -> None:
    """Return at the first HTTP answer; raise with the log's end if the server dies or stays silent."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if started.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not come up:\n{log.read_text()[-2000:]}")
