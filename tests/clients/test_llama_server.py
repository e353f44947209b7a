"""The child process ends with its standard input, whatever it is doing just then."""

import subprocess
import sys

import pytest

from game.clients.llama_server import MISSING
from tests.conftest import REPOSITORY

START = "import sys; sys.path.insert(0, {path!r}); import llama_server; llama_server.end_with_input(); print('up', flush=True); "
IDLE = "import threading; threading.Event().wait()"
BUSY = "import re; re.match('(a+)+$', 'a' * 60 + 'b')"
"""Runs for years without letting another thread of Python run, as loading a model does for seconds."""


LACKING = "sys.modules['xllamacpp'] = None; sys.argv = ['llama_server', '--model', 'm']; llama_server.main()"


def start(work: str) -> subprocess.Popen[bytes]:
    code = START.format(path=str(REPOSITORY / "game" / "clients")) + work
    return subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def ends_with_its_input(work: str) -> bool:
    with start(work) as child:
        assert child.stdout is not None
        assert child.stdin is not None
        assert child.stdout.readline() == b"up\n"
        child.stdin.close()
        return child.wait(5) is not None


def test_it_ends_when_its_input_ends() -> None:
    assert ends_with_its_input(IDLE)


@pytest.mark.skipif(sys.platform != "linux", reason="needs SIGIO")
def test_it_ends_when_its_input_ends_though_no_thread_can_run() -> None:
    assert ends_with_its_input(BUSY)


def test_without_llama_cpp_it_says_so_by_its_exit_code() -> None:
    with start(LACKING) as child:
        assert child.wait(20) == MISSING
