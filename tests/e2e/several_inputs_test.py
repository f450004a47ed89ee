"""Files that are read together, keys, and what comes out of protected files: by the plugin of
tests/plugin/example/several_inputs.cpp."""
import base64
import json
import os
import shutil
import subprocess
import time
import unittest

from command import PROGRAM, CaseTest, run, trouble_of

PLUGINS = os.environ["FORENSICS_TEST_PLUGINS"]
KEY = b"K" + bytes(range(200, 231))
SEVERAL = f"{PLUGINS}/several_inputs.so"
COLUMNS = f"{PLUGINS}/two_columns.so"


def sealed(plain):
    return bytes(c ^ KEY[0] for c in plain.replace(b"\n", b"|"))


def bodies(case, kind):
    lines = (case / "ledger/entries.jsonl").read_text(encoding="utf-8").splitlines()
    return [entry["body"] for entry in map(json.loads, lines) if entry["type"] == kind]


class SeveralInputs(CaseTest):
    def setUp(self):
        super().setUp()
        self.evidence = self.folder / "evidence"
        (self.evidence / "a").mkdir(parents=True)
        (self.evidence / "box").mkdir()
        # Before the file that asks for it, in the order of paths.
        (self.evidence / "a/several.note").write_bytes(b"words about it\n")
        inner = b"#two-columns\nCleo\ta hidden word\n"
        self.main = b"#several-inputs\nAda\tgood morning\n"
        (self.evidence / "box/file.db").write_bytes(
            self.main + b"!inner.txt\t" + sealed(inner) + b"\n!unproved.txt\t" +
            sealed(inner.replace(b"Cleo", b"Dawit")) + b"\n")
        (self.evidence / "box/file.db-log").write_bytes(b"Bob\tdeleted hello\nodd\n")
        self.key = self.folder / "key.bin"
        self.key.write_bytes(KEY)
        self.blank = self.folder / "blank"
        self.init(self.blank)

    def take_in(self, name, *more, code=0):
        case = self.folder / name
        shutil.copytree(self.blank, case)
        self.expect(code, "ingest", case, self.evidence, "--plugin", SEVERAL, "--plugin", COLUMNS,
                    *more)
        return case

    def artifacts(self, case):
        return {each["path"]: each for each in self.json("artifacts", case)}

    def test_a_companion_is_accounted_for_with_the_file_that_asked_for_it(self):
        case = self.take_in("case", "--key", self.key)
        artifacts = self.artifacts(case)
        main, log = artifacts["box/file.db"], artifacts["box/file.db-log"]
        self.assertEqual(main["status"], "parsed")
        self.assertEqual(log["status"], "companion")
        self.assertEqual((log["covered_bytes"], log["skipped_bytes"], log["unexplained_bytes"]),
                         (18, 4, 0))
        self.assertEqual(log["read_with"], main["id"])
        self.assertEqual(artifacts["a/several.note"]["status"], "companion")
        derives = bodies(case, "derive")
        self.assertEqual(len(derives), len({each["artifact"] for each in derives}))
        self.assertEqual(len(derives), len(artifacts))
        stated = next(each for each in derives if each["artifact"] == main["id"])["companions"]
        self.assertEqual([(each["artifact"], each["input"], each["sha256"]) for each in stated],
                         [(log["id"], 1, log["sha256"]),
                          (artifacts["a/several.note"]["id"], 3,
                           artifacts["a/several.note"]["sha256"])])

    def test_a_message_of_a_companion_names_it_as_its_source(self):
        case = self.take_in("case", "--key", self.key)
        log = self.artifacts(case)["box/file.db-log"]
        message = next(m for m in self.json("messages", case) if m["text"] == "deleted hello")
        source = message["source"]
        self.assertEqual((source["artifact"], source["path"], source["sha256"]),
                         (log["id"], log["path"], log["sha256"]))
        self.assertEqual((source["offset"], source["length"]), (0, 18))
        self.assertEqual(message["recovered"],
                         {"origin": "log", "standing": "deleted", "confidence": 900})
        shown = self.json("show", case, message["id"], "--source")[0]
        self.assertEqual(base64.b64decode(shown["source_bytes"]["bytes_b64"]),
                         b"Bob\tdeleted hello\n")
        text = next(f for f in shown["fields"] if f["key"] == "text")
        self.assertEqual((text["artifact"], text["more"][0]["artifact"]), (log["id"], log["id"]))
        shown = self.expect(0, "show", case, message["id"]).out
        self.assertIn("RECOVERED", shown)

    def test_children_are_artifacts_and_are_read(self):
        case = self.take_in("case", "--key", self.key)
        artifacts = self.artifacts(case)
        inner = artifacts["box/file.db/inner.txt"]
        self.assertEqual(inner["status"], "parsed")
        self.assertEqual(inner["parent"], artifacts["box/file.db"]["id"])
        self.assertEqual((inner["method"], inner["verified"]), ("exclusive-or", True))
        self.assertIs(artifacts["box/file.db/unproved.txt"]["verified"], False)
        texts = {m["text"]: m["source"]["path"] for m in self.json("messages", case)}
        self.assertEqual(texts["a hidden word"], "box/file.db/unproved.txt")
        body = next(b for b in bodies(case, "derive") if "children" in b)
        self.assertEqual([(c["name"], c["artifact"], c["sha256"], c["verified"], c["why"])
                          for c in body["children"]][0],
                         ("inner.txt", inner["id"], inner["sha256"], True, "by example"))
        self.assertIn("not proved", self.expect(0, "status", case).out)

    def test_without_the_key_the_file_is_said_to_be_encrypted(self):
        case = self.take_in("case", code=1)
        main = self.artifacts(case)["box/file.db"]
        self.assertEqual((main["status"], main["error"]["code"]), ("partial", "encrypted"))
        self.assertIn("good morning", {m["text"] for m in self.json("messages", case)})

    def test_the_key_is_nowhere_in_the_case(self):
        with open(self.key, "rb") as handle:
            case = self.folder / "case"
            shutil.copytree(self.blank, case)
            ran = run("ingest", case, self.evidence, "--plugin", SEVERAL, "--plugin", COLUMNS,
                      "--key", self.key)
            self.assertEqual(ran.code, 0, ran.err)
            handle.seek(0)
        self.expect(0, "report", case, "-o", self.folder / "report")
        stated = {key for body in bodies(case, "derive") for key in body.get("keys", [])}
        self.assertEqual(len(stated), 1)
        forms = [KEY, KEY.hex().encode(), KEY.hex().upper().encode(), base64.b64encode(KEY)[:40]]
        for root in (case, self.folder / "report"):
            for path in root.rglob("*"):
                if path.is_file():
                    content = path.read_bytes()
                    for form in forms:
                        self.assertNotIn(form, content, path)

    def test_the_number_of_workers_changes_nothing(self):
        one = self.take_in("one", "--key", self.key, "--jobs", "1")
        four = self.take_in("four", "--key", self.key, "--jobs", "4")
        self.assertEqual(bodies(one, "derive"), bodies(four, "derive"))
        self.assertEqual(bodies(one, "acquire"), bodies(four, "acquire"))

    def test_verify_and_rebuild_use_the_same_files(self):
        case = self.take_in("case", "--key", self.key)
        self.expect(0, "verify", case, "--deep", "--plugin", SEVERAL, "--plugin", COLUMNS)
        self.expect(0, "rebuild", case, "--plugin", SEVERAL, "--plugin", COLUMNS, "--key", self.key)
        # What stands outside of the sealed part is had again without the key as well.
        self.expect(0, "rebuild", case, "--plugin", SEVERAL, "--plugin", COLUMNS)
        self.expect(0, "verify", case)

    def test_a_killed_run_goes_on_and_leaves_the_same(self):
        for number in range(20):
            for name in ("file.db", "file.db-log"):
                shutil.copy(self.evidence / "box" / name, self.evidence / f"box/{number}{name}")
        start = time.monotonic()
        whole = self.take_in("whole", "--key", self.key)
        seconds = time.monotonic() - start

        def what(case):
            return sorted((each["path"], each["status"], each["sha256"], each["records"],
                           each["covered_bytes"]) for each in self.json("artifacts", case))
        for part in (0.3, 0.5, 0.7, 0.9):
            case = self.folder / f"killed-{part}"
            shutil.copytree(self.blank, case)
            command = ["ingest", case, self.evidence, "--plugin", SEVERAL, "--plugin", COLUMNS,
                       "--key", self.key]
            process = subprocess.Popen([PROGRAM, *map(str, command)], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL)
            time.sleep(seconds * part)
            process.kill()
            process.wait()
            self.expect(0, *command)
            self.assertEqual(what(case), what(whole))
            derived = [each["artifact"] for each in bodies(case, "derive")]
            self.assertEqual(len(derived), len(set(derived)))
            self.assertEqual(trouble_of(run("verify", case, "--json")), "")

    def test_a_key_that_cannot_be_read_is_a_mistake(self):
        self.assertEqual(run("ingest", self.blank, self.evidence, "--key", "/nowhere").code, 2)
        self.assertEqual(run("ingest", self.blank, self.evidence, "--key", "fd:x").code, 2)


if __name__ == "__main__":
    unittest.main()
