"""Where files are parsed: in processes of this machine, or on a cluster, behind `concurrent.futures.Executor`."""

from pipeline.workers.local import LocalPool
from pipeline.workers.pool import Limits, Pool, PoolError, parse_all

__all__ = ["Limits", "LocalPool", "Pool", "PoolError", "opened", "parse_all"]


def opened(count: int, limits: Limits, cluster: str | None) -> Pool:
    """A pool to use in a `with` block: the Dask cluster at an address, else `count` processes of this machine."""
    if cluster is None:
        return LocalPool(count, limits)
    from pipeline.workers.cluster import ClusterPool

    return ClusterPool(cluster, limits)
