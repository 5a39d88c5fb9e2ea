"""The set-up: one lock holds pip, conda and the Makefile together, and what is installed is what is locked."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
FRAME = {"jupyterlab", "pandas", "matplotlib", "seaborn", "statsmodels", "papermill", "nbconvert", "pytest", "nbval"}


def locked() -> dict[str, set[str]]:
    """Package name -> versions pinned (more than one where markers tell Pythons apart)."""
    pins: dict[str, set[str]] = {}
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        if line and not line[0].isspace() and not line.startswith("#"):
            requirement = Requirement(line)
            (pin,) = requirement.specifier
            assert pin.operator == "==", line
            pins.setdefault(canonicalize_name(requirement.name), set()).add(pin.version)
    return pins


def hashed(name: str) -> dict[str, tuple[set[str], int]]:
    """Of a lock with hashes: package name -> versions pinned, and how many hashes they have at least."""
    pins: dict[str, tuple[set[str], int]] = {}
    for entry in (ROOT / "locks" / name).read_text("utf-8").replace("\\\n", " ").splitlines():
        written, *hashes = entry.split(" --hash=sha256:")
        requirement = Requirement(written.strip())
        (pin,) = requirement.specifier
        versions, least = pins.get(canonicalize_name(requirement.name), (set(), 10**6))
        assert pin.operator == "==" and all(re.fullmatch("[0-9a-f]{64}", one.strip()) for one in hashes), entry[:80]
        pins[canonicalize_name(requirement.name)] = (versions | {pin.version}, min(least, len(hashes)))
    return pins


def direct() -> list[Requirement]:
    groups = [PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"].values()]
    return [Requirement(line) for group in [*groups, PROJECT["build-system"]["requires"]] for line in group]


def test_every_dependency_is_locked():
    missing = {r.name for r in direct()} - locked().keys()
    assert not missing, f"run `make lock`: {sorted(missing)}"


EXTRAS = PROJECT["project"]["optional-dependencies"]


@pytest.mark.parametrize("extra", ["base", "lab", "test", "bench", "lock"])
def test_each_set_is_locked_with_hashes_and_holds_what_it_needs_and_no_other_sets_packages(extra):
    pins, wanted = hashed(f"{extra}.lock"), [*PROJECT["project"]["dependencies"], *EXTRAS["build"], *EXTRAS.get(extra, ())]
    assert all(least for _, least in pins.values())
    assert {canonicalize_name(Requirement(line).name) for line in wanted} <= pins.keys()
    assert all(versions <= locked()[name] for name, (versions, _) in pins.items())
    strange = {"emoji", "recognizers-text-suite", "playwright", "jupyterlab", "uv"} - {canonicalize_name(Requirement(line).name) for line in wanted}
    assert not strange & pins.keys()


def test_the_makefile_installs_only_what_a_hash_vouches_for():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    installs = re.findall(r"pip install .*|\$\(PIP\) .*", makefile)
    assert all("--require-hashes" in line or "--no-deps" in line for line in installs if "$(PIP)" in line)
    assert makefile.count("pip install") == 1 and "--no-build-isolation" in makefile and ".venv/base: pyproject.toml locks/base.lock" in makefile


def test_every_installed_package_is_the_locked_one():
    pins = locked()
    seeds = {"pip", "setuptools", "wheel", "tongbi"}  # venv's own, and ours
    found = {canonicalize_name(d.metadata["Name"]): d.version for d in distributions()}
    strays = {n: v for n, v in found.items() if n not in seeds and v not in pins.get(n, ())}
    assert not strays, f"installed but not locked at that version: {strays}"


def test_conda_users_get_the_locked_versions():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    (pip,) = [d["pip"] for d in environment["dependencies"] if isinstance(d, dict)]
    pins = {r.name: next(iter(r.specifier)).version for r in map(Requirement, (p for p in pip if not p.startswith("-")))}
    assert pins.keys() == FRAME
    assert all(version in locked()[name] for name, version in pins.items()), pins
    assert "-c requirements.lock" in pip and "-e .[lab,test]" in pip


def test_each_dependency_earns_a_line_in_the_docs():
    docs = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    unexplained = {r.name for r in direct() if f"| {r.name} |" not in docs}
    assert not unexplained


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M))
def test_make_help_lists_the_target(target):
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert f"make {target} " in shown


def test_the_command_of_the_docs_lists_a_licence_for_each_installed_package():
    docs = (ROOT / "docs/dependencies.md").read_text("utf-8")
    command = re.search(r"\.venv/bin/python -c '(.*?)'\n", docs, re.S)[1].replace("\n    ", "\n")
    shown = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout.splitlines()
    licences = {line.split("  ")[0].lower(): line.split("  ")[2] for line in shown}
    assert len(licences) > 50 and all(licences.values()) and "GPL" in docs and "OFL" in docs
    assert "BSD" in licences["click"] or "BSD" in licences["pandas"]
