"""Memory does not grow with the evidence: twice as many messages take what half of them took.

Both cases are larger than the page caches of the database (verify fills the last of them at
some 70,000 messages), so that what still grows is kept by somebody. A sanitizer keeps memory of
its own accord; nothing is measured under one.
"""
import os
import pathlib
import subprocess
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "hostile"))
from command import PROGRAM, SOURCE, CaseTest  # noqa: E402
from sandbox import MEASURE  # noqa: E402

FEWER, MORE = 80_000, 160_000
MOST_GROWTH = 3 << 10  # KiB, of 80,000 messages


@unittest.skipIf(os.environ.get("FORENSICS_SANITIZED"), "under a sanitizer memory is not the command's")
class Memory(CaseTest):
    def peak(self, *arguments):
        """KiB, of the command or of a worker, whichever took more."""
        tells, tell = os.pipe()
        with subprocess.Popen([sys.executable, "-S", "-c", MEASURE, str(tell), "-1", PROGRAM,
                               *map(str, arguments)], pass_fds=[tell],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            os.close(tell)
            with os.fdopen(tells) as told:
                code, kib = map(int, told.read().split())
        self.assertIn(code, (0, 1), arguments)
        return kib

    def peaks(self, messages):
        folder = self.folder / str(messages)
        folder.mkdir()
        export, case = folder / "_chat.txt", folder / "case"
        subprocess.run([sys.executable, SOURCE / "bench/gen/whatsapp_text.py", "--n", str(messages),
                        "--seed", "5", "--dialect", "ios", "-o", export], check=True)
        self.init(case)
        return {"ingest": self.peak("ingest", case, export),
                "messages": self.peak("messages", case, "--json"),
                "search": self.peak("search", case, "the", "--json"),
                "report": self.peak("report", case, "-o", folder / "report"),
                "verify": self.peak("verify", case)}

    def test_twice_as_many_messages_take_no_more(self):
        fewer, more = self.peaks(FEWER), self.peaks(MORE)
        print("KiB", fewer, more, file=sys.stderr)
        for command, peak in more.items():
            with self.subTest(command):
                self.assertLess(peak, fewer[command] + MOST_GROWTH)


if __name__ == "__main__":
    unittest.main()
