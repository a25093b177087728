"""One event in the terminal: the sentence with its marks, and the way back to the page."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from visavis.records import Party, Voice
from visavis.show.terminal.parts import LEGEND, clean, marked
from visavis.show.views.event import CopyLine, EventDate, EventView
from visavis.show.views.parts import ArticleLine

_BASES = {
    "explicit": "named in the sentence",
    "relative": "resolved against the text and its publication date",
    "published": "nothing in the sentence says when: the publication date",
    "none": "unknown",
}


def render_event(view: EventView) -> RenderableType:
    """The event for a terminal of any width, with colour or without."""
    title = Text(f"{view.type}", "bold").append(f"  {view.event_id}", "dim")
    sentence = marked(view.quote, view.marks)
    return Group(title, Text(), sentence, Text(LEGEND, "dim"), Text(), _facts(view), *_copies(view))


def _facts(view: EventView) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column()
    rows = {
        "who": _parties(view.sources),
        "to whom": _parties(view.targets) if view.targets else _nobody(view),
        "says who": " <- ".join(_voice(voice) for voice in view.voices)
        or f"{view.article.outlet or 'the article'} itself",
        "when": _when(view.date),
        "where": view.place,
        "what": _what(view),
        "status": f"{view.status}, confidence {view.confidence:.2f}"
        + (", from a spun text" if view.spun else "")
        + (f", {view.reviewed} by a person" if view.reviewed else ""),
        "because": "\n".join(clean(reason) for reason in view.because),
        "article": article(view.article),
        "page": f"{view.page.uri or '?'}  ({view.page.page_id})",
        "story": view.story_id,
        "reports": _reports(view),
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, Text(value if name == "because" else clean(value)))
    return table


def article(line: ArticleLine) -> str:
    """ "Title", authors, outlet (country, owner), date and how it is known, id."""
    owner = f", {line.outlet_state_owner} state media" if line.outlet_state_owner else ""
    outlet = (line.outlet or "unknown outlet") + (f" ({line.outlet_country}{owner})" if line.outlet_country else "")
    by = f" by {' and '.join(line.authors)}" if line.authors else ""
    when = f"{line.published} (from {line.basis})" if line.published else "no date"
    return f"“{line.title}”{by}, {outlet}, {when}  ({line.article_id})"


def _parties(parties: tuple[Party, ...]) -> str:
    return "; ".join(_party(party) for party in parties) or "nobody named"


def _party(party: Party) -> str:
    code = f"{party.code or 'no code'} {party.sector}".strip()
    how = f", by {party.how}" if party.how else ""
    known = f"{party.name} = " if party.name and party.name != party.words else ""
    return f"{party.words or party.name} = {known}{code}{how}"


def _nobody(view: EventView) -> str:
    return "each other" if len(view.sources) > 1 else "nobody named"


def _voice(voice: Voice) -> str:
    about = [part for part in (voice.kind, voice.code, "quoted" if voice.quoted else "paraphrased") if part]
    who = "an anonymous source" if voice.anonymous and not voice.name else (voice.name or voice.words)
    return f"{who} ({', '.join(about)})"


def _when(date: EventDate) -> str:
    words = f"“{date.words}”: " if date.words else ""
    against = f" ({date.published}, from {date.published_basis})" if date.published and date.basis != "explicit" else ""
    return f"{date.iso or 'unknown'}; {words}{_BASES.get(date.basis, date.basis)}{against}"


def _what(view: EventView) -> str:
    mode = f", mode {view.mode}" if view.mode else ""
    contexts = f", about {', '.join(view.contexts)}" if view.contexts else ""
    cameo = f", CAMEO {view.cameo}" if view.cameo else ""
    return f"{view.type}{mode}{contexts}{cameo}; {view.quad_name}, intensity {view.intensity:+.1f} (-10..10)"


def _reports(view: EventView) -> str:
    if view.reports < 2:
        return "in this story only"
    said = f"in {view.reports} stories, {view.independent_reports} of them independent"
    return f"{said}; they differ: {' / '.join(view.differences)}" if view.differences else said


def _copies(view: EventView) -> list[RenderableType]:
    if not view.copies:
        return [Text("\nNo copies of the article in this record.", "dim")]
    lines: list[RenderableType] = [Text("\nCopies, counted once", "bold")]
    return lines + [Text(clean(_copy(copy))) for copy in view.copies]


def _copy(copy: CopyLine) -> str:
    return f"{copy.kind} {copy.score:.2f}  {article(copy.article)}"
