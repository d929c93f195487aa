from engine.concurrency.pacing import reachable_deadline


def test_a_deadline_is_kept_unless_it_was_missed_by_more_than_the_slack() -> None:
    assert reachable_deadline(due=10.0, now=9.0, slack=0.5) == 10.0
    assert reachable_deadline(due=10.0, now=10.4, slack=0.5) == 10.0
    assert reachable_deadline(due=10.0, now=10.6, slack=0.5) == 10.6
