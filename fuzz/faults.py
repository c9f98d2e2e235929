"""Faults injected into stance, each on a stage of its own: what the user sees, and how many rows are lost (none).

    python fuzz/faults.py

Every fault is a function that hurts a run and gives the number of result rows that are missing or changed once the
user has done what the messages say (run again, or --resume). Some need root: to mount a small disk, to give up rights.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from pathlib import Path

from hurt_files import FAULTS as FILES
from hurt_folders import FAULTS as FOLDERS
from record import scratch, write_result
from stage import LostError, Stage

from models import tiny
from stance.compiled import CompiledModel
from stance.storage import packed, read_compiled, signed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true", help="write the counts to results.json")
    parser.add_argument("--only", help="run the faults whose name holds this")
    options = parser.parse_args()
    lost, failed, table, start = 0, [], {}, time.monotonic()
    with scratch() as folder:
        tiny(folder)
        other = read_compiled(folder / "tiny.npz", CompiledModel)
        (folder / "other.npz").write_bytes(packed(signed(replace(other, metadata={**other.metadata, "seed": 1}))))
        for number, (name, fault) in enumerate([*FILES, *FOLDERS]):
            if options.only and options.only not in name:
                continue
            try:
                rows = fault(Stage(folder / str(number), folder / "tiny.npz"))
                lost += rows
                table[name] = f"rows lost: {rows}"
            except (LostError, OSError) as error:
                failed.append(name)
                table[name] = f"FAILED: {error}"
            print(f"{name:72} {table[name]}", flush=True)
    minutes = round((time.monotonic() - start) / 60, 1)
    result = {"faults": len(table), "failed": len(failed), "rows_lost": lost, "minutes": minutes, "table": table}
    print(f"faults: {len(table)} injected, {len(failed)} failed, rows lost: {lost}")
    if options.record:
        write_result(Path(__file__).stem, result)
    sys.exit(1 if failed or lost else 0)


if __name__ == "__main__":
    main()
