"""Evidence that is large for no good reason. Each test states the memory that it may take."""
import os
import re
import unittest

from sandbox import Sandbox, bytes_on_disk

import folders

MIB = 1 << 20


@unittest.skipUnless("HOSTILE_SLOW" in os.environ, "long: HOSTILE_SLOW is not set")
class Soak(unittest.TestCase):
    def spring(self, name, fill, code, memory, disk, **counts):
        sandbox = Sandbox(self)
        fill(sandbox)
        sandbox.init()
        ran = sandbox.run("ingest", sandbox.case, sandbox.evidence)
        peak_of_ingest = sandbox.peak
        verified = sandbox.run("verify", sandbox.case)
        print(f"{name}: exit {ran.code}, peak of ingest {peak_of_ingest // MIB} MiB, with verify "
              f"{sandbox.peak // MIB} MiB, disk {bytes_on_disk(sandbox.case) // MIB} MiB\n"
              f"{ran.err[-2000:]}", flush=True)
        self.assertEqual(ran.code, code, ran.err)
        said = dict(re.findall(r"(\w+)=(\d+)", ran.err))
        for what, number in counts.items():
            self.assertEqual(int(said[what]), number, what)
        self.assertEqual(verified.code, 0, verified.err)
        self.assertLessEqual(sandbox.peak, memory * MIB)
        self.assertLessEqual(bytes_on_disk(sandbox.case), disk * MIB)

    def test_sparse_file(self):
        self.spring("2 GiB of zeros", lambda sandbox: folders.fill("sparse", sandbox),
                    code=1, memory=96, disk=2100, artifacts=2, messages=5)

    def test_many_files(self):
        self.spring("100,000 files", lambda sandbox: folders.fill("many-files", sandbox),
                    code=1, memory=160, disk=600, artifacts=100_001, messages=5)

    def test_one_line_of_two_gigabytes(self):
        def fill(sandbox):
            with open(sandbox.evidence / "_chat.txt", "wb") as file:
                file.write(b"13/03/2024, 14:00 - Ada: ")
                for _ in range(2000):
                    file.write(b"boat " * 200_000)
        self.spring("one line of 2 GB", fill, code=0, memory=96, disk=8_000, artifacts=1)

    def test_ten_million_empty_messages(self):
        def fill(sandbox):
            with open(sandbox.evidence / "_chat.txt", "wb") as file:
                for _ in range(1000):
                    file.write(b"13/03/2024, 14:00 - Ada: \n" * 10_000)
        self.spring("10,000,000 empty messages", fill, code=0, memory=96, disk=4_000,
                    artifacts=1, messages=10_000_000)


if __name__ == "__main__":
    unittest.main()
