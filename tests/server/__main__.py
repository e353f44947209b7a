"""The server by hand: `python -m tests.server --mode ok`; then play with `--client openai --model any` at the address shown."""

import argparse
import contextlib
import threading

from tests.server import MODES, ModelServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.server", description="A model server that behaves as it is told to.")
    parser.add_argument("--mode", default="ok", help=f"a script of modes, as 500,500,ok; there are {', '.join(MODES)}")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--pace", type=float, default=0.02, help="seconds between the pieces of a drip")
    words = parser.parse_args()
    with ModelServer(words.mode, words.seed, words.pace, words.port) as server:
        print(server.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
