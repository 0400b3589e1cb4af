"""Icarus as llama-index users know such things: offline, over the same collections, with the same replies."""

import asyncio
import doctest
from collections.abc import Iterator
from types import ModuleType
from typing import TYPE_CHECKING

import pytest
from llama_index.core import VectorStoreIndex
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine
from llama_index.core.schema import QueryBundle
from llama_index.core.settings import Settings as LlamaSettings
from llama_index.vector_stores.chroma import ChromaVectorStore

from icarus import agent_tools, engines, retrievers
from icarus.engines import IcarusChatEngine, IcarusQueryEngine, IcarusRetriever, Mode, ToolNameRetriever
from icarus.records import Category, Filters, FocusArea
from icarus.store import PASSAGES
from tests.conftest import ROOT

if TYPE_CHECKING:
    from icarus.assistant import Assistant

BARRIERS = "What hinders cooperation between the police and social workers?"


@pytest.fixture(autouse=True)
def _nobody_asks_for_a_language_model() -> Iterator[None]:
    """llama-index's settings stay untouched: whoever reads them unset gets OpenAI."""
    yield
    assert LlamaSettings._llm is None
    assert LlamaSettings._embed_model is None


@pytest.mark.parametrize("module", [engines, retrievers, agent_tools], ids=lambda module: module.__name__)
def test_the_examples_in_the_docstrings_are_true(assistant: "Assistant", module: ModuleType) -> None:
    names = {"assistant": assistant, **vars(engines)}
    results = doctest.testmod(module, globs=names)
    assert results.failed == 0
    assert results.attempted >= 2


def test_the_examples_on_the_page_about_python_are_true(assistant: "Assistant") -> None:
    page = ROOT / "src" / "README.md"
    results = doctest.testfile(str(page), module_relative=False, globs={"assistant": assistant}, encoding="utf-8")
    assert results.failed == 0
    assert results.attempted >= 15


class TestRetriever:
    @pytest.mark.parametrize("mode", Mode)
    def test_nodes_are_those_of_the_collection(self, assistant: "Assistant", mode: Mode) -> None:
        found = IcarusRetriever(assistant, mode=mode, similarity_top_k=4).retrieve(BARRIERS)
        assert len(found) == 4
        for hit in found:
            [passage] = assistant.index.passages([hit.node.node_id])
            assert hit.text == passage.text
            assert hit.metadata["page"] == passage.page
            assert hit.metadata["section"] == passage.section
            assert tuple(hit.metadata.get("tools", ())) == passage.tools

    @pytest.mark.parametrize("mode", Mode)
    def test_the_best_come_first_and_once(self, assistant: "Assistant", mode: Mode) -> None:
        found = IcarusRetriever(assistant, mode=mode, similarity_top_k=20).retrieve(BARRIERS)
        scores = [hit.get_score(raise_error=True) for hit in found]
        assert scores == sorted(scores, reverse=True)
        assert len({hit.node.node_id for hit in found}) == len(found)

    @pytest.mark.parametrize("mode", Mode)
    @pytest.mark.parametrize(
        ("area", "category"), [("public_spaces", None), (None, "evaluation"), ("organised_crime", "evaluation")]
    )
    def test_filters_hold_for_every_node(
        self, assistant: "Assistant", mode: Mode, area: str | None, category: str | None
    ) -> None:
        retriever = IcarusRetriever(assistant, mode=mode, focus_area=area, category=category, similarity_top_k=30)
        found = retriever.retrieve("How are tools and practices evaluated?")
        assert found
        assert [hit for hit in found if area and FocusArea(area) not in hit.metadata["focus_areas"]] == []
        assert [hit for hit in found if category and Category(category) not in hit.metadata["categories"]] == []

    @pytest.mark.parametrize("mode", Mode)
    def test_a_document_that_is_not_there_has_no_nodes(self, assistant: "Assistant", mode: Mode) -> None:
        assert IcarusRetriever(assistant, mode=mode, document="icarus-d9.9").retrieve(BARRIERS) == []

    @pytest.mark.parametrize("mode", Mode)
    def test_every_mode_finds_what_the_report_says_plainly(self, assistant: "Assistant", mode: Mode) -> None:
        found = IcarusRetriever(assistant, mode=mode, similarity_top_k=5).retrieve(
            "a survey of two months every year on the citizens' sense of safety in the districts of Copenhagen"
        )
        assert any("sense of safety of its citizens" in hit.text for hit in found)

    def test_a_filter_that_does_not_exist_is_named(self, assistant: "Assistant") -> None:
        with pytest.raises(ValueError, match="'traffic' is not a valid FocusArea"):
            IcarusRetriever(assistant, focus_area="traffic")
        with pytest.raises(ValueError, match="'hybrid' is not a valid Mode"):
            IcarusRetriever(assistant, mode="hybrid")

    @pytest.mark.parametrize("mode", [Mode.DENSE, Mode.FUSED])
    def test_a_vector_that_comes_with_the_question_is_used(self, assistant: "Assistant", mode: Mode) -> None:
        retriever = IcarusRetriever(assistant, mode=mode, similarity_top_k=3)
        vector = assistant.model.encode_query(BARRIERS)
        given = retriever.retrieve(QueryBundle(BARRIERS, embedding=vector))
        assert [hit.node.node_id for hit in given] == [hit.node.node_id for hit in retriever.retrieve(BARRIERS)]

    def test_it_can_be_awaited(self, assistant: "Assistant") -> None:
        retriever = IcarusRetriever(assistant, similarity_top_k=3)
        assert asyncio.run(retriever.aretrieve(BARRIERS)) == retriever.retrieve(BARRIERS)

    def test_llama_index_takes_it_as_a_part_of_its_own(self, assistant: "Assistant") -> None:
        engine = RetrieverQueryEngine.from_args(IcarusRetriever(assistant, similarity_top_k=2), llm=MockLLM())
        assert len(engine.query(BARRIERS).source_nodes) == 2


