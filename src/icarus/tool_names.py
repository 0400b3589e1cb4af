"""Which tools of the catalogue a question names, under spelling variants.

A name is met whole ('City Risks' for 'City.Risks'), or by the words that no other tool and little else in the corpus
has ('the Garibaldi estate'). One-word names that are also English words ('TRACE', 'Signpost') count only as names:
with a capital, or where the question is about nothing else.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import fuzz, process

from icarus.places import place_words, words_of_countries
from icarus.records import ToolCard
from icarus.spelling import is_english
from icarus.text import STOP_WORDS, content_stems, fold, parts_of, squash, stem, words

_GENERIC = frozenset(
    content_stems(
        """tool tools practice practices project projects programme program initiative city town municipality region
        manual guide handbook toolbox toolkit method methodology model local urban security safety eu europe european
        activity activities evaluation assessment crime prevention prevent public space spaces police youth young people
        violent extremism radicalisation training programmes council social work support network strategy workshops
        online digital survey system approach user area areas measurement centre school street streets videos house
        neighbourhood intervention night time action conflict friendliness floor game live daily phone strong agency
        organised fight university module series small job meetings award citizen partnership institution"""
    )
)
_PROJECT_WORDS = re.compile(
    r"\b(project|tool|toolkit|toolbox|practice|programme|program|initiative|app|method)\b", re.I
)
_PART = 0.6
_UNIQUE = 0.72  # a word that no other tool and hardly anything else has
_BEGINNING = 0.8  # the first words of a name, printed with a capital
_ALIKE = 90.0
_NEAR_BY = 1  # words from one word of a name to the next, somewhere in it
_AT_ONCE = 8  # texts that are remembered: one question is looked through for its language and for its names
_LONG, _LONGEST = 8, 14  # letters that a misspelt name has at least, words that a name has at most


class NameMatch(NamedTuple):
    """A tool that a question names; `strength` is 1 for its whole name, `by_place` if only its place is named."""

    tool: str
    strength: float
    start: int
    text: str
    by_place: bool = False


class _Name(NamedTuple):
    tool: str
    squashed: str
    stems: frozenset[str]
    whole: str


class ToolNames:
    """Matches questions with the names and aliases of the catalogue's tools."""

    def __init__(self, cards: Sequence[ToolCard], passages_with: Mapping[str, int], places: Iterable[str] = ()) -> None:
        """Take the cards, in how many passages of the corpus each stem occurs, and the names of places."""
        self._names = [_name(card.id, name) for card in cards for name in dict.fromkeys([card.name, *card.aliases])]
        self._names = [n for n in self._names if len(n.squashed) > 2]
        self._by_squash: dict[str, list[_Name]] = {}
        for name in self._names:
            self._by_squash.setdefault(name.squashed, []).append(name)
        self._beginnings = _beginnings(self._names)
        self._compounds = _compounds(self._names)
        self._said = {c.id: squash(" ".join(q.text for q in (*c.summary, *c.narrative))) for c in cards}
        self._squashed = [key for key in self._by_squash if len(key) >= _LONG - 1]
        self._tools_with = Counter(
            word for _, word in {(name.tool, word) for name in self._names for word in name.stems}
        )
        self._passages_with = passages_with
        self._located = [frozenset(s for place in card.located for s in content_stems(place)) for card in cards]
        words_too = {s for word in place_words().caution for s in content_stems(word)}  # 'a nice tool' is not from Nice
        self._place_stems = frozenset(s for place in places for s in content_stems(place)) - words_too
        self._found = lru_cache(maxsize=_AT_ONCE)(self._find)
        self._narratives = {card.id: max(1, len(card.narrative) + len(card.summary)) for card in cards}

    def _is_place(self, match: NameMatch) -> bool:
        """Whether a place is all that was met, with at most one common word: 'City of Augsburg'."""
        stems = frozenset(content_stems(match.text))
        telling = stems - _GENERIC
        return bool(telling) and telling <= self._place_stems and len(stems - self._place_stems) <= 1

    def _is_shared_place(self, match: NameMatch) -> bool:
        """Whether all that was met is a place where several tools are: that names none of them."""
        stems = frozenset(content_stems(match.text)) - _GENERIC
        return match.by_place and sum(stems <= located for located in self._located) > 1

    def find(self, text: str) -> list[NameMatch]:
        """The tools that a text names, strongest reading of each, in the order of the text."""
        return list(self._found(text))

    def _find(self, text: str) -> tuple[NameMatch, ...]:
        tokens = [m for m in re.finditer(r"[\w@+.'’&-]*[\w+]", text) if squash(m.group())]  # no name is all Greek
        found: dict[str, NameMatch] = {}
        for match in [*_without_straddling(list(self._whole(text, tokens))), *self._partial(text, tokens)]:
            if match.tool not in found or match.strength > found[match.tool].strength:
                found[match.tool] = match
        placed = [m._replace(by_place=self._is_place(m)) for m in found.values()]
        best = _without_covered([m for m in placed if not self._is_shared_place(m)])
        return tuple(sorted(best, key=lambda m: (m.start, -m.strength)))

    def _whole(self, text: str, tokens: list[re.Match[str]]) -> Iterable[NameMatch]:
        letters = [squash(token.group()) for token in tokens]
        last = [squash(re.sub(r"['’]s$", "", token.group())) for token in tokens]
        for i in range(len(tokens)):
            for j in range(min(len(tokens), i + _LONGEST), i, -1):
                printed = text[tokens[i].start() : tokens[j - 1].end()]
                key = "".join([*letters[i : j - 1], last[j - 1]])
                for name in self._by_squash.get(key, ()):
                    if j - i > 1 or self._is_name(printed, name, text):
                        yield NameMatch(name.tool, 1.0, tokens[i].start(), printed)
                if printed[0].isupper() and j - i > 1 and self._begins_one_name(key):
                    yield NameMatch(self._beginnings[key][0], _BEGINNING, tokens[i].start(), printed)
                if j - i == 2 and len(self._compounds.get(key, ())) == 1:  # 'Mother Schools' for 'MotherSchools: ...'
                    yield NameMatch(self._compounds[key][0], _BEGINNING, tokens[i].start(), printed)
                plain = is_english(fold(printed)) if j - i == 1 else fold(tokens[j - 1].group()) in STOP_WORDS
                if len(key) >= _LONG and key not in self._by_squash and not plain:
                    yield from self._misspelt(key, printed, tokens[i].start())

    def _begins_one_name(self, key: str) -> bool:
        """Whether words begin the name of one tool, and are not used of another one."""
        tools = self._beginnings.get(key, [])
        return len(tools) == 1 and not any(key in said for tool, said in self._said.items() if tool != tools[0])

    def _misspelt(self, key: str, printed: str, start: int) -> Iterable[NameMatch]:
        for squashed, score, _ in process.extract(key, self._squashed, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=3):
            if squashed[0] == key[0]:
                for name in self._by_squash[squashed]:
                    yield NameMatch(name.tool, score / 100, start, printed)

    def _is_name(self, printed: str, name: _Name, text: str) -> bool:
        """Whether one word is meant as a name: 'TRACE', or 'trace' in a question about nothing else."""
        if not is_english(fold(printed)) or printed.isupper() or not printed.isalpha():
            return True
        others = [s for s in content_stems(_PROJECT_WORDS.sub(" ", text)) if s not in name.stems]
        capital = printed[0].isupper() and not text.startswith(printed)
        return capital or not others or bool(re.search(rf"\b{printed}\s+{_PROJECT_WORDS.pattern}", text, re.I))

    def _partial(self, text: str, tokens: list[re.Match[str]]) -> Iterable[NameMatch]:
        per_word = [_stems_of(token.group()) for token in tokens]
        asked = {s for stems in per_word for s in stems}
        printed = set(content_stems(text))
        called = _names_printed(text, tokens)
        foreign = self._place_stems | {s for t in tokens for s in content_stems(t.group()) if not _is_plain(t)}
        for name in self._names:
            met = {s for s in name.stems if s not in _GENERIC} & asked
            if not met:
                continue
            share = sum(map(self._weight, name.stems & asked)) / sum(map(self._weight, name.stems))
            unique = [s for s in met & printed & foreign if self._is_unique(s, name.tool)]
            if met <= {s for stems in called if stems - name.stems - self._place_stems for s in stems}:
                continue  # 'the Tartu Night Watch' is another one than 'Prevent Watch'
            if (share >= _PART and _stand_together(per_word, name.stems)) or unique:
                start = min((t.start() for t in tokens if set(content_stems(t.group())) & met), default=0)
                strength = min(0.95, 0.5 + share / 2) if share >= _PART else max(_UNIQUE, 0.4 + 0.4 * share)
                yield NameMatch(name.tool, strength, start, " ".join(sorted(name.stems & asked)))

    def _is_unique(self, word: str, tool: str) -> bool:
        """Whether a word stands in the name of this tool alone, and hardly anywhere else."""
        rare = self._passages_with.get(word, 0) <= self._narratives[tool] + 3
        return self._tools_with[word] == 1 and rare and len(word) > 3

    def _weight(self, word: str) -> float:
        """How telling a word of a name is: by its rarity in the corpus, less for words that many names share."""
        rarity = math.log(1.0 + 400.0 / (1.0 + self._passages_with.get(word, 0)))
        return rarity * (0.3 if word in _GENERIC else 1.0)


