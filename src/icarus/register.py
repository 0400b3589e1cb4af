"""The register of an index: where each passage stands and what it is about, which words there are, what is remarked.

SQLite, so that a question reads the rows that it needs and no more, however large the corpus is.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from icarus.errors import IndexUnusableError
from icarus.records import Passage
from icarus.remarks import Remark, remarks_in
from icarus.text import parts_of, words

TOOLS, FOCUS_AREAS, CATEGORIES = "tools", "focus_areas", "categories"
_ABOUT = (TOOLS, FOCUS_AREAS, CATEGORIES)
_TABLES = """
CREATE TABLE passages (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL, section TEXT NOT NULL,
    page INTEGER NOT NULL, page_end INTEGER NOT NULL
);
CREATE TABLE about (field TEXT, value TEXT, position INTEGER, PRIMARY KEY (field, value, position)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, times INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE remarks (remark TEXT, position INTEGER, sentence INTEGER, PRIMARY KEY (remark, position)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX by_page ON passages (document, page);
CREATE INDEX by_section ON passages (document, section);
CREATE INDEX by_section_alone ON passages (section);
"""


class Register:
    """The register in a file. It is read from several threads; nothing in it changes."""

    def __init__(self, path: Path) -> None:
        """Open what `write_register` wrote.

        Raises:
            IndexUnusableError: it is not there or damaged.
        """
        try:
            # An index that is published is never written again: no locks, and no journal to look for.
            address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
            self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self.passages = int(self._rows("SELECT count(*) FROM passages")[0][0])
        except sqlite3.Error as error:
            raise IndexUnusableError("The index is damaged: build it again with `icarus ingest`.") from error

    def ids(
        self,
        *,
        document: str | None = None,
        section: str | None = None,
        page: int | None = None,
        about: Iterable[tuple[str, str]] = (),
    ) -> list[str]:
        """The passages that meet every condition given, in reading order.

        Args:
            document: id of their document.
            section: the path of their section.
            page: a page that they stand on.
            about: (field, value) that they all have, as (`TOOLS`, id of a tool).
        """
        given = {"document = ?": document, "section = ?": section, "page <= ?": page, "page_end >= ?": page}
        wanted = {condition: value for condition, value in given.items() if value is not None}
        conditions = [*wanted]
        values: list[Any] = [*wanted.values()]
        for field, value in about:
            conditions.append("position IN (SELECT position FROM about WHERE field = ? AND value = ?)")
            values += [field, value]
        where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
        return [i for (i,) in self._rows(f"SELECT id FROM passages {where}ORDER BY position", values)]  # noqa: S608

    def words(self) -> dict[str, int]:
        """Every word of the corpus, folded, with how often it occurs."""
        return dict(self._rows("SELECT word, times FROM words"))

    def first(self, remark: Remark) -> tuple[str, int] | None:
        """The passage and the sentence in it that makes a remark first; None where none does."""
        found = self._rows(
            "SELECT id, sentence FROM remarks JOIN passages USING (position) "
            "WHERE remark = ? ORDER BY position LIMIT 1",
            [remark],
        )
        return (str(found[0][0]), int(found[0][1])) if found else None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rows(self, query: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, tuple(values)).fetchall()


def write_register(path: Path, passages: Iterable[Passage]) -> None:
    """Write the register of some passages, in reading order, into a new file."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(_TABLES)
        counts: Counter[str] = Counter()
        for position, passage in enumerate(passages):
            place = (passage.document, passage.section, passage.page, passage.page_end)
            connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)", (position, passage.id, *place))
            connection.executemany("INSERT INTO about VALUES (?, ?, ?)", _about(position, passage))
            counts.update(part for word in words(passage.text) for part in parts_of(word))
            connection.executemany(
                "INSERT INTO remarks VALUES (?, ?, ?)", [(r, position, i) for r, i in remarks_in(passage)]
            )
        connection.executemany("INSERT INTO words VALUES (?, ?)", counts.items())
        connection.executescript(_INDEXES)


def _about(position: int, passage: Passage) -> Iterator[tuple[str, str, int]]:
    for field in _ABOUT:
        yield from ((field, str(value), position) for value in dict.fromkeys(getattr(passage, field)))
