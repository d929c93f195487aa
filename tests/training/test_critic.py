from concurrent.futures import ThreadPoolExecutor

import torch
from torch import Tensor

from training.critic import PatchDiscriminator, adversarial_losses


def pictures(seed: int) -> Tensor:
    return torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(seed)) * 2.0 - 1.0


def drawn_critic() -> PatchDiscriminator:
    torch.manual_seed(0)
    return PatchDiscriminator(styles=2)


def test_a_critic_that_several_threads_ask_still_learns() -> None:
    critic, style = drawn_critic(), torch.tensor([[1.0, 0.0]])

    def gradients(seed: int) -> list[Tensor]:
        taught, learned = pictures(seed), pictures(seed + 100).requires_grad_()
        found = adversarial_losses(critic, pictures(seed + 200), learned, taught, style)
        total = found.realism + found.matching + found.critic
        return list(torch.autograd.grad(total, list(critic.parameters())))

    with ThreadPoolExecutor(4) as threads:
        side_by_side = list(threads.map(gradients, range(40)))
    for seed, found in enumerate(side_by_side):
        torch.testing.assert_close(found, gradients(seed))


def test_the_critics_own_loss_alone_moves_the_critic() -> None:
    critic, style = drawn_critic(), torch.tensor([[0.5, 0.5]])
    learned = pictures(1).requires_grad_()
    found = adversarial_losses(critic, pictures(2), learned, pictures(3), style)
    weights = list(critic.parameters())
    models = torch.autograd.grad(
        found.realism + found.matching,
        [learned, *weights],
        retain_graph=True,
        allow_unused=True,
        materialize_grads=True,
    )
    assert float(models[0].norm()) > 0.0
    assert all(float(gradient.norm()) == 0.0 for gradient in models[1:])
    critics = torch.autograd.grad(
        found.critic, [learned, *weights], allow_unused=True, materialize_grads=True
    )
    assert float(critics[0].norm()) == 0.0
    assert all(float(gradient.norm()) > 0.0 for gradient in critics[1:])
