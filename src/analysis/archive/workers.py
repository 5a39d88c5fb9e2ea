"""Who does the work: this process, several processes here, or the workers of a cluster; all look like an executor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from typing import Any

from ..errors import TongbiError


def executor_of(jobs: int, cluster: str | None = None) -> AbstractContextManager[Executor]:
    """That many processes here, or the workers of the `distributed` scheduler at the address `cluster`."""
    if cluster is not None:
        return _on_cluster(cluster)
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) if jobs > 1 else _Here()


class _Here(Executor):
    """Does each task in this process, at once: one job is worth no second process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        future: Future = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def _on_cluster(address: str) -> Iterator[Executor]:
    from distributed import Client

    try:
        with ThreadPoolExecutor(1) as apart:  # a notebook has a loop of its own
            apart.submit(lambda: asyncio.run(_reach(address))).result()
        client = Client(address)
    except Exception as error:  # no address, nobody there, no library for its kind: `distributed` has no kin of errors, and asserts besides
        why = str(error) or type(error).__name__
        raise TongbiError(f"--cluster {address!r}: no scheduler of `distributed` answers there ({why}): write it as tcp://10.0.0.1:8786") from error
    with client:
        yield client.get_executor(pure=False)


async def _reach(address: str) -> None:
    """Raise an error where nobody answers: a client that finds that out itself now and then hangs in its end, and the process with it."""
    from distributed import Security
    from distributed.comm import connect

    comm = await connect(address, **Security().get_connection_args("client"))
    await comm.close()
