"""When: from words of time to intervals of days, against publication and against the text itself (docs/time.md)."""

from visavis.code.dates.clock import Clock, tense_at
from visavis.code.dates.event import event_time, tense_of
from visavis.code.dates.find import find_times
from visavis.code.dates.forms import NO_ANCHOR, Anchor, TimeExpression, When
from visavis.code.dates.resolve import resolve

__all__ = [
    "NO_ANCHOR",
    "Anchor",
    "Clock",
    "TimeExpression",
    "When",
    "event_time",
    "find_times",
    "resolve",
    "tense_at",
    "tense_of",
]