class TestToolNames:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("Who runs Lugna Gatan, called calm street?", ["Calm Street"]),
            ("Compare Hayat with Wegweiser", ["Hayat", "Signpost (Wegweiser)"]),
            ("Which tools are there?", []),
        ],
    )
    def test_the_tools_that_a_text_names(self, assistant: "Assistant", text: str, names: list[str]) -> None:
        found = ToolNameRetriever(assistant).retrieve(text)
        assert sorted(hit.metadata["name"] for hit in found) == names
        assert all(0 < hit.get_score() <= 1 for hit in found)


class TestQueryEngine:
    QUESTION = "How many languages do the SAM teams speak?"

    def test_the_response_is_the_reply(self, assistant: "Assistant") -> None:
        response = IcarusQueryEngine(assistant).query(self.QUESTION)
        reply = assistant.ask(self.QUESTION)
        assert str(response) == reply.answer
        assert response.metadata
        assert response.metadata | {"elapsed_ms": 0} == reply.model_dump(mode="json") | {"elapsed_ms": 0}
        assert [node.text for node in response.source_nodes] == [citation.quote for citation in reply.citations]
        assert [node.metadata["n"] for node in response.source_nodes] == [citation.n for citation in reply.citations]

    def test_it_can_be_awaited(self, assistant: "Assistant") -> None:
        engine = IcarusQueryEngine(assistant)
        assert str(asyncio.run(engine.aquery(self.QUESTION))) == str(engine.query(self.QUESTION))

    def test_filters_set_by_hand_go_first(self, assistant: "Assistant") -> None:
        engine = IcarusQueryEngine(assistant, filters=Filters(category=Category.EVALUATION))
        response = engine.query("Which tools are there on organised crime?")
        assert response.metadata
        assert [tool["name"] for tool in response.metadata["tools"]] == ["MEDEA", "THOR Methodology"]

    def test_a_bad_question_is_answered_with_a_sentence(self, assistant: "Assistant") -> None:
        response = IcarusQueryEngine(assistant).query(" ")
        assert str(response) == "The question is empty: type one."
        assert response.source_nodes == []


