"""The pool of a server, as its settings say: on this machine, or on a cluster."""

from dataclasses import replace

from app.extras import extra
from app.pool.nursery import Nursery
from app.pool.workers import Pool, Terms
from app.settings import Settings


def terms_of(settings: Settings) -> Terms:
    """The terms of a pool."""
    return Terms(
        workers=settings.workers,
        spares=settings.spares,
        queue=settings.queue,
        queue_seconds=settings.queue_seconds,
        slots=settings.slots,
        runs=settings.worker_runs,
        nice=settings.worker_nice,
    )


def pool_of(settings: Settings, nursery: Nursery, target: str) -> Pool:
    """The pool that runs this function ("module:function"), here where there is no cluster.

    On a cluster it has as many places as there would be workers here. Only a node stops a program that takes too long;
    whatever else takes time there ends with the time for an answer.
    """
    terms = terms_of(settings)
    if not settings.executor:
        return Pool(nursery, terms)
    limits = replace(terms.limits, kill_seconds=terms.limits.answer_seconds)
    cluster = extra("app.pool.cluster", "dask").Cluster(settings.executor, target)
    return Pool(cluster, replace(terms, limits=limits))
