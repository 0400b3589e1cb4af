"""The corpus cut the stock way: llama-index's sentence splitter, page by page, as its PDF reader hands pages over."""

from collections.abc import Sequence

from icarus.records import Document, Record
from icarus_evals.page_texts import PageTexts

STOCK_TOKENS = 1024
FITTING_TOKENS = 256
"""all-MiniLM-L6-v2 reads 256 word pieces; stock chunks of 1,024 tokens are cut off by it unseen."""
OVERLAP = 20


class Chunk(Record):
    """A piece of one page, with the document and page that it is from."""

    id: str
    document: str
    title: str
    page: int
    text: str


def cut(documents: Sequence[Document], pages: PageTexts, tokens: int) -> list[Chunk]:
    """All chunks of some documents, in reading order, of at most `tokens` tokens with an overlap of 20."""
    from llama_index.core.node_parser import SentenceSplitter

    splitter = SentenceSplitter(chunk_size=tokens, chunk_overlap=OVERLAP)
    chunks = []
    for document in documents:
        for number, text in pages.pages(document):
            for i, piece in enumerate(splitter.split_text(text)):
                chunk_id = f"{document.id}-{number}-{i}"
                chunks.append(Chunk(id=chunk_id, document=document.id, title=document.title, page=number, text=piece))
    return chunks
