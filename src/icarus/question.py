"""What a turn asks for: a typed, inspectable object."""

import re
from collections.abc import Sequence
from enum import StrEnum

from icarus.records import Category, Filters, FocusArea, Record


class Ask(StrEnum):
    """The kinds of answers that can be asked for."""

    FACT = "fact"
    LIST = "list"
    COUNT = "count"
    FIGURE = "figure"
    COMPARE = "compare"
    REASON = "reason"
    LINK = "link"
    OVERVIEW = "overview"
    SMALL_TALK = "small_talk"
    OUT_OF_SCOPE = "out_of_scope"


class Question(Record):
    """One turn as understood.

    `focus` is what is asked of the tools named, without their names. `topic` are the stems that are left when names, filters and scaffolding are set aside. `categories` has more than
    one member where tools in all of them are asked for. `among` restricts a list to tools shown before.
    """

    asked: str
    standalone: str
    focus: str = ""
    ask: Ask
    filters: Filters = Filters()
    tools: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    among: tuple[str, ...] = ()


_PLURAL = (
    r"(?:tools|practices|practises|projects|programmes|programs|initiatives|handbooks|manuals|toolkits|toolboxes|apps|"
    r"methods|methodologies|approaches|examples|schemes|interventions|instruments|platforms|guides|ones)"
)
_SINGULAR = r"(?:tool|practice|project|programme|program|initiative|measure|scheme|app|method|toolkit|manual|guide)"
_NO_NOUN = (
    r"(?:is|are|was|were|do|does|did|makes?|made|can|could|has|have|had|should|would|will|may|might|stops?|to|for|in|on|use|"
    r"used|uses|with|from|by|that|who|which|how|when|where|why|it|they|you|we|i|answered|hinders?|blocks?|one|said|says)\b"
)
_NP = rf"(?:of (?:the|these|those|your|all) )?(?:(?!{_NO_NOUN})[\w.'’&-]+[,/]* (?:/ )?){{0,8}}?"  # words before the head noun
_PATTERNS: tuple[tuple[Ask, str], ...] = (
    (Ask.COMPARE, r"\b(vs\.?|versus|compar\w+|differ\w*|in common|distinguish\w* .* from|better .* or)\b"),
    (
        Ask.LINK,
        r"\b(url|links?|website|web ?site|web ?page|web address|homepage|hyperlink|web source)\b|\bwhere (can|could|do) "
        r"(i|we) (find|download|get|read)\b.*\b(online|document|report|collection|guide|pdf|it)\b|"
        r"\bwhere\b.{1,40}\b(online|on the (web|internet|net))\b",
    ),
    (Ask.FIGURE, r"%|\b(per ?cent|percentage|share|proportion|fraction)\b"),
    (
        Ask.COUNT,
        rf"^(?:(?!how many|number of).)*\b(how many|number of|total of|count)\b (?:the |all )?(?:{_NP}{_PLURAL}|(?:[\w-]+ )?activities (?:are|on|for|against|in|does))\b",
    ),
    (Ask.FIGURE, r"\b(how many|number of|how often|how common)\b"),
    (
        Ask.LIST,
        rf"^\W*(please |can you |could you |i need |i want )?\b(list|enumerate|name|show|give|tell)\b( me| us)?[^?.]{{0,70}}"
        rf"\b({_PLURAL}|tool|practice)\b",
    ),
    (
        Ask.LIST,
        rf"\b(which|what|any|all|every|other|more|the)\b (?:other |the |all )?{_NP}{_PLURAL}\b(?! (manual|guide))",
    ),
    (Ask.LIST, rf"^\W*(?!how |why |do |does |did |is |are |where |when |who ){_NP}{_PLURAL}\b"),
    (Ask.LIST, rf"\bi (need|want|search|look for|am looking for)\b.{{0,40}}\b{_PLURAL}\b"),
    (Ask.LIST, r"\bwhat (has|have|did|does|do)\b.{2,40}\b(done|doing|offer|implemented)\b"),
    (
        Ask.LIST,
        r"^\W*(what|anything|something)( else)?( do| can| does)?( you| we| the report)?( have| got| there| offer)? "
        r"(on|about|against) ",
    ),
    (
        Ask.REASON,
        r"\b(why|hinder\w*|barriers?|obstacles?|hurdles?|challenges?|what blocks|blocked|blocking|stop us|stops us|success factors?|"
        r"succeed\w*|downsides?|drawbacks?|lessons?|pitfalls?|difficult\w*|missing|recommend\w*|conditions?|in the way|"
        r"(makes?|made) it (so )?(hard|difficult))\b",
    ),
    (
        Ask.FIGURE,
        r"(^|[,;:] ?|\band )how much\b|\b(figures?|statistics?|how old|(what|which|whose) ages?|ages? (range|group|limit|does|do|are|is)|how long|how big|how far)\b",
    ),
    (
        Ask.OVERVIEW,
        r"\b(what is (this|the) report|what does (this|the) report (cover|contain)|summari[sz]e|what can you (do|tell)|"
        r"table of contents|what (topics|do you know))\b",
    ),
)
_SMALL_TALK = re.compile(
    r"^\W*((hi|hello|hey|good (morning|afternoon|evening|day)|thanks?|thank you|bye|goodbye|ok(ay)?|great|cool|nice|"
    r"who are you|what are you|how are you|bonjour|hallo|hola|ciao)\b(?:(?!\b(?:what|who|which|where|when|why|how(?! are you)|any|list|show|tell|"
    r"and (?:in|the|what|who)|in)\b)[\w ,'!-]){0,25})[.!?\s]*$",  # 'Hi, what is SAM?' is a question
    re.I,
)
_PERSONAL = re.compile(
    r"\b(my|our|this|that|the|his|her|a) (neighbou?r|son|daughter|pupil|student|colleague|client|boy|girl|kid|man|woman|"
    r"employee|tenant|cousin|brother|nephew|friend)\b.{0,80}\b(is|be|becoming|was|seems|might be|could be)\b.{0,30}"
    r"\b(radicali[sz]\w*|terrorist|extremist|criminal|dangerous|gang|dealer|trafficker|guilty)\b",
    re.I,
)
_JUDGE = re.compile(
    r"\b(assess|judge|screen|check|report|profile|rate|score|identify|tell me if|is he|is she|should i|"
    r"how dangerous|do you think)\b",
    re.I,
)
_LEGAL = re.compile(
    r"\b(legal advice|is it (il)?legal|am i allowed|are we allowed|can (i|we) (legally|sue|arrest|detain|search)|"
    r"may (i|we) (legally|film|record|search)|lawyer|what does the law say|liab(le|ility)|GDPR[- ]compliant)\b",
    re.I,
)
_OTHER_JOB = re.compile(
    r"\b(write|compose|draft) (me |us )?(a|an|some|the) (poem|song|story|essay|speech|e-?mail|letter|code|script|joke|press "
    r"release)\b|\b(weather|stock price|football score|recipe for|translate this|capital of|bitcoin)\b",
    re.I,
)


