"""Which font files a report is set in, and where they lie; nothing is loaded."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

_STYLES = ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt")
_FILES = {
    "font_source_serif_pro": [f"files/SourceSerifPro-{style}.otf" for style in _STYLES],
    "font_source_sans_pro": [f"files/SourceSansPro-{style}.otf" for style in _STYLES],
    "pylopdf_fonts_zh_cn": ["NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf"],
    "manimgx_fonts_cjk": ["NotoSansCJK-VF.otf.ttc"],
    "matplotlib": ["mpl-data/fonts/ttf/DejaVuSansMono.ttf"],  # for output that stands in columns
}


class FontError(RuntimeError):
    """A font package is missing or incomplete."""


@cache
def font_files() -> tuple[Path, ...]:
    """Every font file of the report, in a fixed order.

    Raises FontError naming the package or file that is missing.
    """
    return tuple(_locate(package, name) for package, names in _FILES.items() for name in names)


def _locate(package: str, name: str) -> Path:
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FontError(f"font package {package.replace('_', '-')} is not installed: run `pip install -c requirements.lock -e .`")
    path = Path(spec.submodule_search_locations[0]) / name
    if not path.is_file():
        raise FontError(f"font file {name} is missing from package {package.replace('_', '-')}: reinstall it")
    return path