def _stems_of(word: str) -> set[str]:
    """The stems of a word, and where it names a country those of all words for it: 'Swedish' stands for 'Sweden'."""
    return {stem for other in (word, *words_of_countries().get(fold(word), ())) for stem in content_stems(other)}


def _stand_together(per_word: Sequence[set[str]], stems: Collection[str]) -> bool:
    """Whether two words and more of a name are met, and stand near: 'crime prevention' ... 'watch' do not."""
    places = [i for i, of_word in enumerate(per_word) if not of_word.isdisjoint(stems)]
    return any(b - a <= _NEAR_BY for a, b in pairwise(places))


def _is_plain(token: re.Match[str]) -> bool:
    """Whether a word is plain English: in the word list, and not printed as a name within a sentence."""
    printed = token.group()
    of_a_country = fold(printed) in place_words().countries  # 'Danish tools' names no tool
    as_name = printed[0].isupper() and token.start() > 0 and not of_a_country
    return is_english(fold(re.sub(r"['’]s$", "", printed))) and not as_name


def _names_printed(text: str, tokens: Sequence[re.Match[str]]) -> list[frozenset[str]]:
    """The telling stems of each run of two and more words with capitals, in a text that is not all capitals."""
    runs: list[list[re.Match[str]]] = [[]]
    for token in tokens:
        capital = token.group()[0].isupper() and not (token.start() == 0 and _is_plain(token))
        if runs[-1] and not (capital and text[runs[-1][-1].end() : token.start()] == " "):
            runs.append([])
        runs[-1] += [token] if capital else []
    if sum(map(len, runs)) > len(tokens) / 2:
        return []
    return [frozenset(content_stems(" ".join(t.group() for t in run))) - _GENERIC for run in runs if len(run) > 1]


