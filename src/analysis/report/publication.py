"""What a project says of its editions: release date, version, contact, licence and next release, from data/manual/publication.yml."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from ..documents.metadata import Day, explain
from ..errors import TongbiError
from ..writing.acting import line, shown, worded
from ..yamlfiles import YamlError, load_yaml

FILE = "publication.yml"


class PublicationError(TongbiError):
    """publication.yml cannot be used; says which key is wrong."""


Text = Annotated[str, Field(max_length=2000), AfterValidator(worded)]


class Told(BaseModel):
    """A sentence in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: Text
    en: Text


class Publication(BaseModel):
    """The release of a project's editions; what is not stated is None."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    released: Day | None = None
    version: Annotated[str, AfterValidator(line)] | None = None
    contact: Told | None = None
    licence: Told | None = None
    next: Told | None = None

    def told(self, key: str, lang: str) -> str:
        """The sentence of a key in a language; empty where it is not stated."""
        sentence = getattr(self, key)
        return "" if sentence is None else shown(getattr(sentence, lang))


def load(folder: Path) -> Publication:
    """Read publication.yml in `folder`; no file states nothing. Raises PublicationError for a key that is wrong."""
    path = folder / FILE
    if not os.path.lexists(path):
        return Publication()
    try:
        return Publication.model_validate(load_yaml(path) or {})
    except YamlError as error:
        raise PublicationError(str(error)) from error
    except ValidationError as error:
        faults = "; ".join(explain(error))
        raise PublicationError(f"{path}: {faults}") from error
