"""What pages need of all events, worked out once a run: counts per dyad and actor, lifts, the front page, beside the search index.

It lies in the same SQLite file as the search index, outside the record, and is made again at will.
"""
