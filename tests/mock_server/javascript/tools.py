"""Where the package and its tests are, and how tools are run on them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import mock_server

PACKAGE = Path(mock_server.__file__).parent / "javascript"
HERE = Path(__file__).parent
Run = Callable[..., "subprocess.CompletedProcess[str]"]
