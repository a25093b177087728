"""One writer at a time: an advisory lock that the system lifts when its holder dies, however it dies."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from visavis.errors import RecordError


@contextmanager
def writing(root: Path) -> Iterator[None]:
    """Hold the record's lock; raises RecordError when another process has it or the folder cannot be written."""
    path = root / ".lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unwritable(root, error) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(handle, 32).decode("ascii", "replace").strip() or "unknown"
            raise RecordError(
                f"{root} is being written by process {holder}.", "Wait until it has finished; reading is possible."
            ) from error
        try:
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        except OSError as error:
            raise _unwritable(root, error) from error
        yield
    finally:
        os.close(handle)


def _unwritable(root: Path, error: OSError) -> RecordError:
    hint = "Make room and run again." if error.errno == errno.ENOSPC else "Give a folder that is yours."
    return RecordError(f"{root} cannot be written ({error.strerror}).", hint)
