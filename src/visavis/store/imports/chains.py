"""A sampler's chain on disk, so that it can go on where it stopped: one compressed NumPy file, no pickles."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from visavis.errors import InputError


def save_arrays(path: Path, arrays: Mapping[str, Any], about: Mapping[str, Any]) -> None:
    """Write arrays and a description; an interrupted write leaves the file before it as it was."""
    half = path.with_name(path.name + ".half")
    with half.open("wb") as out:
        np.savez_compressed(out, about=np.array(json.dumps(about)), **arrays)
    half.replace(path)


def load_arrays(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """(arrays, description) of such a file; raises InputError when it is none."""
    try:
        with np.load(path, allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files if name != "about"}
            return arrays, json.loads(str(found["about"]))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise InputError(f"{path} is no chain of the sampler ({error}).", "Remove it to begin anew.") from error
