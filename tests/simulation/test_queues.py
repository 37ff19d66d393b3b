"""The simulated queues keep SQS's promises, and no more than those."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cli.simulation.aws import FifoQueue, Message, Queue
from cli.simulation.faults import Faults
from cli.simulation.timeline import Timeline

START = datetime(2026, 3, 1, tzinfo=UTC)
HIDDEN = timedelta(seconds=100)


class Consumer:
    """A function that fails for as long as a body is among `failing`, and notes what it was given, and when."""

    def __init__(self, kind: type[Queue] = Queue, faulty: bool = False, batch: int = 2) -> None:
        self.timeline = Timeline(START)
        self.failing: set[str] = set()
        self.impatient: set[str] = set()
        self.got: list[str] = []
        self.batches: list[int] = []
        self.dead: list[str] = []
        faults = Faults(1, START, START + timedelta(days=1), faulty)
        self.queue = kind(self.timeline, faults, self._consume, self._bury, hidden=HIDDEN, most_receives=3, batch=batch)

    def _consume(self, batch: Sequence[Message]) -> set[str]:
        self.got += [message.body for message in batch]
        for message in batch:
            if message.body in self.impatient:
                self.queue.hide(message.id, 5)
        self.batches.append(len(batch))
        return {message.id for message in batch if message.body in self.failing}

    def _bury(self, _: Queue, message: Message) -> None:
        self.dead.append(message.body)

    def run(self, seconds: float) -> None:
        self.timeline.run(self.timeline.now + timedelta(seconds=seconds))


def test_what_comes_together_is_received_together_up_to_a_batch() -> None:
    consumer = Consumer(FifoQueue)
    assert isinstance(consumer.queue, FifoQueue)
    for n in range(5):
        consumer.queue.send_in("lane", f"key {n}", str(n))
    consumer.run(10)
    assert (consumer.got, consumer.batches) == (["0", "1", "2", "3", "4"], [2, 2, 1])


def test_what_fails_comes_again_alone_once_it_is_no_longer_hidden_and_ends_among_the_dead_letters() -> None:
    consumer = Consumer()
    consumer.failing = {"bad"}
    for body in ("good", "bad"):
        consumer.queue.send(body)
    consumer.run(10)
    assert sorted(consumer.got) == ["bad", "good"]
    consumer.run(HIDDEN.total_seconds() - 20)
    assert consumer.got.count("bad") == 1
    consumer.run(5 * HIDDEN.total_seconds())
    assert (consumer.got.count("bad"), consumer.got.count("good"), consumer.dead) == (3, 1, ["bad"])


def test_a_dead_letter_that_is_taken_back_out_is_tried_anew() -> None:
    consumer = Consumer()
    consumer.failing = {"bad"}
    consumer.queue.send("bad")
    consumer.run(1000)
    consumer.failing = set()
    consumer.queue.again(consumer.queue.dead[0])
    consumer.run(10)
    assert (consumer.got.count("bad"), consumer.queue.dead) == (4, [])


def test_a_message_can_be_shown_again_sooner_than_usual() -> None:
    consumer = Consumer()
    consumer.failing = consumer.impatient = {"throttled"}
    consumer.queue.send("throttled")
    consumer.run(12)
    assert consumer.got == ["throttled", "throttled"]


def test_a_lane_waits_behind_what_fails_in_it_and_another_does_not() -> None:
    consumer = Consumer(FifoQueue, batch=1)
    assert isinstance(consumer.queue, FifoQueue)
    consumer.failing = {"first"}
    for lane, body in (("a", "first"), ("a", "second"), ("b", "other")):
        consumer.queue.send_in(lane, body, body)
    consumer.run(10)
    assert consumer.got == ["first", "other"]
    consumer.failing = set()
    consumer.run(HIDDEN.total_seconds() + 10)
    assert consumer.got == ["first", "other", "first", "second"]


def test_a_key_is_taken_once_within_five_minutes() -> None:
    consumer = Consumer(FifoQueue)
    assert isinstance(consumer.queue, FifoQueue)
    for _ in range(2):
        consumer.queue.send_in("lane", "key", "said")
    consumer.run(600)
    consumer.queue.send_in("lane", "key", "said")
    consumer.run(10)
    assert consumer.got == ["said", "said"]


def test_with_faults_some_messages_come_twice_and_none_is_lost() -> None:
    consumer = Consumer(faulty=True)
    bodies = [str(n) for n in range(1000)]
    for body in bodies:
        consumer.queue.send(body)
    consumer.run(2 * 86400)
    assert set(consumer.got) == set(bodies)
    assert len(consumer.got) > len(bodies) and consumer.got != sorted(consumer.got, key=int)
