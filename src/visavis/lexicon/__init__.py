"""What the coder knows, as plain text that people can edit: who can act, and what acts are called."""

from visavis.lexicon.entries import Entry, Form, Role
from visavis.lexicon.loader import Actors, Lexicon, load

__all__ = ["Actors", "Entry", "Form", "Lexicon", "Role", "load"]
