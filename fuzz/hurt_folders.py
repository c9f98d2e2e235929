"""Faults of runs that write a folder of results: what is finished stays, and --resume makes the rest."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

from stage import SIGNALS, Done, Stage, expect, left_over, lines_lost, shards, soundly

Fault = Callable[[Stage], int]


def to_folder(stage: Stage, folder: Path, *arguments: object, jobs: int = 1, **more: object) -> Done:
    return stage.predict("--output", f"{folder}/", "--shard-size", 10, "--jobs", jobs, *arguments, **more)


def wanted(stage: Stage) -> bytes:
    """The rows of a run that nothing disturbs, in one process and one file."""
    done = stage.predict("--format", "jsonl")
    soundly(done, 0)
    return done.out


def resumed(stage: Stage, folder: Path) -> int:
    """Go on, and count what is missing; nothing may be left over either."""
    soundly(to_folder(stage, folder, "--resume"), 0)
    expect(not left_over(folder), "a temporary file is left")
    return lines_lost(shards(folder), wanted(stage))


def ended_by_signal(stage: Stage, number: int, at: int, jobs: int) -> int:
    """The run ends at one of its file events, of which begun, finished and recorded shards make the most."""
    folder = stage.folder / "results"
    done = to_folder(stage, folder, jobs=jobs, HURT_UNDER=folder, HURT_AT=at, HURT_BY=number)
    expect(done.code in (-number, 128 + number), f"exit code {done.code}: {done.err[-500:]}")
    expect("Traceback" not in done.err, done.err)
    return resumed(stage, folder)


def worker_killed(stage: Stage, at: int) -> int:
    """A worker process is killed in the middle of its work (as the system does where memory runs out)."""
    folder = stage.folder / "results"
    once = stage.folder / "once"
    done = to_folder(stage, folder, jobs=2, HURT_UNDER=folder, HURT_AT=at, HURT_WHO="worker", HURT_ONCE=once)
    soundly(done, 0)
    expect(once.exists(), "no worker was killed")
    return lines_lost(shards(folder), wanted(stage))


def disk_full(stage: Stage) -> int:
    """The disk of the results is full: the run stops in one line; with room again it goes on."""
    disk = stage.folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "none", disk], check=True)
    try:
        (disk / "filled").write_bytes(bytes(96 * 1024))
        done = to_folder(stage, disk / "results")
        soundly(done, 1)
        expect("No space left on device" in done.err, done.err)
        (disk / "filled").unlink()
        return resumed(stage, disk / "results")
    finally:
        subprocess.run(["umount", disk], check=True)


def half_done(stage: Stage) -> Path:
    """A folder of results whose run was terminated in the middle."""
    folder = stage.folder / "results"
    by = {"HURT_WHO": "worker", "HURT_WHOM": "parent", "HURT_BY": int(signal.SIGTERM)}
    to_folder(stage, folder, HURT_UNDER=folder, HURT_AT=5, **by)
    expect(0 < len(list(folder.glob("part-*.jsonl"))) < 6, "the run was not ended in the middle")
    return folder


def rights_lost(stage: Stage) -> int:
    """The right to write the folder is lost and given back."""
    folder = half_done(stage)
    rights = ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")
    folder.chmod(0o555)
    done = stage.predict("--output", f"{folder}/", "--shard-size", 10, "--resume", without=rights)
    folder.chmod(0o755)
    soundly(done, 1)
    expect("Permission denied" in done.err, done.err)
    return resumed(stage, folder)


def two_runs(stage: Stage) -> int:
    """Two runs on one folder: the second is turned away, the first loses nothing."""
    folder = stage.folder / "results"
    command = stage.command(
        "predict", stage.corpus, "--model", stage.model, "--output", f"{folder}/", "--shard-size", 1, "--resume"
    )
    runs = [subprocess.Popen(command, env=stage.environment(), stderr=subprocess.PIPE) for _ in range(2)]
    ends = [(run.communicate(timeout=200)[1].decode(), run.returncode) for run in runs]
    expect(all("Traceback" not in err for err, _ in ends), ends)
    expect(sorted(code for _, code in ends) in ([0, 0], [0, 1]), ends)
    return lines_lost(shards(folder), wanted(stage))


def model_replaced(stage: Stage) -> int:
    """Another model lies there when the run goes on: refused, since one folder holds the results of one model."""
    folder = half_done(stage)
    whole = stage.model.read_bytes()
    stage.model.write_bytes((stage.folder.parent / "other.npz").read_bytes())
    done = to_folder(stage, folder, "--resume")
    soundly(done, 1, 2)
    expect("model" in done.err, done.err)
    stage.model.write_bytes(whole)
    return resumed(stage, folder)


def articles_changed(stage: Stage) -> int:
    """An article that was done is another when the run goes on: it is noticed."""
    folder = half_done(stage)
    (stage.corpus / "000.txt").write_text("Sen. Ann Ash won everything there was to win.", encoding="utf-8")
    done = to_folder(stage, folder, "--resume")
    soundly(done, 0, 1, 2)
    return lines_lost(shards(folder), wanted(stage)) if done.code == 0 else 0


def shard_removed(stage: Stage) -> int:
    """Somebody removes a finished shard."""
    folder = half_done(stage)
    sorted(folder.glob("part-*.jsonl"))[0].unlink()
    return resumed(stage, folder)


def clock_jumps(stage: Stage) -> int:
    """The clock jumps by days and years with every look at it."""
    folder = stage.folder / "results"
    soundly(to_folder(stage, folder, jobs=2, CLOCK="jumps"), 0)
    return lines_lost(shards(folder), wanted(stage))


FAULTS: list[tuple[str, Fault]] = [
    *((f"{name} of a run to a folder, {jobs} jobs, at its file event {at}",
       partial(ended_by_signal, number=number, at=at, jobs=jobs))
      for name, number in SIGNALS for at, jobs in ((1, 1), (2, 1), (3, 1), (5, 1), (4, 2))),
    *((f"worker killed at its file event {at}", partial(worker_killed, at=at)) for at in (1, 2)),
    ("disk of the folder full (tmpfs), then room again", disk_full),
    ("right to write the folder lost and given back", rights_lost),
    ("two runs on one folder", two_runs),
    ("model replaced before --resume", model_replaced),
    ("articles changed before --resume", articles_changed),
    ("finished shard removed", shard_removed),
    ("clock jumps during a run to a folder", clock_jumps),
]  # fmt: skip
