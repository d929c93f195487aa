"""The cluster's file of settings, and what a replica is thought to carry. No Ray."""

from pathlib import Path

import pytest

pytest.importorskip("yaml")

from engine.cluster import availability
from engine.cluster.availability import prepare_ray
from engine.cluster.capacity import StreamCost
from engine.cluster.settings import ClusterSettings, read_settings
from engine.errors import SettingError
from engine.frames import Size


def test_every_part_may_stand_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "cluster.yaml"
    file.write_text(
        "listen: 192.168.1.20:9000\n"
        "streams: 4\n"
        "ray: {address: auto}\n"
        "replica:\n"
        "  ray_actor_options: {num_gpus: 1}\n"
    )
    settings = read_settings(file)
    assert settings.serving(4).address.port == 9000
    assert settings.ray == {"address": "auto"}
    assert settings.replica["ray_actor_options"] == {"num_gpus": 1}
    assert settings.stream_size == Size(512, 512)
    file.write_text("")
    assert read_settings(file) == ClusterSettings()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("streams: many", "streams"),
        ("stream: 4", "unknown fields: stream"),
        ("- 1", "an object"),
        ("{", "cannot be read"),
        ("streams: 5000", "streams"),
        ("listen: everywhere", "not an address"),
        ("plain_http: true", "without encryption"),
        ("model: !!python/object/apply:os.system ['true']", "cannot be read"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "cluster.yaml"
    file.write_text(text)
    with pytest.raises(SettingError, match=words):
        read_settings(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"nothing\.yaml cannot be read"):
        read_settings(tmp_path / "nothing.yaml")


@pytest.mark.parametrize(
    ("cost", "streams"),
    [
        (StreamCost(fps=100.0, bytes=10, free=1000), 4),
        (StreamCost(fps=100.0, bytes=10, free=25), 2),
        (StreamCost(fps=7.0, bytes=10, free=1000), 1),
        (StreamCost(fps=1e6, bytes=0, free=1000), 256),
    ],
)
def test_a_replica_carries_what_memory_and_rate_allow(cost: StreamCost, streams: int) -> None:
    assert cost.streams(24.0) == streams


def test_without_ray_one_sentence_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(availability, "find_spec", lambda _: None)
    with pytest.raises(SettingError, match=r"pip install"):
        prepare_ray({})
