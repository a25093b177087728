"""What lifts are counted over: by month, over the whole record at once, or so in one issue area (then the scope is the area's name)."""

from __future__ import annotations

MONTH, ALL = "month", "all"
