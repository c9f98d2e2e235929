"""Faults of runs that write one file, or to standard output."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
from collections.abc import Callable
from functools import partial

from stage import SIGNALS, Stage, expect, left_over, lines_lost, soundly

Fault = Callable[[Stage], int]

OLD = b'{"old": "results"}\n'
RIGHTS = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search")
"""Before a command: root without the right to pass over permissions."""


def reference(stage: Stage) -> bytes:
    done = stage.predict("--format", "jsonl")
    soundly(done, 0)
    return done.out


def ended_by_signal(stage: Stage, number: int, at: int) -> int:
    """The run ends as it opens its temporary file (1) or renames it (2): the old results are whole, then the new."""
    output = stage.folder / "out" / "stances.jsonl"
    output.parent.mkdir()
    output.write_bytes(OLD)
    hurt = {"HURT_UNDER": output.parent, "HURT_AT": at, "HURT_BY": number}
    done = stage.predict("--format", "jsonl", "--output", output, **hurt)
    expect(done.code == {9: -9, 15: 143, 2: 130}[number], f"exit code {done.code}: {done.err}")
    expect("Traceback" not in done.err, done.err)
    expect(output.read_bytes() == OLD, "the old results are gone")
    expect(number == 9 or not left_over(output.parent), "a temporary file is left")
    soundly(stage.predict("--format", "jsonl", "--output", output), 0)
    return lines_lost(output.read_bytes(), reference(stage))


def training_ended(stage: Stage, number: int, at: int) -> int:
    """Training that is ended leaves the old model or the new one, never half of one, never one of each."""
    model = stage.folder / "models" / "m.joblib"
    model.parent.mkdir()
    soundly(stage.run("train", stage.rows, "--output", model), 0)
    hurt = {"HURT_UNDER": model.parent, "HURT_AT": at, "HURT_BY": number}
    done = stage.run("train", stage.rows, "--output", model, "--force", "--seed", 1, **hurt)
    expect(done.code != 0 and "Traceback" not in done.err, done.err)
    check = stage.run("info", "--verify", "--model", model)
    soundly(check, 0, 1)
    expect(check.code == 0 or b"of another training" in check.out, check.out)
    soundly(stage.run("train", stage.rows, "--output", model, "--force", "--seed", 1), 0)
    soundly(stage.run("info", "--verify", "--model", model), 0)
    return 0


def disk_full(stage: Stage, form: str) -> int:
    """A file system of 64 kB takes no results; the message says so, and nothing half-written is left."""
    disk = stage.folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk], check=True)
    try:
        (disk / "filled").write_bytes(bytes(60 * 1024))
        done = stage.predict("--format", form, "--output", disk / "out")
        soundly(done, 1)
        expect("expected a place to write to, found none (No space left on device)" in done.err, done.err)
        expect([path.name for path in disk.iterdir()] == ["filled"], "something half-written is left")
        (disk / "filled").unlink()
    finally:
        subprocess.run(["umount", disk], check=True)
    soundly(stage.predict("--format", form, "--output", disk / "out"), 0)
    return 0


def file_size_limit(stage: Stage) -> int:
    """The system refuses a file's last bytes (a quota): as a full disk."""
    output = stage.folder / "out.jsonl"
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (20_000, 20_000))
    done = stage.predict("--format", "jsonl", "--output", output, before=limit)
    soundly(done, 1)
    expect(not output.exists() and not left_over(stage.folder), "something half-written is left")
    soundly(stage.predict("--format", "jsonl", "--output", output), 0)
    return lines_lost(output.read_bytes(), reference(stage))


def no_rights(stage: Stage) -> int:
    """A folder that the user may not write to."""
    output = stage.folder / "closed" / "out.jsonl"
    output.parent.mkdir()
    output.parent.chmod(0o555)
    done = stage.predict("--format", "jsonl", "--output", output, without=RIGHTS)
    output.parent.chmod(0o755)
    soundly(done, 1)
    expect("Permission denied" in done.err and not output.exists(), done.err)
    return 0


def unreadable_article(stage: Stage) -> int:
    """One article of many that the user may not read: named, the others done, exit code 3."""
    wanted = reference(stage)
    (stage.corpus / "zz.txt").write_text("Sen. Ann Ash won.", encoding="utf-8")
    (stage.corpus / "zz.txt").chmod(0)
    done = stage.predict("--format", "jsonl", without=RIGHTS)
    soundly(done, 3)
    expect("zz.txt" in done.err, done.err)
    return lines_lost(done.out, wanted)