_ACCUSED = re.compile(
    r"\b(is|are|was) (my|our|this|that|his|her|the) (\w+ )?(neighbou?r|son|daughter|pupil|student|colleague|client|boy|girl|kid|"
    r"man|woman|employee|tenant|cousin|brother|nephew|friend)s?\b.{0,40}\b(radical\w*|terrorist|extremist|criminal|"
    r"dangerous|gang|dealer|trafficker|guilty)",
    re.I,
)


def kind_of(text: str) -> Ask:
    """What kind of answer a self-contained question asks for, by its wording."""
    if _SMALL_TALK.search(text):
        return Ask.SMALL_TALK
    if is_out_of_scope(text):
        return Ask.OUT_OF_SCOPE
    return next((ask for ask, pattern in _PATTERNS if re.search(pattern, text, re.I)), Ask.FACT)


_ASKING = re.compile(
    r"\b(how|what|who|whom|which|when|where|why)\b|^(has|have|is|are|was|were|does|do|did|can|could|up to|from whom)\b",
    re.I,
)


def parts_of_question(text: str) -> list[str]:
    """The questions in a question: 'who made it, and has it been evaluated?' holds two."""
    pieces = re.split(
        r"\?\s+|[,;]?\s+and (?=(?:how|what|who|whom|which|when|where|why|has|have|is|are|does|do|did|up to|from whom)\b)|"
        r"(?<=\w), (?=(?:how|what|who|whom|which|when|where|why)\b)",
        text,
        flags=re.I,
    )
    parts: list[str] = []
    waiting = ""
    for piece in (p.strip(" ?.") for p in pieces if p.strip(" ?.")):
        whole = f"{waiting} {piece}".strip()
        if _ASKING.search(piece):
            parts.append(whole)
            waiting = ""
        else:
            waiting = whole  # a topic before its question: 'In the audits, what share looks at access'
    return parts or [text]


