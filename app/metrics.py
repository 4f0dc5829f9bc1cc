"""The numbers of a server in Prometheus' form, read where they are: nothing is counted here.

What tells series apart is ours, and few: routes by their template, statuses, kinds of problems, names of budgets.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from app import __version__
from app.services import Services
from app.telemetry.counts import Spread

NAME = "playground"

Labels = TypeVar("Labels", bound=tuple[str, ...])  # their values


def registry(shared: Services) -> CollectorRegistry:
    """All there is to collect of a server and its process."""
    found = CollectorRegistry()
    found.register(Numbers(shared))
    ProcessCollector(registry=found)
    return found


class Numbers(Collector):
    """What is known of a server now."""

    def __init__(self, shared: Services) -> None:
        self._shared = shared

    def collect(self) -> Iterable[Metric]:
        """One family of series after the other."""
        yield gauge("info", "The version that runs", 1, version=__version__)
        yield gauge("ending", "Whether the server is about to end", self._shared.ending.is_set())
        yield from self._requests()
        yield from self._programs()
        yield from self._streams()
        yield from self._answers()

    def _requests(self) -> Iterator[Metric]:
        counts = self._shared.counts
        requests = {(method, route, str(status)): count for (method, route, status), count in counts.requests.items()}
        yield counter("requests", "Requests that were answered", requests, "method", "route", "status")
        seconds = {(route,): spread for route, spread in counts.seconds.items()}
        yield histogram("request_seconds", "How long answering took", seconds, "route")
        problems = {(kind,): count for kind, count in counts.problems.items()}
        yield counter("problems", "Requests with a problem", problems, "kind")
        budgets = {(budget,): count for budget, count in counts.budgets.items()}
        yield counter("budgets_exceeded", "Requests with a program that exceeded a budget", budgets, "budget")

    def _programs(self) -> Iterator[Metric]:
        pool, settings = self._shared.pool, self._shared.settings
        yield gauge("workers", "Processes that are to run programs at a time", settings.workers)
        yield gauge("workers_alive", "Processes that run programs, or could at once", pool.ready)
        yield gauge("workers_busy", "Processes that run a program", pool.running)
        yield gauge("queue", "Programs that may wait", settings.queue)
        yield gauge("queue_length", "Programs that wait", pool.waiting)
        yield histogram("queue_seconds", "How long programs waited", {(): pool.waits})
        ends = {(why,): count for why, count in pool.ends.items()}
        yield counter("workers_ended", "Processes that ended, by why they did", ends, "why")

    def _streams(self) -> Iterator[Metric]:
        streams = self._shared.streams
        yield gauge("streams", "Trainings that go on", len(streams.running))
        yield counter("streams_started", "Trainings that were begun", {(): streams.started})

    def _answers(self) -> Iterator[Metric]:
        answers = self._shared.answers
        yield counter("cache_hits", "Answers that were kept, and given again", {(): answers.hits})
        yield counter("cache_misses", "Answers that were looked for, and not kept", {(): answers.misses})
        yield gauge("cache_answers", "Answers that are kept", len(answers))
        yield gauge("cache_bytes", "Bytes of answers that are kept", answers.bytes)
        common = self._shared.common
        hits, misses, failures = (common.hits, common.misses, common.failures) if common else (0, 0, 0)
        yield counter("common_hits", "Answers that servers have in common, and gave again", {(): hits})
        yield counter("common_misses", "Answers that were looked for there, and not found", {(): misses})
        yield counter("common_failures", "Times that nothing came from there", {(): failures})


def gauge(name: str, meaning: str, value: float, **labels: str) -> Metric:
    """A number that goes up and down."""
    found = GaugeMetricFamily(f"{NAME}_{name}", meaning, labels=list(labels))
    found.add_metric(list(labels.values()), value)
    return found


def counter(name: str, meaning: str, counts: Mapping[Labels, float], *labels: str) -> Metric:
    """Numbers that only go up, by the values of their labels."""
    found = CounterMetricFamily(f"{NAME}_{name}", meaning, labels=labels)
    for values, count in sorted(counts.items()):
        found.add_metric(values, count)
    return found


def histogram(name: str, meaning: str, spreads: Mapping[Labels, Spread], *labels: str) -> Metric:
    """How long things took, by the values of their labels."""
    found = HistogramMetricFamily(f"{NAME}_{name}", meaning, labels=labels)
    for values, spread in sorted(spreads.items()):
        found.add_metric(values, list(spread.buckets()), spread.sum)
    return found
