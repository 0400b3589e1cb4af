"""Icarus inside other people's llama-index programs: agents, routers, traces. Only the model is scripted."""

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest
from llama_index.core.agent.workflow import AgentWorkflow, FunctionAgent, ReActAgent, ToolCallResult
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.callbacks import CallbackManager, CBEventType, LlamaDebugHandler
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.instrumentation.events import BaseEvent
from llama_index.core.llms import MockLLM
from llama_index.core.query_engine import RetrieverQueryEngine, RouterQueryEngine
from llama_index.core.response_synthesizers import ResponseMode
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import MetadataMode, NodeWithScore, QueryBundle
from llama_index.core.selectors import LLMSingleSelector
from llama_index.core.tools import QueryEngineTool, RetrieverTool
from llama_index_instrumentation import root_dispatcher
from pydantic import PrivateAttr

from icarus.engines import IcarusChatEngine, IcarusQueryEngine, IcarusRetriever, ToolNameRetriever, agent_tools
from icarus.errors import NotThereError, QuestionError
from tests.icarus.scripted_llm import LinesLLM, calling

if TYPE_CHECKING:
    from icarus.assistant import Assistant

SAM = "How many languages do the teams of SAM speak together?"


class TestAgentTools:
    def test_they_are_described_for_the_model(self, assistant: "Assistant") -> None:
        tools = {tool.metadata.get_name(): tool.metadata for tool in agent_tools(assistant)}
        assert list(tools) == ["ask_report", "find_tools", "get_tool", "read_page"]
        for metadata in tools.values():
            function = metadata.to_openai_tool()["function"]
            assert "page" in function["description"]
            assert all("description" in field for field in function["parameters"]["properties"].values())

    def test_the_model_reads_the_record(self, assistant: "Assistant") -> None:
        output = agent_tools(assistant)[0](question=SAM)
        assert json.loads(output.content) == output.raw_output.model_dump(mode="json")
        assert output.raw_output.citations[0].page == 43

    @pytest.mark.parametrize(
        ("tool", "arguments", "says"),
        [
            (0, {"question": "?!"}, "The question is empty: type one."),
            (0, {}, "question: missing required argument."),
            (1, {"focus_area": "traffic"}, "focus_area: input should be 'juvenile_delinquency'"),
            (1, {"area": "radicalisation"}, "area: unexpected keyword argument."),
            (3, {"page": "the last"}, "page: input should be a valid integer"),
        ],
    )
    def test_what_a_model_invents_is_told_in_a_sentence(
        self, assistant: "Assistant", tool: int, arguments: dict[str, Any], says: str
    ) -> None:
        with pytest.raises(QuestionError, match=says):
            agent_tools(assistant)[tool](**arguments)

    def test_what_is_not_there_is_told(self, assistant: "Assistant") -> None:
        with pytest.raises(NotThereError, match="'Lugna gatan' means no tool; near it: Calm Street"):
            agent_tools(assistant)[2](tool="Lugna gatan")


