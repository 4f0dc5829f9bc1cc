"""The command `autograd-playground`: `serve` the page; `run`, `check`, `grade` and `export` are the engine's own."""

import argparse
import os
import sys
from collections.abc import Sequence

import uvicorn

from app import __version__
from app.protocol import Protocol
from app.settings import PREFIX
from engine.cli import main as engine_main

_ENGINE_VERBS = {
    "run": "run a program and print its values and gradients",
    "check": "say what is wrong with a program, without running it",
    "grade": "say what learners' own engines can do, and what is wrong with them",
    "export": "write a program's graph in another format",
}
_WORKERS = f"{PREFIX}WORKERS"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 0 means done, 1 that the program is wrong, 2 that the command line is."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given and given[0] in _ENGINE_VERBS:
        return engine_main(given)
    options = _parser().parse_args(given)
    return _serve(options.host, options.port, options.workers)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograd-playground", description="Type a program and watch its gradients.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    serve = verbs.add_parser("serve", help="serve the page and the API")
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    serve.add_argument("--port", type=int, default=8000, help="the port to listen on (%(default)s)")
    serve.add_argument("--workers", type=_count, help=f"how many processes run programs (else {_WORKERS} says)")
    for verb, purpose in _ENGINE_VERBS.items():
        verbs.add_parser(verb, help=purpose)
    return parser


def _count(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return number


def _serve(host: str, port: int, workers: int | None) -> int:
    """One process answers; `workers` says how many others run the programs, to the settings that are read later."""
    if workers is not None:
        os.environ[_WORKERS] = str(workers)
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        http=Protocol,
        ws="none",
        access_log=False,
        date_header=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    return 0
