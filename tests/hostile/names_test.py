"""Names of evidence where people and programs meet them: on a terminal, in a pipe, in JSON, in the
report, and as arguments of the command."""
import os
import re
import subprocess
import unittest

from sandbox import PROGRAM, Sandbox

import folders
import hostile

# What steers a terminal or turns the direction of text. Isolates that the command itself puts
# around a name (U+2068 ... U+2069) are none of these.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066\u2067]")
OWN_STYLE = re.compile("\x1b\\[[0-9;]*m")
COMMANDS = (("artifacts",), ("status",), ("conversations",), ("messages", "--limit", "20"),
            ("show", "A000002"), ("timeline", "--limit", "20"))


def on_a_terminal(sandbox, *arguments):
    """What the command writes where standard output is a terminal."""
    try:
        ours, its = os.openpty()
    except OSError as error:
        raise unittest.SkipTest(f"this machine gives no terminal: {error}") from error
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
    with subprocess.Popen([PROGRAM, *map(os.fsencode, arguments)], stdout=its, stderr=its,
                          stdin=subprocess.DEVNULL, env=environment,
                          cwd=sandbox.root / "work") as process:
        os.close(its)
        out = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            out += piece
    os.close(ours)
    return out.decode("utf-8").replace("\r\n", "\n")


class Names(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.sandbox = sandbox = Sandbox(cls(), cleanup=cls.addClassCleanup)
        folders.write(sandbox.evidence, folders.CHAT_NAME)
        for name in ("names-controls", "names-bidi", "names-options", "names-not-utf8"):
            folders.TRAPS[name][1](sandbox)
        for name in ("name-control.zip", "name-rtl-override.zip", "name-not-utf8.zip"):
            (sandbox.evidence / name).write_bytes(hostile.CASES[name][1]())
        sandbox.ingest()

    def check(self, text, what):
        found = STEERING.search(OWN_STYLE.sub("", text))
        self.assertIsNone(found, f"{what}: {found and text[max(0, found.start() - 60):][:90]!r}")

    def test_terminal(self):
        for command, *options in COMMANDS:
            text = on_a_terminal(self.sandbox, command, self.sandbox.case, *options)
            self.check(text, f"{command} on a terminal")
            if command == "artifacts":
                self.assertIn("<U+202E>", text)
                self.assertIn("<U+001B>", text)

    def test_json_on_a_terminal(self):
        text = on_a_terminal(self.sandbox, "artifacts", self.sandbox.case, "--json")
        self.check(text, "artifacts --json on a terminal")

    def test_pipe(self):
        for command, *options in COMMANDS:
            ran = self.sandbox.run(command, self.sandbox.case, *options)
            self.assertEqual(ran.code, 0, ran.err)
            self.check(ran.out + ran.err, command)

    def test_json(self):
        lines = self.sandbox.run("artifacts", self.sandbox.case, "--json").lines()
        paths = [line["path"] for line in lines]
        for name in ("photo\u202egpj.exe", "two\nlines.txt", "csi\u009b31m.txt",
                     "name-control.zip/nul\0hidden.exe", "-rf", "@file"):
            self.assertIn(name, paths)

    def test_report(self):
        ran = self.sandbox.run("report", self.sandbox.case, "-o", self.sandbox.root / "report")
        self.assertEqual(ran.code, 0, ran.err)
        pages = [path for path in (self.sandbox.root / "report").rglob("*") if path.is_file()]
        self.assertGreater(len(pages), 10)
        for page in pages:
            name = str(page.relative_to(self.sandbox.root / "report"))
            self.assertRegex(name, r"^[A-Za-z0-9._/-]+$")
            self.assertNotIn("..", name)
            if page.suffix == ".html":
                text = page.read_bytes().decode("utf-8")
                self.check(text, name)
                self.assertNotIn("<b>.txt", text)


class Arguments(unittest.TestCase):
    """Names on the command line that look like something else."""

    def setUp(self):
        self.sandbox = Sandbox(self)
        self.sandbox.init()

    def ingest(self, *arguments):
        return self.sandbox.run("ingest", self.sandbox.case, *arguments,
                                cwd=self.sandbox.evidence)

    def test_behind_two_dashes_a_name_is_a_name(self):
        for number, name in enumerate(("-rf", "--help", "@file", "-", "--json", "$(x)", " ")):
            folders.write(self.sandbox.evidence, name)
            ran = self.ingest("--exhibit", f"E{number}", "--", name)
            self.assertEqual(ran.code, 0, (name, ran.err))
        paths = {line["path"] for line in self.sandbox.artifacts()}
        self.assertEqual(paths, {"-rf", "--help", "@file", "-", "--json", "$(x)", " "})

    def test_an_at_sign_reads_no_file_of_words(self):
        folders.write(self.sandbox.evidence, "@words", b"--isolation L0\n")
        folders.write(self.sandbox.evidence, "words", b"--help\n")
        ran = self.ingest("@words")
        self.assertEqual(ran.code, 3, ran.err)  # taken in; no plugin reads it
        self.assertEqual([line["path"] for line in self.sandbox.artifacts()], ["@words"])

    def test_options_that_are_none_are_refused(self):
        folders.write(self.sandbox.evidence, "-rf")
        ran = self.ingest("-rf")
        self.assertEqual(ran.code, 2, ran.err)
        self.assertEqual(self.sandbox.artifacts(), [])

    def test_the_empty_name_and_control_characters_in_an_error(self):
        for name in ("", "no\x1b[31msuch\nfile\u202e"):
            ran = self.ingest("--", name)
            self.assertIn(ran.code, (2, 3), ran.err)
            self.assertIsNone(STEERING.search(ran.err), repr(ran.err))

    def test_a_case_does_not_take_in_itself(self):
        for path in (self.sandbox.case, self.sandbox.case / "objects", self.sandbox.root,
                     self.sandbox.case / "ledger"):
            ran = self.ingest(path)
            self.assertEqual(ran.code, 2, (path, ran.err))
        link = self.sandbox.evidence / "link"
        os.symlink(self.sandbox.case / "objects", link)
        self.assertEqual(self.ingest(link).code, 2)
        self.assertEqual(self.sandbox.artifacts(), [])


if __name__ == "__main__":
    unittest.main()