# llama-index's agents warn of their own ways.
@pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecationWarning")
@pytest.mark.filterwarnings("ignore:is_running called from within a step")
class TestAgents:
    def test_a_function_agent_works_through_the_tools(self, assistant: "Assistant") -> None:
        """Finds a tool, reads its card, checks the page, and says what it was given."""
        llm = calling(
            ("find_tools", {"place": "Vienna"}),
            ("get_tool", {"tool": "sam-mobile-social-work-in-public-areas"}),
            ("ask_report", {"question": SAM}),
            ("read_page", {"page": 43}),
            "{2}",
        )
        calls, answer = run(FunctionAgent(tools=list(agent_tools(assistant)), llm=llm), SAM)
        assert [call.tool_name for call in calls] == ["find_tools", "get_tool", "ask_report", "read_page"]
        assert [call.tool_output.is_error for call in calls] == [False] * 4
        assert json.loads(answer)["citations"][0]["page"] == 43
        assert "8 languages" in " ".join(json.loads(calls[3].tool_output.content)["text"].split())

    def test_an_agent_reads_why_a_call_failed(self, assistant: "Assistant") -> None:
        llm = calling(("read_page", {"page": 82}), "{0}")
        [call], answer = run(FunctionAgent(tools=list(agent_tools(assistant)), llm=llm), "What is on page 82?")
        assert call.tool_output.is_error
        assert "icarus-d2.2 has no page 82: its pages are 1 to 81." in answer

    def test_a_react_agent_asks_in_words(self, assistant: "Assistant") -> None:
        llm = LinesLLM(
            lines=[
                f'Thought: I need the report.\nAction: ask_report\nAction Input: {{"question": "{SAM}"}}',
                "Thought: I can answer without using any more tools.\nAnswer: They speak 8 languages (p. 43).",
            ]
        )
        [call], answer = run(ReActAgent(tools=list(agent_tools(assistant)), llm=llm, streaming=False), SAM)
        assert "Repeat quotes word for word" in llm.prompts[0]
        assert call.tool_output.raw_output == assistant.ask(SAM).model_copy(
            update={"elapsed_ms": call.tool_output.raw_output.elapsed_ms}
        )
        assert '"page":43' in llm.prompts[1]
        assert answer == "They speak 8 languages (p. 43)."

    def test_the_query_engine_is_a_tool_too(self, assistant: "Assistant") -> None:
        tool = QueryEngineTool.from_defaults(IcarusQueryEngine(assistant), name="icarus", description="Urban security.")
        llm = calling(("icarus", {"input": SAM}), "{0}")
        _, answer = run(FunctionAgent(tools=[tool], llm=llm), SAM)
        assert answer == assistant.ask(SAM).answer


def run(agent: FunctionAgent | ReActAgent, question: str) -> tuple[list[ToolCallResult], str]:
    """What an agent called, and what it said at the end."""

    async def running() -> tuple[list[ToolCallResult], str]:
        handler = AgentWorkflow(agents=[agent]).run(user_msg=question)
        calls = [event async for event in handler.stream_events() if isinstance(event, ToolCallResult)]
        return calls, str(await handler)

    return asyncio.run(running())


