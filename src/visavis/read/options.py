"""What a user may set about reading; one frozen object, handed down."""

from __future__ import annotations

from msgspec import Struct

USER_AGENT = "visavis/0.1 (event data with footnotes; respects robots.txt)"


class ReadOptions(Struct, frozen=True, kw_only=True):
    """Limits and manners of reading.

    `max_page_bytes`: the largest page, after decompression. `max_ratio`: how many times a compressed file may unfold before it
    counts as a bomb (files under 1 MB unfolded never do). `timeout`: seconds for a whole fetch. `delay`: seconds between two fetches from one host.
    `allow_private`: fetch from private, loopback and link-local addresses too. `obey_robots`: ask robots.txt first.
    """

    max_page_bytes: int = 20_000_000
    max_ratio: int = 200
    max_redirects: int = 5
    timeout: float = 20.0
    delay: float = 1.0
    allow_private: bool = False
    obey_robots: bool = True
    user_agent: str = USER_AGENT
