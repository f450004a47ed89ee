#!/usr/bin/env python3
"""docs/ASSURANCE.md, promises.py, the code and the tests of a build folder speak of the same things."""
import pathlib
import re
import subprocess
import sys
import unittest

from promises import PROMISES

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop()).resolve()


class Document(unittest.TestCase):
    def test_each_promise_stands_in_the_document_with_its_test(self):
        text = (ROOT / "docs/ASSURANCE.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (P\d\d) \|.*\| `([^`]+)` \|$", text, re.MULTILINE)
        self.assertEqual(rows, [(each.id, each.test) for each in PROMISES])

    def test_each_test_exists(self):
        listed = subprocess.run(["ctest", "--test-dir", BUILD, "-N", "-C", "soak"],
                                capture_output=True, text=True, check=True).stdout
        names = set(re.findall(r"Test +#\d+: (.+)", listed))
        self.assertGreater(len(names), 100)
        for each in PROMISES:
            self.assertTrue(each.test in names, f"{each.id}: there is no test {each.test}")

    def test_each_breakage_has_its_place_in_the_code(self):
        for each in PROMISES:
            with self.subTest(each.id):
                code = (ROOT / each.file).read_text(encoding="utf-8")
                self.assertEqual(code.count(each.sound), 1)
                self.assertNotEqual(each.sound, each.broken)


if __name__ == "__main__":
    unittest.main()
