"""Very many made-up bulletins: read into an archive, killed and resumed, audited by region, asked across regions.

    python -m benchmarks.archive [--documents 2000] [--regions 20] [--jobs 2] [--update]

    pool        by processes here                      cluster   by the workers of a `distributed` scheduler, on as many processes
    killed      a run that is killed half-way          resumed   the run after it
    tables      observations and findings, region by region
    question    one indicator across all regions, by DuckDB

Documents a second on the clock, seconds of processor, and the most memory a process held. `--documents 100000` is the whole measurement; a tenth
of the documents is read by the cluster, whose shards must have the same bytes. `--update` writes `results/archive.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory

from analysis import archive
from analysis.snapshot import file_digest
from proving.project import SIDECAR, bulletin

RESULTS = Path(__file__).parent / "results/archive.json"
QUESTION = "SELECT count(DISTINCT region), count(*), max(value::DOUBLE) FROM observations WHERE indicator = 'criminal-cases-filed'"
RUN = "import sys; from pathlib import Path; from analysis import archive; archive.{}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=2000)
    options.add_argument("--regions", type=int, default=0, help="by default one for 500 documents")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--update", action="store_true")
    chosen = options.parse_args()
    regions = chosen.regions or max(2, chosen.documents // 500)
    with TemporaryDirectory() as folder:
        here = Path(folder)
        names = write_bulletins(here / "raw", chosen.documents, regions)
        result: dict[str, object] = {"documents": len(names), "regions": regions, "jobs": chosen.jobs, "load": os.getloadavg()[1]}
        print(f"{len(names)} documents of {regions} regions, {chosen.jobs} jobs; load of this machine: {os.getloadavg()[1]:.1f}")
        for name, work, count in ways(here, names, chosen.jobs):
            result[name] = told(name, measured(work), count)
        result["same bytes on the cluster"] = same_bytes(here / "store", here / "cluster")
        print(f"the cluster's shards have the same bytes: {result['same bytes on the cluster']}")
    if chosen.update:
        RESULTS.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


def ways(here: Path, names: list[Path], jobs: int) -> list[tuple[str, Callable[[], object], int]]:
    """What is measured: name, work, and how many documents it is about."""
    store, tenth = here / "store", names[: max(1, len(names) // 10)]
    listed, short = here / "names.txt", here / "short.txt"
    listed.write_text("\n".join(map(str, names)))
    short.write_text("\n".join(map(str, tenth)))
    whole = f"extract_all(map(Path, open({str(listed)!r}).read().split()), Path({str(store)!r}), jobs={jobs}, resume=True)"
    return [
        ("killed", lambda: kill_half_way(whole, store, len(names)), len(names) // 2),
        ("resumed", lambda: run(whole), len(names) - len(names) // 2),
        ("nothing new", lambda: run(whole), len(names)),
        ("cluster", lambda: on_cluster(tenth, here / "cluster", jobs), len(tenth)),
        ("tables", lambda: run(f"build_tables(Path({str(store)!r}), jobs={jobs})"), len(names)),
        ("question", lambda: run(f"ask(Path({str(store)!r}), {QUESTION!r})"), len(names)),
        ("a region", lambda: run(f"rows(Path({str(store)!r}), region='r000', period='1990')"), len(names)),
    ]


def write_bulletins(raw: Path, count: int, regions: int) -> list[Path]:
    """Bulletins of made-up figures, a region and a year each, with their metadata."""
    import hashlib

    chance, names = random.Random(1), []
    for number in range(count):
        region, year = f"r{number % regions:03}", 1900 + number // regions % 120
        path = raw / region / f"{region}-{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = bulletin(year, chance.randrange(50000)).encode()
        path.write_bytes(data)
        about = {"title": f"{region} {year}", "publisher": region, "publisher_en": region, "published": f"{year + 1}-02-10", "period": year}
        path.with_name(f"{path.stem}.meta.yml").write_text(SIDECAR.format(region=region, sha256=hashlib.sha256(data).hexdigest(), **about), "utf-8")
        names.append(path)
    return names


def run(work: str) -> None:
    """Do something with the archive in a process of its own."""
    code = f"if __name__ == '__main__':\n exec({RUN.format(work)!r})"
    subprocess.run([sys.executable, "-c", code], check=True)


def kill_half_way(work: str, store: Path, count: int) -> None:
    """Start reading, and kill all of it when half of the documents are there."""
    code = f"if __name__ == '__main__':\n exec({RUN.format(work)!r})"
    started = subprocess.Popen([sys.executable, "-c", code], start_new_session=True)
    looked = 0.0
    while started.poll() is None:
        time.sleep(max(0.5, 20 * looked))  # to look through very many takes a while, and what is measured has as many processes as cores
        begun = time.perf_counter()
        if sum(1 for _ in store.glob("statements/*/[!.]*.parquet")) >= count // 2:
            break
        looked = time.perf_counter() - begun
    os.killpg(started.pid, signal.SIGKILL)
    started.wait()


def on_cluster(names: list[Path], store: Path, workers: int) -> None:
    """Read by a cluster of processes here, found by its address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        archive.extract_all(names, store, jobs=workers, cluster=cluster.scheduler_address)


def measured(work: Callable[[], object]) -> dict[str, float]:
    """Seconds on the clock and of processor, and the most memory (MB) any process has held so far."""
    before, start = getrusage(RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = getrusage(RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    most = max(after.ru_maxrss, getrusage(RUSAGE_SELF).ru_maxrss) / 1024
    return {"seconds": round(time.perf_counter() - start, 2), "processor": round(used, 2), "memory": round(most)}


def told(name: str, cost: dict[str, float], count: int) -> dict[str, float]:
    """Print a line, and add documents a second."""
    cost["documents a second"] = round(count / cost["seconds"], 1)
    cost["documents a second of processor"] = round(count / cost["processor"], 1) if cost["processor"] else 0
    print(
        f"{name:12} {cost['seconds']:9.2f} s {cost['processor']:9.2f} s of processor {cost['documents a second']:9.1f} documents/s "
        f"{cost['memory']:6} MB at most",
        flush=True,
    )
    return cost


def same_bytes(store: Path, other: Path) -> bool:
    """Whether every shard of `other` is in `store`, byte for byte."""
    shards = [path.relative_to(other) for path in other.glob("statements/*/*.parquet")]
    return bool(shards) and all(file_digest(other / shard) == file_digest(store / shard) for shard in shards)


if __name__ == "__main__":
    main()
