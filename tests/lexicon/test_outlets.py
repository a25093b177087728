"""The table of outlets is whole, and finds outlets by host and by name."""

from __future__ import annotations

import re
from collections import Counter

from visavis.lexicon.outlets import find_outlet, outlets


def test_the_table_holds_many_outlets_with_sound_codes() -> None:
    assert len(outlets()) >= 300
    assert all(re.fullmatch(r"[A-Z]{3}", o.country) and re.fullmatch(r"([A-Z]{3})?", o.state_owner) for o in outlets())


def test_no_host_and_no_name_stands_twice() -> None:
    hosts = Counter(h for o in outlets() for h in o.hosts)
    names = Counter(o.name for o in outlets())
    assert not [h for h, n in hosts.items() if n > 1] and not [n for n, k in names.items() if k > 1]
    assert all(re.fullmatch(r"[a-z0-9.-]+\.[a-z0-9-]{2,}", h) for h in hosts)


def test_subdomains_and_names_with_articles_are_found() -> None:
    tass = find_outlet(host="www.tass.com")
    assert tass is not None and (tass.name, tass.country, tass.state_owner) == ("TASS", "RUS", "RUS")
    post = find_outlet(name="the washington post")
    assert post is not None and post.state_owner == ""
    assert find_outlet(host="com") is None and find_outlet(name="") is None and find_outlet(host="nottass.com") is None
