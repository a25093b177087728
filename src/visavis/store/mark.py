"""The mark of a record: the file that says that a folder is one, and of which form."""

from __future__ import annotations

import json
from pathlib import Path

from visavis.errors import RecordError

# The form of the folder. Older ones open, and are brought up by `visavis upgrade`; newer ones are refused.
FORMAT = 2
OLDEST = 1
MARK = "record.json"
HALF = MARK + ".half"


def read_mark(root: Path) -> int:
    """The form of the record in `root`; raises RecordError when there is none, or its form is not known."""
    try:
        mark = json.loads((root / MARK).read_text("utf-8"))
        form = int(mark["format"])
    except FileNotFoundError as error:
        raise RecordError(f"There is no record in {root}.", "Make one: visavis read PILE --record DIR.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RecordError(f"{root / MARK} cannot be read ({error}).", "Restore it from a copy.") from error
    if not OLDEST <= form <= FORMAT:
        raise RecordError(
            f"{root} has the form {form}; this Visavis knows {OLDEST} to {FORMAT}.",
            "Use the version that wrote it, or a newer one; nothing was changed.",
        )
    return form


def write_mark(root: Path) -> None:
    """Mark the folder as a record of this form, at once."""
    half = root / HALF
    half.write_text(json.dumps({"visavis": "record", "format": FORMAT}) + "\n", "utf-8")
    half.rename(root / MARK)
