"""What people reviewed, as gold in the interchange form: sentences with the events that stand in them by a person's word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from visavis.code.interchange import event_row
from visavis.records import Event
from visavis.store.exports.told import Written
from visavis.store.plain import escaped_json
from visavis.store.record import Record


def gold_lines(record: Record) -> Iterator[dict[str, Any]]:
    """One line for each sentence that holds a reviewed event: {"id", "text", "date", "doc", "events"}.

    A rejected event is no gold event, so a sentence of which nothing is left says that nothing is there. Events of the same sentence
    that nobody looked at are left out and counted in `unreviewed`: a line is complete when that is 0. `because` is the machine's
    and is left out.
    """
    published = {row["article_id"]: row for row in record.table("articles", ["article_id", "published"]).to_pylist()}
    sentences: defaultdict[tuple[str, int, int], list[Event]] = defaultdict(list)
    for event in record.rows("events"):
        if event.article_id and event.quote:
            sentences[event.article_id, event.start, event.end].append(event)
    for (article, start, end), events in sorted(sentences.items()):
        seen = [event for event in events if event.reviewed]
        if not seen:
            continue
        kept = sorted((e for e in seen if e.status != "rejected"), key=lambda e: (e.words_start, e.event_id))
        date = published[article]["published"]
        rows = [{k: v for k, v in event_row(e, start).items() if k not in ("because", "confidence")} for e in kept]
        yield {
            "id": f"{article}:{start}-{end}",
            "text": events[0].quote,
            "date": date["earliest"] if date["precision"] == "day" else None,
            "doc": article,
            "events": rows,
            "unreviewed": len(events) - len(seen),
        }


def write_gold(record: Record, path: Path) -> Written:
    """Write the gold lines as JSONL; rows are sentences. Raises OSError when the file cannot be written."""
    written = Written()
    with path.open("wb") as out:
        for line in gold_lines(record):
            out.write(escaped_json(msgspec.json.encode(line)) + b"\n")
            written.rows += 1
            if line["unreviewed"]:
                written.left_out["nobody reviewed them, in sentences that hold reviewed ones"] += line["unreviewed"]
    return written
