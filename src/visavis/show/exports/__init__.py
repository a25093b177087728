"""All shapes that a record leaves in as one file. Tables leave through `visavis.store.export`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from visavis.errors import QueryError, RecordError
from visavis.show.exports.bibtex import write_bibtex
from visavis.show.exports.graph import write_gexf, write_graphml
from visavis.store import Record
from visavis.store.exports.ftm import write_ftm
from visavis.store.exports.gdelt import write_gdelt
from visavis.store.exports.geojson import write_geojson
from visavis.store.exports.gold import write_gold
from visavis.store.exports.icews import write_icews
from visavis.store.exports.polecat import write_polecat
from visavis.store.exports.told import Written

__all__ = ["SHAPES", "Shape", "Written", "write_shape"]


@dataclass(frozen=True)
class Shape:
    """One shape: the name of its file in a folder, and what writes it."""

    file: str
    write: Callable[[Record, Path], Written]


SHAPES: dict[str, Shape] = {
    "icews": Shape("events.icews.tab", write_icews),
    "gdelt": Shape("events.gdelt.csv", write_gdelt),
    "polecat": Shape("events.polecat.txt", write_polecat),
    "gexf": Shape("network.gexf", write_gexf),
    "graphml": Shape("network.graphml", write_graphml),
    "ftm": Shape("entities.ftm.json", write_ftm),
    "geojson": Shape("events.geojson", write_geojson),
    "bibtex": Shape("references.bib", write_bibtex),
    "gold": Shape("reviewed.gold.jsonl", write_gold),
}


def write_shape(record: Record, out: str | Path, form: str) -> tuple[Path, Written]:
    """Write the record in one shape to the file `out`, or into the folder `out` (a name without ending): the file, and what was written.

    Raises QueryError for an unknown shape, RecordError when the file cannot be written; a file that is half written is removed.
    """
    if form not in SHAPES:
        raise QueryError(f"There is no shape {form!r}.", f"Shapes: {', '.join(SHAPES)}.")
    path = Path(out)
    path = path / SHAPES[form].file if path.is_dir() or not path.suffix else path
    half = path.with_name(path.name + ".half")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            written = SHAPES[form].write(record, half)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as error:
        raise RecordError(f"{path} cannot be written ({error.strerror}).", "Give a file that is yours.") from error
    return path, written
