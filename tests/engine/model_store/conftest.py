"""What the store's tests share: a hub on loopback and an empty library."""

from collections.abc import Iterator
from pathlib import Path

import huggingface_hub.constants
import pytest

from engine.model_store.installed import InstalledModels
from tests.engine.model_store.hub import Hub, running_hub


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)  # loopback is allowed
    with running_hub() as hub:
        yield hub


@pytest.fixture
def library(tmp_path: Path) -> InstalledModels:
    return InstalledModels(tmp_path / "models")
