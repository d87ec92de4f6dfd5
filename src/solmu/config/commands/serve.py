"""Serves Solmu's pages and looks after what falls due, until it is stopped.

Put a proxy with https before it for anybody but yourself; docs/how-to/operator.md shows how."""

from solmu.config.console import start_django


def add_arguments(parser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="the port to listen on (8000)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1: this machine only)")
    parser.add_argument("--workers", type=int, metavar="N", help="server processes (one a core, at most four)")


def run(options) -> int:
    start_django()
    from solmu.config import serving

    return serving.serve(host=options.host, port=options.port, workers=options.workers)