class TestChatEngine:
    FIRST, THEN = "What is Safetipin?", "In which country was it first launched?"

    def test_a_turn_is_understood_in_the_light_of_those_before(self, assistant: "Assistant") -> None:
        chat = IcarusChatEngine(assistant)
        chat.chat(self.FIRST)
        then = chat.chat(self.THEN)
        assert "India" in then.response
        assert [(m.role, m.content) for m in chat.chat_history[::2]] == [
            (MessageRole.USER, self.FIRST),
            (MessageRole.USER, self.THEN),
        ]
        assert chat.chat_history[3].content == then.response
        assert chat.chat_history[3].additional_kwargs["reply"] == then.metadata

    def test_a_conversation_can_be_forgotten(self, assistant: "Assistant") -> None:
        chat = IcarusChatEngine(assistant)
        chat.chat(self.FIRST)
        chat.reset()
        assert chat.chat_history == []
        metadata = chat.chat(self.THEN).metadata
        assert metadata
        assert metadata["standalone_question"] == assistant.ask(self.THEN).standalone_question

    def test_a_history_that_is_given_takes_the_place_of_the_one_kept(self, assistant: "Assistant") -> None:
        chat = IcarusChatEngine(assistant)
        chat.chat("What is BOUNCE?")
        given = [
            ChatMessage(role=MessageRole.USER, content=self.FIRST),
            ChatMessage(role=MessageRole.ASSISTANT, content="An app."),
        ]
        assert "India" in chat.chat(self.THEN, given).response
        assert len(chat.chat_history) == 4

    def test_a_stream_says_what_an_answer_says(self, assistant: "Assistant") -> None:
        chat = IcarusChatEngine(assistant)
        stream = chat.stream_chat(self.FIRST)
        said = "".join(stream.response_gen)
        assert said == assistant.ask(self.FIRST).answer
        assert [node.metadata["n"] for node in stream.source_nodes] == [1 + i for i in range(len(stream.source_nodes))]
        assert [m.content for m in chat.chat_history] == [self.FIRST, said]

    def test_a_stream_can_be_awaited(self, assistant: "Assistant") -> None:
        async def said() -> str:
            stream = await IcarusChatEngine(assistant).astream_chat(self.FIRST)
            return "".join([delta async for delta in stream.async_response_gen()])

        assert asyncio.run(said()) == assistant.ask(self.FIRST).answer

    def test_an_answer_can_be_awaited(self, assistant: "Assistant") -> None:
        chat = IcarusChatEngine(assistant, filters=Filters(focus_area=FocusArea.PUBLIC_SPACES))
        assert asyncio.run(chat.achat(self.FIRST)).response == assistant.ask(self.FIRST, chat._filters).answer

    def test_a_bad_message_is_streamed_as_a_sentence_too(self, assistant: "Assistant") -> None:
        assert "".join(IcarusChatEngine(assistant).stream_chat("?!").response_gen) == "The question is empty: type one."


def test_llama_index_reads_the_collections_by_itself(assistant: "Assistant") -> None:
    """Anybody's own index over the same Chroma collection, with the model that Icarus embeds with."""
    store = ChromaVectorStore(chroma_collection=assistant.index.collection(PASSAGES))
    index = VectorStoreIndex.from_vector_store(store, embed_model=assistant.model.llama_index_model)
    found = index.as_retriever(similarity_top_k=5).retrieve("How many languages does SAM speak?")
    own = IcarusRetriever(assistant, mode="dense", similarity_top_k=5).retrieve("How many languages does SAM speak?")
    assert [hit.node.node_id for hit in found] == [hit.node.node_id for hit in own]
    assert [hit.text for hit in found] == [hit.text for hit in own]
    assert found[0].metadata["section"].startswith("4.4.2")
