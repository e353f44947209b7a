"""llama.cpp's own OpenAI-compatible server, as a process of its own: `python -m game.clients.llama_server --model FILE.gguf`.

Prints one line of JSON, `{"address": "http://127.0.0.1:PORT"}`, once it can be asked. It ends when its standard input does, so
that it never outlives the game. Knows nothing else of the game, to start fast.
"""

import argparse
import json
import os
import signal
import stat
import sys
import threading
import time
import urllib.error
import urllib.request

KEY = "UNWRITTEN_LLAMA_KEY"
"""The environment variable with the key that requests must bring: other programs on this machine have no business here."""

BATCH = 128
"""Tokens of a prompt that are read at one go. Only between two goes is it seen that somebody has hung up, so that a wanted
scene waits for no more than one of an unwanted scene's; larger ones are hardly faster on a processor."""
KEPT = 1024
"""MiB of prompts read before that are kept beside the one in use."""

MISSING = 3
"""The exit code when xllamacpp is not installed."""
UNFIT = 4
"""The exit code when the model cannot be loaded; standard error says why."""


def end_with_input() -> None:
    """From now on, end this process when its standard input ends: when the game closes it, or is gone, in whatever way."""
    threading.Thread(target=_wait_for_end, daemon=True).start()
    if sys.platform == "linux" and stat.S_ISFIFO(os.fstat(0).st_mode):
        _end_by_signal()


def _wait_for_end() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


def _end_by_signal() -> None:
    """While a model loads, no thread of Python runs. So the kernel is asked to send SIGIO when the pipe ends, which kills."""
    import fcntl
    import select

    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(0, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(0, fcntl.F_SETFL, fcntl.fcntl(0, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([0], [], [], 0)[0]:
        os._exit(0)


def serve(model: str, window: int, threads: int) -> tuple[object, str]:
    """Start the server. Gives what must be kept for as long as it shall run, and its address, once it answers.

    Raises:
        RuntimeError: llama.cpp cannot load the model.
    """
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.n_ctx = window
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = BATCH
    params.cache_ram_mib = KEPT
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.port = 0
    params.ui = False
    params.verbosity = 1
    params.api_keys = [os.environ[KEY]] if KEY in os.environ else []
    server = xllamacpp.Server(params)
    _wait_for_health(server.listening_address)
    return server, server.listening_address


def _wait_for_health(address: str) -> None:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while True:
        try:
            with direct.open(f"{address}/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m game.clients.llama_server")
    parser.add_argument("--model", required=True)
    parser.add_argument("--window", type=int, default=4096)
    parser.add_argument("--threads", type=int, default=2)
    words = parser.parse_args()
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever llama.cpp prints is no answer
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the game, which then closes the input
    end_with_input()
    try:
        _server, address = serve(words.model, words.window, words.threads)
    except ImportError:
        os._exit(MISSING)
    except RuntimeError as error:
        print(error, file=sys.stderr, flush=True)
        os._exit(UNFIT)
    print(json.dumps({"address": address}), file=answer, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
