"""Events as GeoJSON points (RFC 7946), one feature an event, written row by row.

No text is geocoded. A point is the middle of a state, and `located_by` says of which: that of the place which the sentence names
("place"), else that of the target ("target"), else that of the source ("source"); without any, the geometry is null ("nothing").
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from visavis.lexicon.centres import centres, state_of_place
from visavis.records import Event
from visavis.store.exports.told import Told, Written, told_events
from visavis.store.plain import escaped_json
from visavis.store.record import Record


def write_geojson(record: Record, path: Path) -> Written:
    """One feature for each event, whatever its status. Raises OSError when the file cannot be written."""
    written, encode = Written(), msgspec.json.encode
    with path.open("wb") as out:
        out.write(b'{"type":"FeatureCollection","features":[')
        for told in told_events(record):
            out.write(b",\n" if written.rows else b"\n")
            out.write(escaped_json(encode(_feature(told))))
            written.rows += 1
        out.write(b"\n]}\n")
    return written


def _feature(told: Told) -> dict[str, Any]:
    event = told.event
    state, basis = _where(event)
    point = None
    if state:
        found = centres()[state]
        point = {"type": "Point", "coordinates": [found.east, found.north]}
    return {
        "type": "Feature",
        "id": event.event_id,
        "geometry": point,
        "properties": {
            "located_by": basis,
            "place": event.place,
            "state": state,
            "date_from": event.date_from,
            "date_to": event.date_to,
            "type": event.type,
            "cameo": event.cameo,
            "quad": event.quad,
            "intensity": event.intensity,
            "status": event.status,
            "sources": [party.code or party.words or party.name for party in event.sources],
            "targets": [party.code or party.words or party.name for party in event.targets],
            "sentence": event.quote,
            "title": told.title,
            "outlet": told.outlet,
            "url": told.url,
            "confidence": event.confidence,
        },
    }


def _where(event: Event) -> tuple[str, str]:
    """(state, what it is the state of)."""
    named = state_of_place().get(event.place.strip().casefold(), "")
    if named in centres():
        return named, "place"
    for basis, side in (("target", event.targets), ("source", event.sources)):
        for party in side:
            if party.code in centres():
                return party.code, basis
    return "", "nothing"
