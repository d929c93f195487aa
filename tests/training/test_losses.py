import torch
from numpy.random import default_rng
from torch import Tensor

from training.losses import (
    amount_loss,
    edge_loss,
    energy_loss,
    normal,
    picture_loss,
    texture_loss,
)


def lined(column: int, darkness: float = 1.0) -> Tensor:
    """A grey picture with one dark line: (1, 3, 32, 32)."""
    picture = torch.zeros(1, 3, 32, 32)
    picture[..., column] = -darkness
    return picture


def test_the_picture_itself_costs_nothing() -> None:
    assert float(picture_loss(lined(9), lined(9))) == 0.0


def test_a_faded_line_costs_edges_and_energy() -> None:
    assert float(edge_loss(lined(9, 0.5), lined(9))) > 0.0
    assert float(energy_loss(lined(9, 0.5), lined(9))) > 0.0


def test_texture_costs_only_where_the_target_is_flat() -> None:
    flat = torch.zeros(1, 3, 32, 32)
    assert float(texture_loss(lined(9), lined(9))) < 1e-6
    assert float(texture_loss(flat, lined(9))) == 0.0
    assert float(texture_loss(lined(20), lined(9))) > 0.01


def test_the_amount_of_edges_prefers_a_misplaced_line_to_none() -> None:
    assert energy_loss(lined(10), lined(9)) < 0.5 * energy_loss(lined(10, 0.0), lined(9))


def test_the_amount_of_a_whole_picture_cares_neither_for_places_nor_for_signs() -> None:
    assert float(amount_loss(lined(10), lined(20))) < 1e-5
    faded = float(amount_loss(lined(10, 0.5), lined(9)))
    assert faded > 1.0
    assert abs(float(amount_loss(lined(9), lined(10, 0.5))) - faded) < 1e-5
    assert float(amount_loss(lined(9, 0.0), lined(9, 0.0))) == 0.0


def test_noise_comes_from_the_generator_given_alone() -> None:
    torch.manual_seed(0)
    first = normal(default_rng(5), (2, 3))
    torch.manual_seed(1)
    assert torch.equal(first, normal(default_rng(5), (2, 3)))
