"""The data built in a fork of the helper: it has imported what they need for its own use, and goes on with what reports need meanwhile."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from .. import building, keeping
from .. import dataset as data
from .ending import end_with_parent


def fork(root: Path, answers: Any, dataset: BinaryIO) -> int:
    """Build in a fork, which tells the owner the lines it has to say, and loads the data into `dataset`, an empty file without buffer.

    Gives its process id. Where it ends badly, it has told nothing.
    """
    owner = os.getpid()
    pid = os.fork()
    if pid == 0:
        _build(root, answers, dataset, owner)
    return pid


def _build(root: Path, answers: Any, dataset: BinaryIO, owner: int) -> None:
    code = 1
    try:
        end_with_parent(owner)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        gc.freeze()
        gc.enable()
        said = list(building.told(building.build(root, _watched)))
        keeping.write()
        print(json.dumps({"built": said}), file=answers, flush=True)
        code = 0
        data.dump(root, dataset)  # while the helper still imports
    finally:
        os._exit(code)  # without a word: the owner builds again, and says what is wrong


def _watched(documents: Iterable) -> Iterable:
    from tqdm import tqdm

    return tqdm(documents, desc="reading", delay=1, leave=False, disable=None)
