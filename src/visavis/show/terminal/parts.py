"""What the terminal views share: safe text, the marked sentence, balances, one-line events."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from rich.table import Table
from rich.text import Text

from visavis.show.views.marks import Mark
from visavis.show.views.parts import Balance, EventLine

# Colours that stay apart for the colour-blind (Okabe and Ito 2008, nearest of 256); the letter stands for the role without colour.
ROLE_STYLES = {
    "source": ("S", "bold dodger_blue1"),
    "action": ("A", "bold dark_orange3"),
    "target": ("T", "bold green4"),
    "speaker": ("V", "bold medium_orchid"),
    "date": ("D", "bold dark_goldenrod"),
}
LEGEND = "S source, A action, T target, V voice, D date"
_BAR = 10


def clean(text: str) -> str:
    """The text on one line without control characters (terminal escapes, bidirectional overrides), each shown as a middle dot."""
    return "".join(_shown(one) for one in " ".join(text.split()))


def _shown(character: str) -> str:
    return "·" if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co") else character


def marked(quote: str, marks: Sequence[Mark]) -> Text:
    """The sentence with `[S ...]` round each mark, coloured by its first role."""
    out, at = Text(), 0
    for mark in marks:
        out.append(_piece(quote[at : mark.start]))
        letters = "+".join(ROLE_STYLES[role][0] for role in mark.roles)
        out.append(f"[{letters} {_piece(quote[mark.start : mark.end])}]", ROLE_STYLES[mark.roles[0]][1])
        at = mark.end
    out.append(_piece(quote[at:]))
    return out


def _piece(text: str) -> str:
    """As `clean`, but the blanks at the ends stay: the pieces are joined again."""
    inner = clean(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def signed(counts: Balance) -> str:
    """The balance as "+0.33", "-" without events."""
    return "-" if counts.balance is None else f"{counts.balance:+.2f}"


def bar(counts: Balance) -> Text:
    """Ten cells: "+" for the cooperative share, "-" for the conflictual one."""
    if not counts.events:
        return Text("")
    plus = round(_BAR * counts.cooperative / counts.events)
    return Text("+" * plus, "dodger_blue1") + Text("-" * (_BAR - plus), "dark_orange3")


def plain_table(*columns: str, right: Iterable[int] = ()) -> Table:
    """A table without rules; the columns numbered in `right` are set flush right."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    numbers = set(right)
    for at, column in enumerate(columns):
        table.add_column(column, justify="right" if at in numbers else "left", no_wrap=at in numbers)
    return table


def heading(words: str) -> Text:
    """A section's heading, with a blank line before it."""
    return Text(f"\n{words}", "bold")


def parties(line: EventLine) -> str:
    """ "CHN GOV -> USA", or "CHN, RUS" when all are on one side."""
    sources, targets = ", ".join(line.sources) or "?", ", ".join(line.targets)
    return clean(f"{sources} -> {targets}" if targets else sources)


def event_rows(lines: Sequence[EventLine]) -> Table:
    """Events with their sentences, one a row."""
    table = plain_table("date", "event", "who", "sentence")
    for line in lines:
        notes = [note for note in (line.status, line.reviewed) if note not in ("happened", "")]
        status = f" ({', '.join(dict.fromkeys(notes))})" if notes else ""
        told = f"  [says {', '.join(line.told_by)}]" if line.told_by else ""
        table.add_row(
            line.date or "undated",
            Text(f"{line.type}{status}\n{line.event_id[:8]}"),
            Text(parties(line)),
            Text(clean(line.quote + told)),
        )
    return table


def counted(counts: dict[str, int], most: int | None = None) -> str:
    """ "AGREE 12, CONSULT 9"; beyond `most`, how many kinds more."""
    items = list(counts.items())
    shown = ", ".join(f"{clean(name) or 'unknown'} {number}" for name, number in items[:most])
    rest = len(items) - len(items[:most])
    return f"{shown} and {rest} more" if rest else shown