def while_running(stage: Stage, hurt: Callable[[Stage], object]) -> tuple[bytes, int, str]:
    """Start a run whose first article is a slow pipe, hurt something meanwhile, let it go on."""
    reader = subprocess.Popen(
        stage.command("predict", "-", stage.corpus, "--model", stage.model, "--format", "jsonl"),
        env=stage.environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert reader.stdin
    reader.stdin.write(b"Sen. Ann Ash lost.")
    reader.stdin.flush()
    loaded = threading.Event()
    loaded.wait(3)  # the model is read in well under a second; nothing shows from outside that it has been
    hurt(stage)
    out, err = reader.communicate(timeout=120)
    return out, reader.returncode, err.decode()


def model_replaced(stage: Stage) -> int:
    """The model file is replaced by another while a run is on: all rows are of the model that it began with."""
    wanted = reference(stage)
    out, code, err = while_running(stage, lambda stage: stage.model.write_bytes(b"another"))
    expect(code == 0, err)
    return lines_lost(b"\n".join(out.splitlines()[1:]) + b"\n", wanted)


def model_being_written(stage: Stage, share: float) -> int:
    """A model file that somebody is still copying: refused in one line, read once it is whole."""
    whole = stage.model.read_bytes()
    wanted = reference(stage)
    stage.model.write_bytes(whole[: int(share * len(whole))])
    done = stage.predict("--format", "jsonl")
    soundly(done, 1)
    expect(done.out == b"" and "copy it again" in done.err, done.err)
    stage.model.write_bytes(whole)
    return lines_lost(reference(stage), wanted)


def article_gone(stage: Stage) -> int:
    """An article is removed after the folder was listed: named, the others done."""
    wanted = reference(stage)
    (stage.corpus / "gone.txt").symlink_to(stage.corpus / "nowhere.txt")
    done = stage.run("predict", stage.corpus, stage.corpus / "gone.txt", "--model", stage.model, "--format", "jsonl")
    soundly(done, 3)
    return lines_lost(done.out, wanted)


def strange_neighbours(stage: Stage) -> int:
    """A folder with a pipe, a link to itself, a link up, a socket, an archive and a picture beside the articles."""
    wanted = reference(stage)
    os.mkfifo(stage.corpus / "pipe.txt")
    (stage.corpus / "self.txt").symlink_to("self.txt")
    (stage.corpus / "up").symlink_to(stage.corpus)
    (stage.corpus / "news.zip").write_bytes(b"PK\x03\x04")
    (stage.corpus / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = stage.predict("--format", "jsonl")
    soundly(done, 3)
    expect("picture.txt" in done.err, done.err)
    return lines_lost(done.out, wanted)


def endless_article(stage: Stage) -> int:
    """An article of 200 MB: refused by its size, the others done."""
    wanted = reference(stage)
    with (stage.corpus / "zz.txt").open("wb") as file:
        file.truncate(200_000_000)
    done = stage.predict("--format", "jsonl")
    soundly(done, 3)
    expect("zz.txt" in done.err, done.err)
    return lines_lost(done.out, wanted)


def damaged_table(stage: Stage) -> int:
    """A packed table cut off in the middle: the rows before are done, the damage is named."""
    import gzip
    import json

    rows = [{"id": f"{number}", "text": f"Sen. Ann Ash lost vote {number}."} for number in range(5000)]
    path = stage.folder / "t.jsonl.gz"
    data = gzip.compress("\n".join(map(json.dumps, rows)).encode())
    path.write_bytes(data[: len(data) // 2])
    done = stage.run("predict", path, "--model", stage.model, "--format", "jsonl")
    soundly(done, 3)
    expect("damaged archive" in done.err and done.out.count(b"\n") > 1000, done.err)
    return 0


def no_memory(stage: Stage) -> int:
    """Too little memory for the job: one line, no half-written file."""
    (stage.corpus / "large.txt").write_text("word " * 18_000_000, encoding="utf-8")
    output = stage.folder / "out.jsonl"
    limit = partial(resource.setrlimit, resource.RLIMIT_AS, (300 * 2**20, 300 * 2**20))
    more = {"OPENBLAS_NUM_THREADS": 1, "OMP_NUM_THREADS": 1}
    done = stage.predict("--format", "jsonl", "--output", output, before=limit, **more)
    soundly(done, 1)
    expect(not output.exists() and not left_over(stage.folder), "something half-written is left")
    return 0


def clock_jumps(stage: Stage) -> int:
    """The clock jumps by days and years with every look at it."""
    wanted = reference(stage)
    done = stage.predict("--format", "jsonl", CLOCK="jumps")
    soundly(done, 0)
    return lines_lost(done.out, wanted)


def reader_leaves(stage: Stage) -> int:
    """Whoever reads the results goes away (`| head`)."""
    command = " ".join(stage.command("predict", stage.corpus, "--model", stage.model, "--format", "jsonl"))
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -n 1"], env=stage.environment(), capture_output=True
    )
    expect(done.returncode == 0 and done.stderr == b"", done.stderr)
    return 1 - done.stdout.count(b"\n")


def standard_streams(stage: Stage, how: str, code: int) -> int:
    """Standard output, input or error are closed, or full."""
    command = " ".join(stage.command("predict", stage.corpus, "--model", stage.model, "--format", "jsonl"))
    done = subprocess.run(["bash", "-c", f"{command} {how}"], env=stage.environment(), capture_output=True)
    expect(done.returncode == code and b"Traceback" not in done.stderr, done.stderr)
    return lines_lost(done.stdout, reference(stage)) if code == 0 and ">" not in how.replace("2>", "") else 0


def two_writers(stage: Stage) -> int:
    """Two runs write one file at once: it holds the results of one of them, whole."""
    output = stage.folder / "out.jsonl"
    command = stage.command("predict", stage.corpus, "--model", stage.model, "--format", "jsonl", "--output", output)
    runs = [subprocess.Popen(command, env=stage.environment(), stderr=subprocess.PIPE) for _ in range(2)]
    for run in runs:
        _, err = run.communicate(timeout=120)
        expect(run.returncode == 0, err)
    expect(not left_over(stage.folder), "a temporary file is left")
    return lines_lost(output.read_bytes(), reference(stage))


def nowhere(stage: Stage) -> int:
    """The folder in which the run stands has been removed."""
    place = stage.folder / "place"
    place.mkdir()
    command = " ".join(stage.command("predict", stage.corpus, "--model", stage.model, "--format", "jsonl"))
    done = subprocess.run(
        ["bash", "-c", f"cd {place}; rmdir {place}; {command}"], env=stage.environment(), capture_output=True
    )
    expect(done.returncode == 0 and b"Traceback" not in done.stderr, done.stderr)
    return lines_lost(done.stdout, reference(stage))


FAULTS: list[tuple[str, Fault]] = [
    *((f"{name} as the result file is {stage}", partial(ended_by_signal, number=number, at=at))
      for name, number in SIGNALS for at, stage in ((1, "begun"), (2, "renamed"))),
    *((f"{name} in training, at its file event {at}", partial(training_ended, number=number, at=at))
      for name, number in SIGNALS for at in (1, 2, 3, 4)),
    *((f"disk full (tmpfs), {form}", partial(disk_full, form=form)) for form in ("jsonl", "csv", "parquet")),
    ("file size limit reached", file_size_limit),
    ("no right to write the result", no_rights),
    ("no right to read one article", unreadable_article),
    ("model replaced during the run", model_replaced),
    *((f"model file copied to {share:.0%}", partial(model_being_written, share=share)) for share in (0.0, 0.5, 0.99)),
    ("article removed after it was named", article_gone),
    ("pipe, links in circles, archive and picture in the folder", strange_neighbours),
    ("article of 200 MB", endless_article),
    ("packed table cut off", damaged_table),
    ("memory used up", no_memory),
    ("clock jumps by days and years", clock_jumps),
    ("reader of the results leaves", reader_leaves),
    ("standard output closed", partial(standard_streams, how=">&-", code=1)),
    ("standard output full", partial(standard_streams, how=">/dev/full", code=1)),
    ("standard error closed", partial(standard_streams, how="2>&-", code=0)),
    ("standard input closed", partial(standard_streams, how="<&-", code=0)),
    ("two runs write one file", two_writers),
    ("working folder removed", nowhere),
]  # fmt: skip
