"""The engine reproduces the numbers of the authors' networks."""

from pathlib import Path

import pytest

from tests.golden.case import Case, draw_network, max_abs_error, run

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/case.json"))


@pytest.mark.parametrize("batched", [True, False], ids=["stream batch", "one after the other"])
@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_the_recorded_numbers_are_reproduced(folder: Path, batched: bool) -> None:
    case = Case.read(folder)
    got = run(case, draw_network(case.config), batched=batched)
    assert max_abs_error(case, got) <= case.tolerance


def test_a_wrong_network_is_noticed() -> None:
    case = Case.read(CASES[0])
    network = draw_network(case.config)
    network.conv_out.weight.mul_(1.01)
    assert max_abs_error(case, run(case, network, batched=False)) > case.tolerance
