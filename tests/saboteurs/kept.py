"""Results of a long measurement, a line of JSON each, so that an interrupted one goes on where it stopped."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Kept:
    """Results by name, in a file that grows."""

    path: Path

    def read(self) -> dict[str, Any]:
        """Return what is there so far; of two results of one name the later."""
        lines = self.path.read_text().splitlines() if self.path.exists() else []
        return dict(json.loads(line) for line in lines)

    def add(self, name: str, result: Any) -> None:
        """Keep a result."""
        with self.path.open("a") as file:
            file.write(json.dumps([name, result]) + "\n")
