"""A training run: it learns, keeps its state, and goes on where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from numpy.random import Generator
from torch import nn

from training.losses import normal
from training.trainer import Losses, RunConfig, Trainer, channels_last

CONFIG = RunConfig(minutes=0.002, learning_rate=0.05, warm_up_steps=1, keep=10.0)


@pytest.fixture(autouse=True)
def threads_as_before() -> Iterator[None]:
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


def line() -> nn.Linear:
    torch.manual_seed(0)
    return nn.Linear(2, 1)


def losses_of(module: nn.Module) -> Callable[[Generator, Generator], Losses]:
    """What a line loses that should have the slopes 1 and -2."""

    def losses(_common: Generator, own: Generator) -> Losses:
        x = normal(own, (16, 2))
        error = module(x)[:, 0] - (x[:, 0] - 2 * x[:, 1])
        return {"total": error.square().mean()}

    return losses


def trained(path: Path, config: RunConfig = CONFIG) -> Trainer:
    module = line()
    trainer = Trainer(module, config, path)
    trainer.run(losses_of(module), lambda _: None)
    return trainer


def distance(module: nn.Linear) -> float:
    """How far the slopes are from those that the losses ask for."""
    return float((module.weight.detach() - torch.tensor([[1.0, -2.0]])).abs().sum())


def close(trainer: Trainer) -> None:
    trainer._workers.shutdown()


def test_a_line_is_learned(tmp_path: Path) -> None:
    module = line()
    before = distance(module)
    trainer = Trainer(module, CONFIG, tmp_path / "run.pt")
    trainer.run(losses_of(module), lambda _: None)
    close(trainer)
    assert trainer.steps > 0
    assert distance(module) < before


def test_the_average_is_given_to_whoever_waits_for_checkpoints(tmp_path: Path) -> None:
    module, given = line(), list[nn.Module]()
    trainer = Trainer(module, RunConfig(minutes=0.001, keep=0.0), tmp_path / "run.pt")
    result = trainer.run(losses_of(module), given.append)
    close(trainer)
    assert len(given) == trainer.steps + 1
    assert all(one is trainer.average for one in given)
    assert result is trainer.average is not module


def test_a_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first = trained(tmp_path / "run.pt")
    close(first)
    again = Trainer(line(), CONFIG, tmp_path / "run.pt")
    close(again)
    assert (again.steps, again.minutes) == (first.steps, first.minutes)
    assert torch.equal(again.module.state_dict()["weight"], first.module.state_dict()["weight"])
    assert torch.equal(again.average.state_dict()["bias"], first.average.state_dict()["bias"])


def test_a_run_whose_minutes_are_spent_takes_no_step(tmp_path: Path) -> None:
    first = trained(tmp_path / "run.pt")
    close(first)
    again = trained(tmp_path / "run.pt")
    close(again)
    assert again.steps == first.steps


def test_the_average_follows_more_slowly_than_the_module(tmp_path: Path) -> None:
    trainer = Trainer(line(), CONFIG, tmp_path / "run.pt")
    start = trainer.average.state_dict()["weight"].clone()
    trainer._step(losses_of(trainer.module))
    moved = (trainer.module.state_dict()["weight"] - start).abs()
    followed = (trainer.average.state_dict()["weight"] - start).abs()
    close(trainer)
    assert (followed < moved).all()
    assert followed.min() > 0


def test_the_rate_rises_at_first_and_falls_to_its_end(tmp_path: Path) -> None:
    trainer = Trainer(line(), RunConfig(10.0, warm_up_steps=10), tmp_path / "run.pt")
    close(trainer)
    paces = []
    for steps, minutes in ((0, 0.0), (9, 0.0), (9, 5.0), (9, 10.0)):
        trainer.steps, trainer.minutes = steps, minutes
        paces.append(trainer._pace())
    assert paces == pytest.approx([0.1, 1.0, 0.525, 0.05])


def test_a_parameter_that_nothing_used_is_left_alone(tmp_path: Path) -> None:
    used, spare = line(), line()
    before = spare.weight.clone()
    trainer = Trainer(nn.ModuleList([used, spare]), CONFIG, tmp_path / "run.pt")
    trainer._step(losses_of(used))
    close(trainer)
    assert torch.equal(spare.weight, before)


def test_long_gradients_are_cut_and_reported(tmp_path: Path) -> None:
    module = line()
    trainer = Trainer(module, CONFIG, tmp_path / "run.pt")
    found = trainer._step(lambda a, b: {"total": 1e4 * losses_of(module)(a, b)["total"]})
    close(trainer)
    norm = torch.cat([p.grad.flatten() for p in module.parameters() if p.grad is not None]).norm()
    assert float(found["gradient"]) > 100.0
    assert float(norm) == pytest.approx(1.0, abs=1e-3)


def test_both_parts_of_a_step_share_one_generator_and_have_one_of_their_own(tmp_path: Path) -> None:
    module, shared, own = line(), list[float](), list[float]()

    def losses(common: Generator, part: Generator) -> Losses:
        shared.append(common.random())
        own.append(part.random())
        return {"total": module(torch.ones(1, 2)).sum()}

    trainer = Trainer(module, CONFIG, tmp_path / "run.pt")
    trainer._step(losses)
    close(trainer)
    assert len(set(shared)) == 1
    assert len(set(own)) == len(own)


def test_convolutions_are_laid_out_channels_last() -> None:
    layer = nn.Conv2d(4, 8, 3)
    before = layer.weight.clone()
    channels_last(layer)
    assert layer.weight.is_contiguous(memory_format=torch.channels_last)
    assert torch.equal(layer.weight, before)
