"""Commands that write to a case on a disk that fails between any two system calls.

Every change that an undisturbed run makes below the case folder is counted; then the run is
repeated with each kind of fault at each of them. After each, the same command is given again on a
good disk: the case must then be the one that an undisturbed run leaves.
FORENSICS_FAULT_STRIDE=n takes every n-th of these runs (1: all of them), FORENSICS_FAULT_KINDS only
those of some kinds ("eio,power").
"""
import concurrent.futures
import os
import pathlib
import shutil
import tempfile
import threading
import unittest
import zipfile

from faults import (DEADLY, KINDS, SOURCE, SYNC, Whole, acquired, objects, run, run_faulty, snapshot,
                    trouble_of)

STRIDE = int(os.environ.get("FORENSICS_FAULT_STRIDE", "23"))
CHOSEN = os.environ.get("FORENSICS_FAULT_KINDS", ",".join(KINDS)).split(",")
AT_ONCE = 2
IMAGE = SOURCE / "casefiles/harbour/phone-b/harbour-group/ferry-ticket.png"


def make_evidence(folder):
    """Two small exports, one of them an archive with a picture in it."""
    folder.mkdir()
    (folder / "WhatsApp Chat with Anna.txt").write_text(
        "13/05/2024, 09:15 - Anna: The ferry leaves at nine.\n"
        "13/05/2024, 09:16 - Bilal: I have two tickets\nand no luggage.\n"
        "14/05/2024, 21:40 - Anna: قارب\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "WhatsApp Chat - Karim.zip", "w") as archive:
        archive.writestr("_chat.txt",
                         "[15/05/2024, 08:01:02] Karim: ‎<attached: ferry-ticket.png>\r\n"
                         "[15/05/2024, 08:03:00] Anna: Thanks!\r\n")
        archive.write(IMAGE, "ferry-ticket.png")


class CommitPath(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="forensics-fault-")).resolve()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.evidence = self.folder / "evidence"
        make_evidence(self.evidence)
        self.before = snapshot(self.evidence)
        # Copies of one case have one key: their salts, and so their record trees, are the same.
        self.blank = self.folder / "blank"
        made = run("init", self.blank, "--number", "2026-0001", "--examiner", "A. Examiner")
        self.assertEqual(made.code, 0, made.err)

    def ingest(self, case):
        return ["ingest", case, self.evidence]

    def rebuild(self, case):
        return ["rebuild", case]

    def copy(self, start, name):
        case = self.folder / name / "case"
        shutil.rmtree(case.parent, ignore_errors=True)
        shutil.copytree(start, case)
        return case

    def faults(self, start, command):
        """Every change of an undisturbed run from `start`, and what that run leaves."""
        case = self.copy(start, "undisturbed")
        ran, changes = run_faulty(case, *command(case), scratch=case.parent)
        self.assertIn(ran.code, (0, 1), ran.err)
        self.assertEqual([c for c in changes if c[0] == 0], [], "changes outside the case folder")
        whole = Whole(case, ran.code)
        self.assertEqual(whole.differences(case), [])
        return changes, whole

    def disturbed(self, start, command, whole, change, kind):
        """One fault, one repetition: what is wrong then."""
        number, call, path = change
        case = self.copy(start, f"run{threading.get_ident()}")
        stored = objects(case)
        ran, changes = run_faulty(case, *command(case), at=number, kind=kind, scratch=case.parent)
        wrong = self.judge(case, whole, ran, changes, change, kind)
        stored |= objects(case)
        if not acquired(case) <= stored:
            wrong.append(f"the ledger names objects that are not there: {acquired(case) - stored}")
        resumed = run(*command(case))
        if resumed.code != whole.code:
            wrong.append(f"the repetition ends with {resumed.code}: {resumed.err}")
        else:
            wrong += whole.differences(case)
        if not stored <= objects(case):
            wrong.append(f"lost: {stored - objects(case)}")
        if snapshot(self.evidence) != self.before:
            wrong.append("the evidence was touched")
        if wrong:
            return f"{kind} at {number} ({call} {path[len(str(case)):]}): " + "; ".join(wrong)
        shutil.rmtree(case.parent)
        return None

    def judge(self, case, whole, ran, changes, change, kind):
        """What is wrong with how the disturbed run ended."""
        number, call, path = change
        wrong = [f"changes outside the case: {c}" for c in changes if c[0] == 0]
        reached = [c for c in changes if c[0] == number]
        if not reached:
            return wrong + ["the run never came to this change"]
        if kind in DEADLY:
            if ran.code != -9:
                wrong.append(f"it was not killed there: {ran.code} {ran.err}")
            return wrong
        if kind == "short" or ran.code == whole.code:
            # A short write is no error; and what is only tidied up at the end may fail.
            if ran.code != whole.code:
                wrong.append(f"it ended with {ran.code}: {ran.err}")
            elif trouble_of(run("verify", case, "--json")):
                wrong.append("it said that all is well, and verify does not")
            return wrong
        if ran.code != 6:
            wrong.append(f"it ended with {ran.code}: {ran.err}")
        reason = "No space left on device" if kind == "full" else "Input/output error"
        if "cannot make a file beside it: the disk is full" in ran.err:
            reason = "the disk is full"
        for words in (reason, str(case), "run the same command again"):
            if words not in ran.err:
                wrong.append(f"its message does not say '{words}': {ran.err}")
        if kind == "eio":
            # What was written anew since, as a rollback of SQLite does, may be brought to disk.
            later = [c for c in changes if c[0] > number and c[2] == reached[0][2]]
            if later and later[0][1] in SYNC:
                wrong.append(f"a failed sync was tried again: {later[0]}")
        return wrong

    def disturb(self, start, command):
        changes, whole = self.faults(start, command)
        runs = [(change, kind) for kind in CHOSEN for change in changes
                if KINDS[kind] is None or change[1] in KINDS[kind]]
        taken = runs[::STRIDE]
        # The first and the last change of each kind are the ones that a stride would miss.
        if STRIDE > 1:
            taken += [(changes[-1], "kill"), (changes[-1], "after")]
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
            judged = pool.map(lambda item: self.disturbed(start, command, whole, *item), taken)
            wrong = []
            for done, text in enumerate(judged, 1):
                if text:
                    wrong.append(text)
                    print(text, flush=True)
                if done % 100 == 0:
                    print(f"{done} of {len(taken)}: {taken[done - 1][1]}", flush=True)
        print(f"{len(changes)} changes, {len(runs)} faults, {len(taken)} of them tried, "
              f"{len(wrong)} with a consequence", flush=True)
        self.assertEqual(wrong, [], "\n".join(wrong))
        return changes

    def test_a_first_run_at_every_change(self):
        changes = self.disturb(self.blank, self.ingest)
        paths = " ".join(path for _, _, path in changes)
        for part in ("ledger/entries.jsonl", "ledger/checkpoints/", "objects/tmp/", "case.db-wal"):
            self.assertIn(part, paths)
        self.assertGreater(len(changes), 60, "the path has fewer steps than it is known to have")

    def test_a_recovery_at_every_change(self):
        """The run that clears up after a death: half a line in the ledger, a database behind it."""
        case = self.copy(self.blank, "torn")
        _, changes = run_faulty(case, *self.ingest(case), scratch=case.parent)
        writes = [c for c in changes if c[1] == "write" and c[2].endswith("entries.jsonl")]
        start = self.copy(self.blank, "start")
        ran, _ = run_faulty(start, *self.ingest(start), at=writes[-3][0], kind="torn",
                            scratch=start.parent)
        self.assertEqual(ran.code, -9)
        changes = self.disturb(start, self.ingest)
        self.assertIn("ledger/recovery/", " ".join(path for _, _, path in changes))

    def test_a_rebuild_at_every_change(self):
        start = self.copy(self.blank, "start")
        self.assertIn(run(*self.ingest(start)).code, (0, 1))
        changes = self.disturb(start, self.rebuild)
        self.assertIn("case.db.before-1", " ".join(path for _, _, path in changes))


if __name__ == "__main__":
    unittest.main()
