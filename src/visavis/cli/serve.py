"""`visavis serve`: the pages of a record, on this machine."""

from __future__ import annotations

from pathlib import Path

import typer

from visavis.errors import BusyError, InputError


def register(app: typer.Typer) -> None:
    """Add `serve` to the command line."""
    app.command("serve")(serve)


def serve(
    record: Path = typer.Argument(..., help="The record's folder.", metavar="DIR"),
    port: int = typer.Option(8765, "--port", "-p", min=0, max=65535, help="0 takes any free port."),
    host: str = typer.Option("127.0.0.1", "--host", help="The address to listen at; others can then read the record."),
    token: str = typer.Option("", help="Let whoever gives this token review through the pages; 'new' makes one."),
) -> None:
    """Show the record as web pages: front, dyads, actors, stories, events, every number one click from its sentence.

    The pages only read, unless there is a token for reviews. Add .json or .csv to any address for its data; /openapi.json describes them.

    Examples:

      visavis serve demo-record

      visavis serve my-record --port 9000

      visavis serve my-record --port 0 --token new
    """
    import secrets
    import socket
    from contextlib import suppress

    import uvicorn

    from visavis.show.web import make_app
    from visavis.show.web.assets import charts_script

    token = secrets.token_urlsafe(12) if token == "new" else token
    hosts = tuple(dict.fromkeys((host, "127.0.0.1", "localhost", "[::1]")))
    app = make_app(record, hosts=hosts, token=token or None, say=lambda words: typer.echo(words, err=True))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise InputError(f"{host}:{port} cannot be listened at ({error.strerror}).", "Give another --port.") from error
    charts_script()
    listener.listen()
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"{record} at http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
    if token:
        typer.echo(f"Reviews need the token {token}")
    with suppress(BusyError):
        app.state.library.at().maker.check()  # a large record is indexed from now on, not from the first question
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    server.run(sockets=[listener])
