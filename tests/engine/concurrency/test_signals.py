import signal

import pytest

from engine.concurrency.signals import END_SIGNALS, ending_like_ctrl_c


@pytest.mark.parametrize("kind", END_SIGNALS)
def test_every_polite_signal_ends_like_ctrl_c(kind: signal.Signals) -> None:
    with ending_like_ctrl_c(), pytest.raises(KeyboardInterrupt):
        signal.raise_signal(kind)


def test_a_second_polite_signal_breaks_nothing_off_but_a_second_ctrl_c_does() -> None:
    with ending_like_ctrl_c():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_what_was_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with ending_like_ctrl_c():
            signal.raise_signal(signal.SIGTERM)
        assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGTERM, before)


def test_the_handlers_are_as_before_afterwards() -> None:
    before = [signal.getsignal(kind) for kind in END_SIGNALS]
    with ending_like_ctrl_c():
        pass
    assert [signal.getsignal(kind) for kind in END_SIGNALS] == before
