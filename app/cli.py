"""The command `autograd-playground`: `serve` the page, `verify` receipts, make a `pass`; else the engine's verbs."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app import __version__
from app.clients.passes import Passes
from app.doctor import doctor
from app.http.server import inherited, opened, serve
from app.marks import MARKS
from app.receipts import verified
from app.seal import Seal
from app.settings import PREFIX, Settings
from app.tally import ANSWERS
from engine.cli import VERBS
from engine.cli import main as engine_main

RECEIPTS = (ANSWERS, MARKS)
_WORKERS = f"{PREFIX}WORKERS"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; 0 means done, 1 that the program is wrong, 2 that the command line is."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given and given[0] in VERBS:
        return engine_main(given)
    options = _parser().parse_args(given)
    done: int = options.act(options)
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograd-playground", description="Type a program and watch its gradients.")
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    serves = verbs.add_parser("serve", help="serve the page and the API")
    serves.add_argument("--host", default="127.0.0.1", help="the address to listen on (%(default)s)")
    serves.add_argument("--port", type=int, default=8000, help="the port to listen on (%(default)s)")
    serves.add_argument(
        "--fd",
        type=int,
        metavar="N",
        help="listen on the socket that is open as this descriptor instead: one server "
        "can take another's place on it, and no connection is refused meanwhile",
    )
    serves.add_argument("--workers", type=_count, help=f"how many processes run programs (else {_WORKERS} says)")
    serves.set_defaults(act=lambda told: _serve(told.host, told.port, told.fd, told.workers))
    verify = verbs.add_parser("verify", help="say whether receipts are this server's, and what they attest")
    verify.add_argument("receipts", metavar="FILE", nargs="+", help="a receipt that a learner saved")
    verify.set_defaults(act=lambda told: _verify(told.receipts))
    passes = verbs.add_parser("pass", help="make a pass for a class that asks from behind one address")
    passes.add_argument("name", metavar="NAME", help="who it is for")
    passes.add_argument("--factor", type=float, default=30.0, help="how many times the usual (%(default)g)")
    passes.add_argument("--days", type=_count, default=180, help="how long it holds (%(default)s)")
    passes.set_defaults(act=lambda told: _pass(told.name, told.factor, told.days))
    examine = verbs.add_parser("doctor", help="say what this machine keeps programs from, by trying it")
    examine.set_defaults(act=lambda _: _examine())
    for verb, purpose in VERBS.items():
        verbs.add_parser(verb, help=purpose)
    return parser


def _verify(files: Sequence[str]) -> int:
    """A line for each receipt; 0 if all are sealed with the secret, 1 if not, 2 where that cannot be known."""
    seal = _seal("receipts")
    if seal is None:
        return 2
    results = [_verified(seal, file) for file in files]
    return max(results)


def _pass(name: str, factor: float, days: int) -> int:
    """Print a pass; 2 where there can be none."""
    seal = _seal("passes")
    if seal is None:
        return 2
    try:
        print(Passes(seal).made(name, factor, days))
    except ValueError as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def _seal(what: str) -> Seal | None:
    """What these are signed with; where that is not known, it is said."""
    seal = Seal(Settings().secret)
    if seal.lasting:
        return seal
    print(f"{PREFIX}SECRET is not set: it is what {what} are signed with", file=sys.stderr)
    return None


def _verified(seal: Seal, file: str) -> int:
    try:
        attested = verified(seal, RECEIPTS, Path(file).read_bytes())
    except OSError as problem:
        print(f"{file}: cannot be read: {problem.strerror}", file=sys.stderr)
        return 2
    except ValueError:
        print(f"{file}: is no receipt", file=sys.stderr)
        return 2
    if attested is None:
        print(f"{file}: not valid: changed since, or signed with another secret")
        return 1
    print(f"{file}: valid: {attested}")
    return 0


def _examine() -> int:
    """Print what stands around programs and what was refused; 0 if everything was."""
    report, held = doctor()
    print(*report, sep="\n")
    return 0 if held else 1


def _count(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError("at least 1 is needed")
    return number


def _serve(host: str, port: int, descriptor: int | None, workers: int | None) -> int:
    """One process answers; `workers` says how many others run the programs, to the settings that are read later."""
    if workers is not None:
        os.environ[_WORKERS] = str(workers)
    try:
        listening = opened(host, port) if descriptor is None else inherited(descriptor)
    except OSError as problem:
        place = f"{host}:{port}" if descriptor is None else f"descriptor {descriptor}"
        reason = os.strerror(problem.errno) if problem.errno else problem
        print(f"{place}: cannot be listened on: {reason}", file=sys.stderr)
        return 2
    with listening:
        return serve(listening)
