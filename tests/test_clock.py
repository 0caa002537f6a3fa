"""The clock: Beijing days of UTC moments, and a training clock that several processes share."""

import multiprocessing
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import time_machine

from trading import clock

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


def test_the_system_clock_tells_aware_utc():
    with time_machine.travel(MORNING, tick=False):
        assert clock.SystemClock().now() == MORNING
        assert clock.SystemClock().now().tzinfo is UTC


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 1, 23, 59, tzinfo=timezone(timedelta(hours=-8))), date(2026, 3, 2)),
    ],
)
def test_the_law_day_is_the_day_in_beijing(moment, day):
    assert clock.law_date(moment) == day


def test_a_wall_time_in_beijing_is_eight_hours_ahead():
    assert clock.at(date(2026, 3, 22), 9, 30) == datetime(2026, 3, 22, 1, 30, tzinfo=UTC)
    assert clock.at(date(2026, 3, 22), 9, 30).tzinfo is UTC
    assert clock.beijing(MORNING).isoformat() == "2026-03-02T09:00:00+08:00"


def test_a_moment_without_zone_is_refused_everywhere(tmp_path):
    naive = MORNING.replace(tzinfo=None)
    standing = clock.TrainingClock(tmp_path / "clock", MORNING)
    for refuse in (clock.law_date, clock.beijing, clock.StoppedClock, standing.advance_to):
        with pytest.raises(ValueError, match="zone"):
            refuse(naive)


def test_the_stopped_clock_moves_only_when_told():
    stopped = clock.StoppedClock(MORNING)
    assert stopped.now() == stopped.now() == MORNING
    assert stopped.advance(timedelta(hours=2)) == stopped.now() == MORNING + timedelta(hours=2)
    stopped.set(MORNING)
    assert stopped.now() == MORNING


def test_the_training_clock_keeps_its_time_for_the_next_process(tmp_path):
    first = clock.TrainingClock(tmp_path / "run" / "clock", MORNING)
    first.advance_to(MORNING + timedelta(days=1))
    second = clock.TrainingClock(tmp_path / "run" / "clock", MORNING)
    assert second.now() == first.now() == MORNING + timedelta(days=1)
    assert second.now().tzinfo is UTC
    second.advance(timedelta(minutes=5))
    assert first.now() == MORNING + timedelta(days=1, minutes=5)


def test_the_training_clock_never_goes_back(tmp_path):
    standing = clock.TrainingClock(tmp_path / "clock", MORNING)
    with pytest.raises(ValueError, match="never goes back"):
        standing.advance_to(MORNING - timedelta(microseconds=1))
    with pytest.raises(ValueError, match="never goes back"):
        standing.advance(timedelta(microseconds=-1))
    assert standing.advance_to(MORNING) == MORNING


def test_a_damaged_clock_file_is_told_at_once(tmp_path):
    (tmp_path / "clock").write_text("yesterday")
    with pytest.raises(ValueError, match="yesterday"):
        clock.TrainingClock(tmp_path / "clock", MORNING)


def move(path):
    for _ in range(25):
        clock.TrainingClock(path, MORNING).advance(timedelta(seconds=1))


def test_moves_from_two_processes_all_count(tmp_path):
    context = multiprocessing.get_context("fork")
    movers = [context.Process(target=move, args=(tmp_path / "clock",)) for _ in range(2)]
    for mover in movers:
        mover.start()
    for mover in movers:
        mover.join()
    assert clock.TrainingClock(tmp_path / "clock", MORNING).now() == MORNING + timedelta(seconds=50)
