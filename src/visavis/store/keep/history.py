"""A Delta table's files rewritten in place, in every version of it: names, row order and counts stay, so that every run still opens.

Parquet keeps the least and greatest value of a column in its footer, and Delta's log keeps them again: the files are written anew
as a whole, and the log's bounds for them are struck out. Each file is replaced at once; a rewriting that was cut off is done again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from visavis.errors import RecordError
from visavis.store.keep.scrub import Row, Rule, Targets

_BATCH = 2000
# {file: (its size now, whether it was rewritten)}
Sizes = dict[str, tuple[int, bool]]


def rewrite(table: Path, rule: Rule, targets: Targets) -> int:
    """Empty the rows that the rule means in all files of the Delta table in the folder `table`; how many files held such rows.

    Raises RecordError when a file cannot be read or written.
    """
    if not (table / "_delta_log").is_dir():
        return 0
    try:
        data = [file for file in sorted(table.rglob("*.parquet")) if "_delta_log" not in file.parts]
        changed = [file for file in data if _rewrite_file(file, rule, targets)]
        # The log is set right for all files, so that a rewriting that was cut off between the two is mended by the next.
        sizes = {_name(file, table): (file.stat().st_size, file in changed) for file in data}
        for log in sorted((table / "_delta_log").glob("*.json")):
            _rewrite_log(log, sizes)
        for checkpoint in sorted((table / "_delta_log").glob("*.checkpoint*.parquet")):
            _rewrite_checkpoint(checkpoint, sizes)
        return len(changed)
    except (OSError, pa.ArrowException, ValueError) as error:
        raise RecordError(f"{table} cannot be rewritten ({error}).", "Mend that and run the takedown again.") from error


def _name(file: Path, table: Path) -> str:
    return file.relative_to(table).as_posix()


def _rewrite_file(file: Path, rule: Rule, targets: Targets) -> bool:
    with pq.ParquetFile(file) as source:
        names = source.schema_arrow.names
        keys = source.read([name for name in rule.keys if name in names]).to_pylist()
        if not any(rule.touches(row, targets) for row in keys):
            return False
        new = file.with_name(file.name + ".new")
        with pq.ParquetWriter(new, source.schema_arrow, compression="snappy") as out:
            for batch in source.iter_batches(_BATCH):
                rows = [_emptied(row, rule, targets) for row in batch.to_pylist()]
                out.write_table(pa.Table.from_pylist(rows, schema=source.schema_arrow))
    new.replace(file)
    return True


def _emptied(row: Row, rule: Rule, targets: Targets) -> Row:
    if not rule.touches(row, targets):
        return row
    return {name: value for name, value in rule.empty(row, targets).items() if name in row}


def _rewrite_log(log: Path, sizes: Sizes) -> None:
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines() if line.strip()]
    found = [dict(_actions(line, sizes)) for line in lines]
    if found != lines:
        _replace(
            log, "".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in found).encode()
        )


def _actions(line: dict[str, Any], sizes: Sizes) -> Iterator[tuple[str, Any]]:
    for name, action in line.items():
        yield name, _sized(action, sizes) if name in ("add", "remove") else action


def _sized(action: dict[str, Any] | None, sizes: Sizes) -> dict[str, Any] | None:
    """The action with the size of its file as it is now; for a file that was rewritten, without bounds of its columns."""
    size, changed = sizes.get(unquote(action["path"]), (None, False)) if action is not None else (None, False)
    if action is None or size is None or not (changed or size != action.get("size")):
        return action
    stats = json.loads(action["stats"]) if action.get("stats") else None
    known = stats and json.dumps({"numRecords": stats["numRecords"]} if "numRecords" in stats else {})
    plain = {**action, "size": size}
    if "stats" in action:
        plain["stats"] = known
    if "stats_parsed" in action:
        plain["stats_parsed"] = None
    return plain


def _rewrite_checkpoint(file: Path, sizes: Sizes) -> None:
    table = pq.read_table(file)
    rows = table.to_pylist()
    found = [dict(_actions(row, sizes)) for row in rows]
    if found != rows:
        new = file.with_name(file.name + ".new")
        pq.write_table(pa.Table.from_pylist(found, schema=table.schema), new, compression="snappy")
        new.replace(file)
        (file.parent / "_last_checkpoint").unlink(missing_ok=True)  # it names the old size; readers do without it


def _replace(file: Path, content: bytes) -> None:
    new = file.with_name(file.name + ".new")
    new.write_bytes(content)
    new.replace(file)
