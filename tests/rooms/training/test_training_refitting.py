"""Heads fitted to states in 8 bits say of them what they said of the exact ones."""

import pytest

torch = pytest.importorskip("torch")

from training.model import HIDDEN  # noqa: E402
from training.refitting import Fit  # noqa: E402


def test_what_8_bits_do_to_every_state_alike_no_longer_shows_in_what_a_head_says() -> None:
    torch.manual_seed(0)
    head, exact = torch.nn.Linear(HIDDEN, 5), torch.randn(4000, HIDDEN)
    coded = exact * 0.97
    coded[:, 9] += 0.2
    with torch.no_grad():
        wanted, before = head(exact), head(coded)
        fit = Fit(head)
        fit.add(coded[:3000].numpy(), exact[:3000])
        fit.settle()
        after = head(coded)
    unseen = slice(3000, None)
    assert float((after - wanted)[unseen].abs().mean()) < 0.5 * float((before - wanted)[unseen].abs().mean())


def test_a_head_that_is_right_already_stays_as_it_is() -> None:
    torch.manual_seed(0)
    head, exact = torch.nn.Linear(HIDDEN, 5), torch.randn(2000, HIDDEN)
    before = head.weight.detach().clone()
    with torch.no_grad():
        fit = Fit(head)
        fit.add(exact.numpy(), exact)
        fit.settle()
    assert torch.allclose(head.weight, before, atol=1e-4)
