"""The table that makes many tables one record: a row of `runs` names the version of every table that belongs to it."""

from __future__ import annotations

from msgspec import Struct

from visavis.store.tables.table import Table


class Run(Struct, frozen=True, kw_only=True):
    """One invocation that finished. `versions` is what a reader opens: {table: Delta version}."""

    run_id: str
    number: int
    verb: str
    visavis: str
    started_at: str
    finished_at: str
    versions: dict[str, int]
    settings: dict[str, str] = {}
    coder: str = ""
    lexicon: str = ""
    counts: dict[str, int] = {}
    seconds: dict[str, float] = {}
    resumed: bool = False
    errors: tuple[str, ...] = ()


TABLES = (Table("runs", Run, "run_id", exported=False),)