class TestPipelines:
    def test_a_router_sends_a_question_here(self, assistant: "Assistant") -> None:
        llm = LinesLLM(lines=['[{"choice": 1, "reason": "it is about urban security"}]'])
        router = RouterQueryEngine(
            LLMSingleSelector.from_defaults(llm=llm),
            [
                QueryEngineTool.from_defaults(IcarusQueryEngine(assistant), description="Urban security."),
                QueryEngineTool.from_defaults(
                    RetrieverQueryEngine.from_args(ToolNameRetriever(assistant), llm=MockLLM()), description="Names."
                ),
            ],
            llm=llm,
        )
        response = router.query(SAM)
        assert str(response) == assistant.ask(SAM).answer
        assert response.source_nodes[0].metadata["page"] == 43

    def test_it_is_fused_with_other_retrievers(self, assistant: "Assistant") -> None:
        parts: list[BaseRetriever] = [
            IcarusRetriever(assistant, mode=mode, similarity_top_k=5) for mode in ("dense", "lexical")
        ]
        fusion = QueryFusionRetriever(parts, llm=MockLLM(), num_queries=1, similarity_top_k=3, use_async=False)
        assert "8 languages" in fusion.retrieve(SAM)[0].text
        together = QueryFusionRetriever(parts, llm=MockLLM(), num_queries=1, similarity_top_k=3)
        assert asyncio.run(together.aretrieve(SAM))[0].node.node_id == fusion.retrieve(SAM)[0].node.node_id

    def test_a_model_that_reads_nodes_is_told_where_they_stand(self, assistant: "Assistant") -> None:
        retriever = IcarusRetriever(assistant, similarity_top_k=1)
        llm = LinesLLM(lines=["They speak 8 languages."])
        engine = RetrieverQueryEngine.from_args(retriever, llm=llm, response_mode=ResponseMode.COMPACT)
        assert str(engine.query(SAM)) == "They speak 8 languages."
        assert "document: icarus-d2.2\npage: 43\nsection: 4.4.2 Activity-related tools" in llm.prompts[0]
        assert "page: 43" in RetrieverTool.from_defaults(retriever)(SAM).content

    def test_nodes_carry_document_page_section_and_tools(self, assistant: "Assistant") -> None:
        [hit] = IcarusRetriever(assistant, similarity_top_k=1).retrieve(SAM)
        assert {key: hit.metadata[key] for key in ("document", "page", "page_end", "tools")} == {
            "document": "icarus-d2.2",
            "page": 43,
            "page_end": 43,
            "tools": ["sam-mobile-social-work-in-public-areas"],
        }
        assert hit.metadata["section"].startswith("4.4.2 Activity-related tools")
        assert "page: 43" not in hit.node.get_content(MetadataMode.EMBED)
        [cited] = IcarusQueryEngine(assistant).query(SAM).source_nodes
        assert {key: cited.metadata[key] for key in ("document", "page", "tool", "n")} == {
            "document": "icarus-d2.2",
            "page": 43,
            "tool": "sam-mobile-social-work-in-public-areas",
            "n": 1,
        }

    def test_the_same_quote_is_the_same_node(self, assistant: "Assistant") -> None:
        first, second = (IcarusQueryEngine(assistant).query(SAM).source_nodes for _ in range(2))
        assert [node.node_id for node in first] == [node.node_id for node in second]

    def test_retrieving_does_not_hold_up_the_event_loop(
        self, assistant: "Assistant", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        retriever = IcarusRetriever(assistant)
        threads: list[int] = []

        def noting(_: QueryBundle) -> list[NodeWithScore]:
            threads.append(threading.get_ident())
            return []

        monkeypatch.setattr(retriever, "_retrieve", noting)
        asyncio.run(retriever.aretrieve(SAM))
        assert len(threads) == 1
        assert threads[0] != threading.get_ident()


class TestStreaming:
    def test_the_query_engine_streams(self, assistant: "Assistant") -> None:
        response = IcarusQueryEngine(assistant, streaming=True).query(SAM)
        assert response.source_nodes == []
        reply = assistant.ask(SAM)
        assert "".join(response.response_gen) == reply.answer  # type: ignore[union-attr, arg-type]
        assert [node.text for node in response.source_nodes] == [citation.quote for citation in reply.citations]
        assert response.metadata
        assert response.metadata["status"] == "answered"

    def test_it_streams_to_those_who_wait(self, assistant: "Assistant") -> None:
        async def said() -> tuple[str, int]:
            response = await IcarusQueryEngine(assistant, streaming=True).aquery(SAM)
            text = "".join([delta async for delta in response.response_gen])  # type: ignore[union-attr]
            return text, len(response.source_nodes)

        reply = assistant.ask(SAM)
        assert asyncio.run(said()) == (reply.answer, len(reply.citations))

    def test_a_stream_can_be_read_whole(self, assistant: "Assistant") -> None:
        response = IcarusQueryEngine(assistant, streaming=True).query(SAM)
        assert str(response) == assistant.ask(SAM).answer


class Seen(BaseEventHandler):
    """Keeps the names of llama-index's events."""

    _names: list[str] = PrivateAttr(default_factory=list)

    @classmethod
    def class_name(cls) -> str:
        return "Seen"

    def handle(self, event: BaseEvent, **_: object) -> None:
        self._names.append(event.class_name())


class TestTraces:
    def test_callbacks_see_queries_and_retrievals(self, assistant: "Assistant") -> None:
        handler = LlamaDebugHandler(print_trace_on_end=False)
        manager = CallbackManager([handler])
        IcarusQueryEngine(assistant, callback_manager=manager).query(SAM)
        IcarusRetriever(assistant, callback_manager=manager).retrieve(SAM)
        [query] = handler.get_event_pairs(CBEventType.QUERY)
        assert query[0].payload == {"query_str": SAM}
        assert query[1].payload
        assert str(query[1].payload["response"]) == assistant.ask(SAM).answer
        assert len(handler.get_event_pairs(CBEventType.RETRIEVE)) == 1

    def test_instrumentation_sees_them_too(self, assistant: "Assistant") -> None:
        dispatcher, seen = root_dispatcher, Seen()
        dispatcher.add_event_handler(seen)
        try:
            IcarusQueryEngine(assistant).query(SAM)
            IcarusRetriever(assistant).retrieve(SAM)
            IcarusChatEngine(assistant).chat(SAM)
        finally:
            dispatcher.event_handlers.remove(seen)
        named = [name for name in seen._names if not name.startswith("Embedding")]
        assert named == ["QueryStartEvent", "QueryEndEvent", "RetrievalStartEvent", "RetrievalEndEvent"]
