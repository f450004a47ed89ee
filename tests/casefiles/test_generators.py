"""The generators under bench/gen/ write what they say, the same each time."""

import hashlib
import io
import json
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path

GENERATORS = Path(__file__).resolve().parents[2] / "bench" / "gen"
sys.path.insert(0, str(GENERATORS))

import hostile  # noqa: E402

# Written apart from the generator: header, attachment and omitted media of each dialect.
SHAPES = {
    "android": (r"\d\d/\d\d/\d{4}, \d\d:\d\d - ", r"IMG-\d{8}-WA\d{4}\.jpg \(file attached\)$",
                r"<Media omitted>$"),
    "ios": (r"\u200e?\[\d\d/\d\d/\d{4}, \d\d:\d\d:\d\d\] ", r"<attached: [^>]+>$",
            r"\u200eimage omitted$"),
    "us12": (r"\d{1,2}/\d{1,2}/\d\d, \d{1,2}:\d\d\u202f[AP]M - ",
             r"IMG-\d{8}-WA\d{4}\.jpg \(file attached\)$", r"<Media omitted>$"),
}
AUTHOR = re.compile(r"(?!Bench Group: )[^:]{1,30}: ")
PINNED = {
    "android": "e785206ce022479ec22c9550eae54fd4d17e3c90dc4a5e0b6cbf8d2e0a88f23d",
    "ios": "525ee8d928e997ec94fddefcb9c5007d30fe0a4f862d9ff02c3735bb3ba4b848",
    "us12": "b0b095013f63afd9e77cb8c7ababc68d73ba62b9420a990283a395b91ee7c3a3",
}


def generated(dialect, n, seed=1):
    """(text, truth) of one run of the command."""
    with tempfile.TemporaryDirectory() as folder:
        truth = Path(folder, "truth.json")
        run = subprocess.run(
            [sys.executable, "-B", GENERATORS / "whatsapp_text.py", "--n", str(n), "--seed",
             str(seed), "--dialect", dialect, "-o", "-", "--truth", truth],
            stdout=subprocess.PIPE, check=True)
        return run.stdout, json.loads(truth.read_text(encoding="utf-8"))


class WhatsappText(unittest.TestCase):
    def test_truth_fits_the_lines(self):
        for dialect, (header, attachment, omitted) in SHAPES.items():
            data, truth = generated(dialect, 5000)
            lines = re.split(r"\r?\n", data.decode())
            bodies = [line[match.end():] for line in lines
                      for match in [re.match(header, line)] if match]
            found = {
                "records": len(bodies),
                "messages": sum(bool(AUTHOR.match(body)) for body in bodies),
                "system": sum(not AUTHOR.match(body) for body in bodies),
                "attachments": sum(bool(re.search(attachment, body)) for body in bodies),
                "omitted": sum(bool(re.search(omitted, body)) for body in bodies),
                "bytes": len(data),
            }
            self.assertEqual(found, truth, dialect)
            self.assertEqual(truth["records"], 5000)
            continued = len(lines) - 1 - len(bodies)
            self.assertTrue(600 < continued < 900, f"{continued} continuation lines")

    def test_bytes_depend_on_nothing_but_the_arguments(self):
        for dialect, expected in PINNED.items():
            data, _ = generated(dialect, 2000)
            self.assertEqual(hashlib.sha256(data).hexdigest(), expected, dialect)
        self.assertNotEqual(generated("android", 50)[0], generated("android", 50, seed=2)[0])

    def test_no_messages_no_bytes(self):
        data, truth = generated("android", 0)
        self.assertEqual((data, truth["records"], truth["bytes"]), (b"", 0, 0))


class Hostile(unittest.TestCase):
    def members(self, name):
        with zipfile.ZipFile(io.BytesIO(hostile.CASES[name][1]())) as archive:
            return archive.infolist()

    def test_every_case_can_be_repeated(self):
        for name, (defect, build) in hostile.CASES.items():
            if "ratio" in name or "bomb" in name:
                continue
            self.assertTrue(defect, name)
            self.assertEqual(build(), build(), name)

    def test_truncated_zips_have_no_directory(self):
        for name in ("truncated.zip", "truncated-directory.zip"):
            with self.assertRaises(zipfile.BadZipFile, msg=name):
                self.members(name)

    def test_hostile_names_reach_the_archive(self):
        names = [member.orig_filename for member in self.members("name-traversal.zip")]
        self.assertIn("../../../../tmp/escaped.txt", names)
        self.assertEqual([m.orig_filename for m in self.members("name-duplicate.zip")],
                         ["_chat.txt", "a.txt", "a.txt", "_chat.txt"])
        self.assertIn("photo\u202egpj.exe",
                      [m.orig_filename for m in self.members("name-rtl-override.zip")])
        self.assertIn("nul\0hidden.exe",
                      [m.orig_filename for m in self.members("name-control.zip")])

    def test_password_opens_the_encrypted_member(self):
        with zipfile.ZipFile(io.BytesIO(hostile.CASES["encrypted.zip"][1]())) as archive:
            with self.assertRaises(RuntimeError):
                archive.read("_chat.txt")
            self.assertEqual(archive.read("_chat.txt", pwd=b"harbour"), hostile.CHAT.encode())

    def test_nested_zip_is_twelve_deep(self):
        data, depth = hostile.CASES["nested-12.zip"][1](), 0
        while data:
            depth += 1
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inner = [name for name in archive.namelist() if name.endswith(".zip")]
                self.assertIn("_chat.txt", archive.namelist())
                data = archive.read(inner[0]) if inner else None
        self.assertEqual(depth, 12)

    def test_high_ratio_is_high(self):
        zeros = self.members("high-ratio.zip")[1]
        self.assertEqual(zeros.file_size, 200_000_000)
        self.assertLess(zeros.compress_size, 250_000)

    def test_symlinks_are_links(self):
        kinds = {m.orig_filename: m.external_attr >> 28 for m in self.members("symlink.zip")}
        self.assertEqual(kinds, {"_chat.txt": 8, "passwd": 10, "up": 10, "up/escaped.txt": 8})


if __name__ == "__main__":
    unittest.main()