def asks_for_a_tool(text: str) -> bool:
    """Whether a question is after one tool of a kind: 'which practice do you have from my country'."""
    return bool(re.search(rf"\b(which|what|any|a|an)\b {_NP}{_SINGULAR}\b", text, re.I))


def asks_about_strategies(text: str) -> bool:
    """Whether a question counts or compares authorities or their strategies, rather than being after a tool."""
    return bool(
        re.search(
            r"\b(how many|number of|share of|per ?cent\w* of|fraction of|proportion of)\b[^?.]{0,40}\b(municipalit\w+|cities|"
            r"strateg\w+|authorit\w+|regions)\b|\b(municipal|reviewed|security) strateg\w+",
            text,
            re.I,
        )
    )


def is_out_of_scope(text: str) -> bool:
    """Whether a question asks for what a report assistant must not do: judge a person, advise on law, other jobs."""
    personal = bool(_PERSONAL.search(text)) and bool(_JUDGE.search(text))
    return personal or bool(_ACCUSED.search(text)) or bool(_LEGAL.search(text)) or bool(_OTHER_JOB.search(text))


_AREAS: dict[FocusArea, re.Pattern[str]] = {
    FocusArea.JUVENILE_DELINQUENCY: re.compile(
        r"\b(juvenile|delinquen\w*|youth (crime|offend\w*|violence|justice)|young offenders?)\b", re.I
    ),
    FocusArea.RADICALISATION: re.compile(
        r"\b((de)?radicali[sz]\w*( leading to)?|(violent )?extremis\w*|P/?CVE|PVE|CVE|PCVE|PVE-?CVE)\b", re.I
    ),
    FocusArea.ORGANISED_CRIME: re.compile(
        r"\b(reducing (and preventing )?)?(organi[sz]ed[- ]crime|traffick\w*|mafias?|organi[sz]ed criminal\w*)\b", re.I
    ),
    FocusArea.PUBLIC_SPACES: re.compile(
        r"\b(public|urban|open)[- ](spaces?|places?|areas?|squares?)\b|\bsafe spaces?\b", re.I
    ),
}
_CATEGORIES: dict[Category, re.Pattern[str]] = {
    Category.DIAGNOSTIC: re.compile(r"\b(diagnos\w*|(?<!vulnerability )(?<!risk )assessments?|monitoring)\b", re.I),
    Category.ACTIVITY: re.compile(r"\b(activity|activities|activity-related)\b", re.I),
    Category.EVALUATION: re.compile(r"\bevaluat(ion|ive)\b", re.I),
}


def focus_areas_in(text: str) -> list[FocusArea]:
    """The focus areas that a question names, in their usual order."""
    return [area for area, pattern in _AREAS.items() if pattern.search(text)]


def categories_in(text: str) -> list[Category]:
    """The categories of tools that a question names."""
    return [category for category, pattern in _CATEGORIES.items() if pattern.search(text)]


def without_filters(text: str) -> str:
    """The text without the words that name focus areas and categories."""
    for pattern in (*_AREAS.values(), *_CATEGORIES.values()):
        text = pattern.sub(" ", text)
    return text


def wants_both(text: str) -> bool:
    """Whether a list asks for tools that stand in several categories at once."""
    return bool(
        re.search(
            r"\b(twice|both|as well as|at once|more than one categor\w*|several categor\w*|two categor\w*)\b",
            text,
            re.I,
        )
    )


def filters_of(
    areas: Sequence[FocusArea], categories: Sequence[Category], place: str | None, theme: str | None
) -> Filters:
    """Filters for a question that names at most one area and one category; several name no filter."""
    return Filters(
        focus_area=areas[0] if len(areas) == 1 else None,
        category=categories[0] if len(categories) == 1 else None,
        place=place,
        theme=theme,
    )
