"""Work in parts is done once, by whichever thread is free, and what is made of it keeps the order of the parts."""

from __future__ import annotations

from functools import partial
from threading import Event, Lock, get_ident
from time import sleep

import pytest

from onrecord.language.threads import Joint, Pending, helpers


class Worker:
    """Gives back what it is given, the first later than the others; counts how many are at it at once."""

    def __init__(self) -> None:
        self.running, self.most, self.done = 0, 0, []
        self.lock = Lock()

    running: int
    most: int
    done: list[int]

    def do(self, number: int) -> int:
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        sleep(0.02 if number == 0 else 0.001)
        with self.lock:
            self.running -= 1
            self.done.append(number)
        return number


@pytest.mark.parametrize("count", [1, 2, 3])
def test_parts_keep_their_order_whichever_is_done_first(count: int) -> None:
    worker = Worker()
    with helpers(count - 1) as threads:
        joint = Joint([partial(worker.do, number) for number in range(9)], list, threads)
        while joint.take_part():
            pass
        assert joint.result() == list(range(9))
    assert sorted(worker.done) == list(range(9)), "a part was left out or done twice"
    assert worker.most <= count


def test_work_without_parts_is_made_all_the_same() -> None:
    with helpers(0) as threads:
        joint = Joint[int, int]([], len, threads)
        assert joint.is_ready()
        assert joint.result() == 0


def test_while_one_thread_is_held_up_another_does_all_else_and_what_is_to_be_made_of_it() -> None:
    begun, others_made = Event(), Event()

    def held_up() -> str:
        begun.set()
        assert others_made.wait(20), "nobody did the others"
        return "late"

    def made(parts: object) -> int:
        others_made.set()
        return get_ident()

    with helpers(1) as threads:
        other = Joint([lambda: begun.wait(20), lambda: "prompt"], made, threads)
        assert Pending(held_up, None).result() == "late"
        assert other.result() != get_ident()


def test_what_a_helper_has_not_begun_is_done_by_who_asks() -> None:
    let_go = Event()
    with helpers(1) as threads:
        Pending(partial(let_go.wait, 20), threads)
        asked = Pending(get_ident, threads)
        assert asked.take()
        assert not asked.take()
        assert asked.result() == get_ident()
        let_go.set()


@pytest.mark.parametrize("count", [0, 1])
def test_an_error_in_a_part_is_raised_for_its_work_alone(count: int) -> None:
    with helpers(count) as threads:
        bad, good = Joint([lambda: 1 // 0], list, threads), Joint([lambda: 1], list, threads)
        with pytest.raises(ZeroDivisionError):
            bad.result()
        assert good.result() == [1]


def test_what_nobody_has_begun_is_dropped_at_the_end() -> None:
    done: list[int] = []
    begun = Event()

    def first() -> None:
        begun.set()
        sleep(0.02)

    with helpers(1) as threads:
        Pending(first, threads)
        assert begun.wait(20)
        for number in range(5):
            Pending(partial(done.append, number), threads)
    assert not done
