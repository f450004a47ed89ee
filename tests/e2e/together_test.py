"""Several commands at work on one case: one writer, any number of readers."""
import fcntl
import json
import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
import unittest

from command import HARBOUR, PROGRAM, SOURCE, CaseTest, run

F_OFD_SETLK = 37


def make_evidence(folder, messages):
    folder.mkdir()
    for name in ("a", "b", "c"):
        shutil.copytree(HARBOUR / f"phone-{name}", folder / name)
    # Read after the small chats of a and b and before those of c: while it is read, they are there.
    large = folder / "b-large"
    large.mkdir()
    subprocess.run([sys.executable, SOURCE / "bench/gen/whatsapp_text.py", "--n", str(messages),
                    "--seed", "3", "--dialect", "ios", "-o", large / "_chat.txt"], check=True)
    return folder


class Writers(CaseTest):
    def setUp(self):
        super().setUp()
        self.init()
        self.evidence = self.folder / "chat.txt"
        self.evidence.write_text("13/05/2024, 09:15 - Anna: one\n")
        self.lock = self.case / "lock"

    def hold(self):
        """Holds the lock as another program would that writes no note."""
        file = os.open(self.lock, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.fcntl(file, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0))
        return file

    def test_a_second_writer_is_told_who_holds_the_case(self):
        evidence = make_evidence(self.folder / "evidence", 20000)
        first = subprocess.Popen([PROGRAM, "ingest", self.case, evidence],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 60
            while not (self.lock.exists() and self.lock.read_text()):
                self.assertLess(time.monotonic(), deadline)
                time.sleep(0.002)
            first.send_signal(signal.SIGSTOP)
            since = json.loads(self.lock.read_text())["since"]
            ledger = (self.case / "ledger/entries.jsonl").read_bytes()
            for arguments in (("ingest", self.case, self.evidence), ("rebuild", self.case),
                              ("assert", self.case, "--exhibit", "EX001", "--zone", "UTC")):
                with self.subTest(command=arguments[0]):
                    ran = run(*arguments)
                    self.assertIn(ran.code, (2, 6) if arguments[0] == "assert" else (6,), ran.err)
                    if ran.code == 6:
                        self.assertIn(f"process {first.pid}, forensics ingest, since {since}",
                                      ran.err)
                        self.assertIn("wait for it", ran.err)
            self.assertEqual((self.case / "ledger/entries.jsonl").read_bytes(), ledger)
        finally:
            first.send_signal(signal.SIGCONT)
            self.assertIn(first.wait(), (0, 1))
        self.expect(0, "verify", self.case)

    def test_a_dead_writer_holds_nothing(self):
        for note in ("", "nonsense", '{"process":1}\n',
                     '{"command":"forensics ingest","host":"elsewhere","process":1,'
                     '"since":"2026-01-02T03:04:05.678Z","started":1}\n'):
            with self.subTest(note=note):
                self.lock.write_text(note)
                self.expect(0, "ingest", self.case, self.evidence)
                self.assertEqual(self.lock.read_text(), "", "the note stays when the writer goes")

    def test_a_note_of_one_that_is_gone_does_not_mislead(self):
        """The lock decides, and the note counts only while it speaks of a living process."""
        gone = subprocess.Popen(["true"])
        gone.wait()
        held = self.hold()
        self.addCleanup(os.close, held)
        host = os.uname().nodename
        for process in (gone.pid, os.getpid()):  # the second is alive, and began at another time
            self.lock.write_text(json.dumps(
                {"command": "forensics ingest", "host": host, "process": process,
                 "since": "2026-01-02T03:04:05.678Z", "started": 1},
                sort_keys=True, separators=(",", ":")) + "\n")
            ran = self.expect(6, "ingest", self.case, self.evidence)
            self.assertNotIn(f"process {process}", ran.err)
            self.assertNotIn("2026-01-02", ran.err)
            self.assertIn("another writer is at work on this case (a process that has not said "
                          "which it is)", ran.err)

    def test_a_writer_on_another_machine_is_named_with_it(self):
        held = self.hold()
        self.addCleanup(os.close, held)
        self.lock.write_text('{"command":"forensics ingest","host":"desk-7.example","process":4711,'
                             '"since":"2026-01-02T03:04:05.678Z","started":1}\n')
        ran = self.expect(6, "ingest", self.case, self.evidence)
        self.assertIn("process 4711 on desk-7.example, forensics ingest, since "
                      "2026-01-02T03:04:05.678Z", ran.err)

    def test_a_reader_that_stays_keeps_a_writer_from_beginning(self):
        """A limit that README states: the case is at rest, and its database is one plain file."""
        self.expect(0, "ingest", self.case, self.evidence)
        reader = sqlite3.connect(self.case / "case.db", isolation_level=None)
        self.addCleanup(reader.close)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM message").fetchall()
        ran = self.expect(6, "ingest", self.case, self.evidence)
        self.assertIn("another program has the case database in use", ran.err)
        reader.close()
        self.expect(0, "ingest", self.case, self.evidence)
        self.expect(0, "verify", self.case)


class Readers(CaseTest):
    def consistent(self, name, ran, lines):
        """What holds of a case at every moment between two steps of its writer."""
        self.assertNotIn("locked", ran.err)
        self.assertNotIn("in use", ran.err)
        if name == "status":
            total, *exhibits = lines
            for count in ("artifacts", "bytes", "messages", "errors", "unexplained_bytes"):
                self.assertEqual(total[count], sum(each[count] for each in exhibits), ran.out)
            self.assertIn(f" messages={total['messages']} ", ran.err)
        if name == "verify":
            failures = [each for each in lines[0]["findings"] if each["severity"] == "failure"]
            self.assertEqual(failures, [])

    def test_readers_beside_a_writer_see_whole_steps(self):
        evidence = make_evidence(self.folder / "evidence", 25000)
        self.init()
        writer = subprocess.Popen([PROGRAM, "ingest", self.case, evidence],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        commands = {"status": (), "messages": (), "timeline": (), "search": ("passport",),
                    "artifacts": (), "verify": ()}
        seen = {name: [] for name in commands}
        rounds = 0
        while writer.poll() is None:
            # Held fast wherever it is, every other round and until it was seen between two steps: how
            # far it comes between two looks is then not left to the speed of the machine.
            held = rounds % 2 == 0 or len({len(lines) for lines in seen["messages"]}) < 3
            if held:
                writer.send_signal(signal.SIGSTOP)
            for name, words in commands.items():
                if name == "verify" and rounds % 4 != 1:
                    continue
                ran = run(name, self.case, *words, "--json")
                if ran.code == 6 and held:
                    # The writer was stopped in one of the moments that shut readers out.
                    self.assertIn("another program has the case database in use", ran.err)
                    continue
                self.assertIn(ran.code, (0, 1) if name == "verify" else (0,), ran.err)
                self.consistent(name, ran, ran.lines())
                if name not in ("status", "verify"):
                    seen[name].append(ran.out.splitlines())
            writer.send_signal(signal.SIGCONT)
            time.sleep(0.05)
            rounds += 1
        self.assertIn(writer.wait(), (0, 1), writer.stderr.read())
        writer.stderr.close()
        self.assertGreater(rounds, 1)
        # One run is one step: what was seen is some number of whole conversations, from the first.
        wanted = run("messages", self.case, "--json").out.splitlines()
        starts = [at for at, line in enumerate(wanted) if '"id":"C' in line and '-M000001"' in line]
        for lines in seen["messages"]:
            self.assertEqual(lines, wanted[:len(lines)])
            self.assertIn(len(lines), (*starts, len(wanted)))
        self.assertGreater(len({len(lines) for lines in seen["messages"]}), 1,
                           "no reader came between two steps")
        for name in ("timeline", "search"):
            last = set(run(name, self.case, *commands[name], "--json").out.splitlines())
            for lines in seen[name]:
                self.assertLessEqual(set(lines), last)
        self.expect(0, "verify", self.case)
        # A writer that ends beside a reader leaves the log to the next one.
        self.assertIn(run("ingest", self.case, evidence).code, (0, 1))
        self.assertFalse((self.case / "case.db-wal").exists(), "the readers are gone")


if __name__ == "__main__":
    unittest.main()
