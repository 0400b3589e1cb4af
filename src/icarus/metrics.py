"""Figures of a running program for Prometheus: how many, how long, of what kind, never what was asked.

Each label takes its values from the program itself; nothing that anybody sends becomes one.
"""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from icarus.index import Index

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_ANSWER = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_ENCODING = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 15)


class Metrics:
    """The figures of one process; `text` is what Prometheus reads."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self.questions = Counter(
            "icarus_questions", "Questions by how they ended", ["status", "mode"], registry=registry
        )
        self.answering = Histogram(
            "icarus_answer_seconds", "Time from a question to its answer", buckets=_ANSWER, registry=registry
        )
        self.encoding = Histogram(
            "icarus_encode_seconds",
            "Time the embedding model takes for a question",
            buckets=_ENCODING,
            registry=registry,
        )
        self.in_flight = Gauge("icarus_questions_in_flight", "Questions that are being answered", registry=registry)
        self.failures = Counter("icarus_failures", "Questions that ended in an unexpected failure", registry=registry)
        self.responses = Counter("icarus_http_responses", "Responses by class", ["code"], registry=registry)
        ProcessCollector(registry=registry)

    def tell_generation(self, index: "Callable[[], Index]") -> None:
        """Tell with the rest what is served, asked for anew each time."""
        self._registry.register(_Generation(index))

    def tell_sessions(self, count: Callable[[], int]) -> None:
        """Tell with the rest how many conversations are kept, asked for anew each time."""
        gauge = Gauge("icarus_sessions", "Conversations that are kept in memory", registry=self._registry)
        gauge.set_function(count)

    def text(self) -> bytes:
        """All figures, in Prometheus' own format."""
        return generate_latest(self._registry)


class _Generation(Collector):
    def __init__(self, index: "Callable[[], Index]") -> None:
        self._index = index

    def collect(self) -> Iterator[GaugeMetricFamily]:
        index = self._index()
        manifest = index.manifest
        labels = {
            "generation": index.folder.name,
            "built_at": manifest.built_at,
            "built_by": manifest.icarus_version,
            "model": manifest.model,
        }
        info = GaugeMetricFamily("icarus_generation_info", "The generation that is served", labels=list(labels))
        info.add_metric(list(labels.values()), 1)
        yield info
        for name in ("passages", "tools", "pages"):
            yield GaugeMetricFamily(f"icarus_{name}", f"{name.capitalize()} that are served", getattr(manifest, name))

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing is asked for before somebody reads it."""
        return []
