"""What a question wants counted or named one by one, and whether a sentence gives a number of it.

A figure near the words asked for is often one of something else: the number of a page, a date, a measure, a name.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from icarus.records import Passage
from icarus.text import STOP_WORDS, stems_of, words
from icarus.topic import Phrase, topic_units
from icarus.vocabulary import stem_sequence
from icarus.wording import says

_COUNTED = re.compile(
    r"\b(?:how many|number of|what number of)(?: of)?(?: (?:the|these|those|all|our))?\s+((?:[\w'-]+\s+){0,3}?[\w'-]+?)"
    r"(?=\s+(?:are|is|were|was|do|does|did|have|has|had|can|could|will|would|should|must|may|might|shall|in|of|on|for|at|to|that|which|who|with|there|"
    r"work(?:s|ed|ing)?|used?|uses|run|runs|took|takes?|taken|it|its|the|they|participat(?:e|es|ed|ing)|"
    r"attend(?:s|ed)?|follow|answer(?:s|ed)?|handles?|serves?|runs?|refer|wrote|treat|speaks?|mentions?|names?|sees?|says?|deals?|focus|address|plan)\b|"
    r"\s*[?.,]|\s*$)",
    re.I,
)
_NUMBERS = stems_of(
    """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty
    half third quarter once twice""".split()
)
_NO_THING = STOP_WORDS | {"exist", "exists", "remain", "remains"}
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_DOZEN = 12
_FEWEST = 4
_ITEMS = re.compile(
    rf"\b(?:what|which|list|names?|tell|enumerate|give me|write out|spell out|quote|recite)\b(?: are| all| me| of)*"
    rf"(?: (?:the )?(?:full |exact |whole )?(?:text|wording|names?|titles?|list) of(?: all)?)?(?: the)? "
    rf"(\d{{1,2}}|(?:a )?dozen|{'|'.join(_WORDS)})\b"
    r"(?! (?:cities|municipalities|strategies|authorities|regions|per ?cent|%))",
    re.I,
)
# 'it exists in seven languages: which ones?'
_ITEMS_BEFORE = re.compile(
    rf"\b(\d{{1,2}}|{'|'.join(_WORDS)}) (?:[\w-]+ ){{0,2}}[\w-]+s\b[^.]{{0,60}}[?:,;.–-] *(?:and )?"
    r"(?:which (?:ones|are they|are these|are those)|what are they|name them|list them)\b",
    re.I,
)
_AS_MANY = re.compile(rf"\b({'|'.join(_WORDS[2:])}) (?:[\w-]+ ){{0,2}}[\w-]+s\b", re.I)
_AS_MANY_ASKED = re.compile(rf"\b(?:what|which|the|its|their|name|into) (?:[a-z]+ )?{_AS_MANY.pattern[2:]}", re.I)
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|://)\S*")
_PLURAL = re.compile(r"\b(?:people|children|women|men|police|youth|[\w'-]+(?<!s)s)\b", re.I)
_PART = re.compile(
    r"\b(?:how many of (?:the|these|those|them|your|our|its|their)\b[^?.,]{0,60}?|"
    r"of (?:the|these|those) [^?.]{1,60}?,? how many)"
    r"(?: of them)? (?:are|is|were|was) (?!(?:in|from|on|of|at|with|for|about) )"
    r"((?:[\w-]+ ){0,3}?[\w-]+)(?=\W*$|, | and (?:did|do|does|what|how|who|which)\b)",
    re.I,
)
# 'how many of them ended up convicted', 'how many went back or broke off'
_PART_THAT = re.compile(
    r"\bhow many (?:of (?:them|these|those) |people |persons )?"
    r"(?P<part>(?:ended up|went|dropped|broke|relapsed|reoffended|gave up|passed|failed|quit)\b"
    r"(?! (?:there|in|it|this|that)\b)[^?.,;]{0,40})",
    re.I,
)
_PART_WORDS = 2  # more after 'how many of the ...' are a clause of its own: 'say that crime is going up with them'
_MONTHS = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
# numbers that are names: 'Task 1', 'WP 6', 'Figure 19', 'No 213/2008', 'in 2019', 'ISCO-08', 'ISO 4217'
_NUMBERED = re.compile(
    r"\b(?:tasks?|work packages?|wp|figures?|fig\.|tables?|sections?|annex|chapters?|articles?|pages?|steps?|phases?|"
    r"metrics?|questions?|versions?|deliverables?|part|no\.?|act|months?) ?\d[\d./]*|\d{1,2}[./]\d{1,2}[./]\d{2,4}|"
    r"\b(?:in|since|of|until|from|by|during|[A-Z][a-z]+) (?:19|20)\d\d\b(?! [a-z]+s\b)|"
    r"\b[A-Z]\w*-\d+\b|(?-i:\b[A-Z]{2,}\.?) \d[\d.:/-]*(?!\w)|"
    rf"\b\d{{1,2}} {_MONTHS}(?: \d{{4}})?\b|\b{_MONTHS} \d{{1,4}}\b",
    re.I,
)
# numbers that measure, and so count nothing: '36 months', 'nine digits', '450K euros'
_MEASURED = re.compile(
    r"[€$£] ?\d[\d.,]*(?: ?(?:million|billion|k|m)\b)?|\d[\d.,]*%|"
    r"[\w.,]+[ -](?:%|per ?cent|percentage points?|€|eur|euros?|dollars?|pounds?|years?|months?|weeks?|days?|hours?|"
    r"a\.m|p\.m|o'clock|minutes?|seconds?|digits?|letters?|characters?|pages?|metres?|meters?|km|kilomet\w+|hectares?)(?!\w)",
    re.I,
)
_NO_NOUN = frozenset(
    """got get have had were was are did do can could made passed stayed went came became finished ended dropped left
    returned moved joined agreed""".split()
)  # 'how many got reported so far?'
# verbs as well where nothing is named after them: 'how many see it as ...', 'how many turned out to be ...'
_VERBS = frozenset(
    """see saw say said use used turn turned prove proved want wanted take took tell told follow mention mentioned
    report reported run ran work worked show showed end give gave find found feel felt think consider employ
    apply""".split()
)
_AFTER_A_VERB = frozenset("it this that them out to up as in for on so part place".split())
_SHARE = re.compile(r"[€$£] ?\d[\d.,]*|\d[\d.,]* ?(?:%|per ?cent\b)(?! of\b)", re.I)
_OF_ANOTHER = frozenset("to for by from with in at on that which who whose and or".split())
_ANYBODY = ("people", "persons", "individuals", "folks")
_BODIES = ("bodies", "entities", "outfits", "institutions", "agencies")
_ANYWHERE = ("places", "locations", "sites", "spots")
_ENDING = 4
_CLOSE = 2  # the same for people by another name
_BEFORE = 5  # words between a number and the thing that it counts: '12 local, well-equipped and lively houses'


def counted_things(text: str) -> list[str]:
    """What a question wants counted: 'how many social workers does it employ' gives ['social workers']."""
    return [_without_verb(match.group(1)) for match in _COUNTED.finditer(text)]


def _without_verb(thing: str) -> str:
    """What is counted without the verb after it: 'people get', 'cities concentrate'; two nouns stay, 'sports clubs'."""
    first, *rest = thing.lower().split()
    if first in _NO_NOUN or (first in _VERBS and (not rest or rest[0] in _AFTER_A_VERB)):
        return "are there"
    plural = list(_PLURAL.finditer(thing))
    return thing[: plural[-1].end()] if plural else thing


def states_count(sentence: str, thing: str) -> bool:
    """Whether a sentence gives a number of the thing to be counted: a figure at most five words before its name."""
    units = topic_units(thing)
    sequence = stem_sequence(_SHARE.sub(" ", _NUMBERED.sub(" ", sentence)))
    if not units and words(thing)[-1:] and words(thing)[-1] in _NO_THING:  # 'how many are there?'
        return states_number(sentence)
    if thing.lower().endswith(_ANYBODY) and _counts_any(sentence, "people"):
        return True
    if thing.lower().endswith(_BODIES) and _counts_any(sentence, "bodies"):
        return True
    if thing.lower().endswith(_ANYWHERE) and _counts_any(sentence, "somewhere"):
        return True
    # 'organisations', 'tools': no topic, but counted all the same
    plain = {(stem,) for stem in stem_sequence(thing)[-1:]}
    for phrase in {p for unit in units for p in unit.literal | unit.similar} or plain:
        for i in range(len(sequence) - len(phrase) + 1):
            before = sequence[max(0, i - _BEFORE) : i]
            if _is_it(sequence[i : i + len(phrase)], phrase) and _numbers_what_follows(before):
                return True
    return False


def _numbers_what_follows(words: Sequence[str]) -> bool:
    """Whether some words end in a number of what comes after them, not of another thing: 'four means given to MEPs'."""
    numbers = [i for i, word in enumerate(words) if _is_number(word)]
    return bool(numbers) and not _OF_ANOTHER & set(words[numbers[-1] + 1 :])


def _counts_any(sentence: str, kind: str) -> bool:
    """Whether a number stands right before a word for people, or a place, whatever they are called: '14 testers'."""
    before = (sentence[: match.start()].split()[-_CLOSE:] for match in says(kind).finditer(sentence))
    return any(states_number(word) for near in before for word in near)


def _is_it(found: Sequence[str], phrase: Phrase) -> bool:
    """Whether some words are a phrase, or its one word ends theirs: 'spreadsheet' is a sheet."""
    return tuple(found) == phrase or (len(phrase) == 1 and len(phrase[0]) > _ENDING and found[0].endswith(phrase[0]))


def states_number(sentence: str, asked: str = "") -> bool:
    """Whether a sentence holds a number that counts something, and that the question does not hold; no address does."""
    sentence = sentence if _MEASURED.search(asked) else _MEASURED.sub(" ", sentence)
    known = {word for word in stem_sequence(asked) if word[:1].isdigit()}
    return any(_is_number(word) and word not in known for word in stem_sequence(_without_names(sentence)))


def _without_names(sentence: str) -> str:
    """A sentence without addresses, and without numbers that are names."""
    return _NUMBERED.sub(" ", _ADDRESS.sub(" ", sentence))


def states_figure(sentence: str) -> bool:
    """Whether a sentence holds any number or share: '14 testers', '38 %', 'half of them'; no address does."""
    return bool(_MEASURED.search(_without_names(sentence))) or states_number(sentence)


def parts_counted(text: str) -> list[str]:
    """What some of a group are to be, as a question has it: 'how many of the 14 testers were women' gives ['women']."""
    found = [(match.group(1), match.group().lower().startswith("how many of")) for match in _PART.finditer(text)]
    parts = [part for part, led in found if not (led and len(part.split()) > _PART_WORDS)]
    return parts + [m["part"] for m in _PART_THAT.finditer(text) if topic_units(m["part"])]


def items_asked(text: str) -> int:
    """How many things a question wants named one by one: 'what are the nine parameters' gives 9; 0 for few or none.

    Two or three things may be told in prose; from four on a text that names them enumerates them.
    """
    match = _ITEMS.search(text) or _ITEMS_BEFORE.search(text)
    if not match:
        return 0
    word = match.group(1).lower()
    if word.endswith("dozen"):
        return _DOZEN
    number = int(word) if word.isdigit() else _WORDS.index(word)
    return number if _FEWEST <= number < len(_WORDS) else 0


def says_as_many(asked: str, sentence: str) -> bool:
    """Whether a sentence speaks of as many things as a question asks for: 'which two aims', 'the two objectives'."""
    numbers = _numbers_of_things(asked)
    return bool(numbers) and any(match.group(1).lower() in numbers for match in _AS_MANY.finditer(sentence))


@lru_cache(maxsize=256)
def _numbers_of_things(asked: str) -> frozenset[str]:
    return frozenset(match.group(1).lower() for match in _AS_MANY_ASKED.finditer(_MEASURED.sub(" ", asked)))


def items_in(passage: Passage) -> int:
    """The most things that a passage enumerates: the items of its list, or what commas and numbers set apart."""
    ended = sum(sentence.text.rstrip().endswith(";") for sentence in passage.sentences) + 1
    colons = [i for i, s in enumerate(passage.sentences) if s.text.rstrip().endswith(":")]
    listed = len(passage.sentences) - 1 - colons[0] if colons else 0
    apart = [len(re.findall(r"[,;]|\band\b|\b\d\)|\b[ivx]+\)", s.text)) + 1 for s in passage.sentences]
    return max([listed, ended, *apart])


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in _NUMBERS
