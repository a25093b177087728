"""Records of older forms brought to the form of this version, one step at a time, with a copy kept beside them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from visavis.errors import RecordError
from visavis.store.folder import Folder
from visavis.store.lock import writing
from visavis.store.mark import FORMAT, read_mark, write_mark
from visavis.store.tables import TABLES
from visavis.store.tables.runs import Run
from visavis.store.writer import Writer

if TYPE_CHECKING:
    from visavis.store.record import Record


class Upgraded(Struct, frozen=True, kw_only=True):
    """From which form to which, and where the copy lies; None when there was nothing to do."""

    before: int
    after: int
    copy: Path | None


def upgrade(record: Record) -> Upgraded:
    """Bring the record to the form of this version as a run of its own; the folder as it was is kept as `NAME.form-N` beside it.

    Safe to repeat when it was cut off. Raises RecordError when the copy or the record cannot be written.
    """
    root, form = record.path, read_mark(record.path)
    if form == FORMAT:
        return Upgraded(before=form, after=form, copy=None)
    kept = root.resolve().with_name(f"{root.resolve().name}.form-{form}")
    with writing(root):
        _copy(root, kept)
        for step in range(form, FORMAT):
            STEPS[step](root, record.runs)
        write_mark(root)
    return Upgraded(before=form, after=FORMAT, copy=kept)


def _copy(root: Path, kept: Path) -> None:
    half = kept.with_name(kept.name + ".half")
    try:
        if not kept.exists():
            shutil.rmtree(half, ignore_errors=True)
            shutil.copytree(root, half, ignore=shutil.ignore_patterns(".lock"))
            half.rename(kept)
    except OSError as error:
        raise RecordError(
            f"The copy {kept} cannot be made ({error.strerror}).", "Make room beside the record."
        ) from error


def _with_all_columns(root: Path, runs: tuple[Run, ...]) -> None:
    """1 to 2: events, copies and happenings say whether a person reviewed them; reviews say whether they apply."""
    for table in TABLES.values():
        folder = Folder(root, table)
        if table.name != "runs" and folder.version is not None and folder.lacks():
            folder.overwrite(table.to_arrow(list(table.from_arrow(folder.read()))))
    last = runs[-1] if runs else None
    coder, lexicon = ("", "") if last is None else (last.coder, last.lexicon)
    Writer(root, runs).finish("upgrade", settings={"form": "2"}, coder=coder, lexicon=lexicon)


STEPS: dict[int, Callable[[Path, tuple[Run, ...]], None]] = {1: _with_all_columns}
