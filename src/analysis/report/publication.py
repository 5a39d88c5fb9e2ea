"""What a project says of its editions: release date, version, contact, licence and next release, from data/manual/publication.yml."""

from datetime import date
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from ..errors import TongbiError

FILE = "publication.yml"


class PublicationError(TongbiError):
    """publication.yml cannot be used; says which key is wrong."""


class Told(BaseModel):
    """A sentence in both languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    zh: str
    en: str


class Publication(BaseModel):
    """The release of a project's editions; what is not stated is None."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    released: date | None = None
    version: str | None = None
    contact: Told | None = None
    licence: Told | None = None
    next: Told | None = None

    def told(self, key: str, lang: str) -> str:
        """The sentence of a key in a language; empty where it is not stated."""
        sentence = getattr(self, key)
        return "" if sentence is None else getattr(sentence, lang)


def load(folder: Path) -> Publication:
    """Read publication.yml in `folder`; no file states nothing. Raises PublicationError for a key that is wrong."""
    path = folder / FILE
    if not path.exists():
        return Publication()
    try:
        return Publication.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise PublicationError(f"{path}: {error}") from error