def _beginnings(names: Iterable[_Name]) -> dict[str, list[str]]:
    """The tools whose names begin with some two to four words, by these words."""
    found: dict[str, list[str]] = {}
    for name in names:
        tokens = name.whole.split()
        for n in range(2, min(5, len(tokens))):
            tools = found.setdefault(squash(" ".join(tokens[:n])), [])
            tools += [name.tool] if name.tool not in tools else []
    return found


def _compounds(names: Iterable[_Name]) -> dict[str, list[str]]:
    """The tools in whose names a long word stands that is not English, as 'MotherSchools' is not, by this word."""
    found: dict[str, list[str]] = {}
    for name in names:
        for word in {squash(token) for token in re.findall(r"[\w-]+", name.whole)}:
            if len(word) >= _LONG and not is_english(word):
                tools = found.setdefault(word, [])
                tools += [name.tool] if name.tool not in tools else []
    return found


def _name(tool: str, name: str) -> _Name:
    stems = frozenset(s for w in words(name) for p in (parts_of(w)[1:] or [w]) for s in content_stems(p))
    return _Name(tool, squash(name), stems or frozenset(stem(w) for w in words(name)), name)


def _without_straddling(matches: Sequence[NameMatch]) -> list[NameMatch]:
    """Drop readings that take a word from a name met whole: 'Street work' of 'Does Calm Street work?'."""
    whole = [(m.start, m.start + len(m.text)) for m in matches if m.strength == 1.0]

    def straddles(match: NameMatch) -> bool:
        start, end = match.start, match.start + len(match.text)
        return any(start < e and s < end and not (start <= s and e <= end) for s, e in whole)

    return [m for m in matches if m.strength == 1.0 or not straddles(m)]


def _without_covered(matches: list[NameMatch]) -> list[NameMatch]:
    """Drop readings of words that a whole name already accounts for: 'Prevent' inside 'Prevent Watch'."""
    whole = [m for m in matches if m.strength >= 0.9]
    covered = {s for m in whole for s in content_stems(m.text)}
    kept: list[NameMatch] = []
    for match in matches:
        longer = [other for other in whole if other is not match and len(other.text) > len(match.text)]
        inside = any(squash(match.text) in squash(other.text) for other in longer)
        accounted = inside if match in whole else set(match.text.split()) <= covered
        kept += [] if accounted else [match]
    return kept
