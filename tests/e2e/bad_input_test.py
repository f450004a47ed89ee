"""Broken, foreign and hostile input: what is said, which code, and what is still taken in."""
import os
import unittest

from command import CaseTest, run

EXPORT = ("13/05/2024, 09:15 - Anna: first\n"
          "13/05/2024, 09:16 - Bilal: second\n"
          "14/05/2024, 10:00 - Anna: third\n")


class BadInput(CaseTest):
    def setUp(self):
        super().setUp()
        self.init()

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
        return path

    def status_of(self, name):
        rows = [a for a in self.json("artifacts", self.case) if a["path"].endswith(name)]
        self.assertEqual(len(rows), 1, rows)
        return rows[0]

    def test_empty_file(self):
        self.expect(3, "ingest", self.case, self.file("empty.txt", b""))
        self.assertEqual(self.status_of("empty.txt")["status"], "unrecognised")

    def test_binary_garbage(self):
        path = self.file("garbage.bin", bytes((i * 7919 + i // 3) % 256 for i in range(5000)))
        self.expect(3, "ingest", self.case, path)
        self.assertEqual(self.status_of("garbage.bin")["size"], 5000)

    def test_text_that_is_no_export(self):
        self.expect(3, "ingest", self.case, self.file("letter.txt", "Dear Sir,\n\nno chat here.\n"))

    def test_truncated_zip_keeps_what_is_there(self):
        import io
        import zipfile
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("_chat.txt", EXPORT)
            archive.writestr("photo.jpg", b"\xff\xd8\xff" + b"x" * 5000)
        data = buffer.getvalue()
        path = self.file("cut.zip", data[:len(EXPORT) + 2000])
        ran = run("ingest", self.case, path)
        self.assertEqual(ran.code, 1, ran.err)
        self.assertEqual(len(self.json("messages", self.case)), 3)
        self.assertIn("cut.zip", ran.err)

    def test_invalid_utf8_is_kept_and_flagged(self):
        data = EXPORT.encode().replace(b"second", b"sec\xffond")
        self.expect(0, "ingest", self.case, self.file("WhatsApp Chat with A.txt", data))
        texts = [m["text"] for m in self.json("messages", self.case)]
        self.assertEqual(texts, ["first", "sec\ufffdond", "third"])

    def test_utf16_both_byte_orders(self):
        for codec, bom in (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")):
            path = self.file(f"WhatsApp Chat with {codec}.txt", bom + EXPORT.encode(codec))
            self.expect(0, "ingest", self.case, path)
        self.assertEqual([m["text"] for m in self.json("messages", self.case)],
                         ["first", "second", "third"] * 2)

    def test_mixed_line_ends(self):
        data = EXPORT.replace("\n", "\r\n", 1)
        self.expect(0, "ingest", self.case, self.file("WhatsApp Chat with B.txt", data))
        self.assertEqual([m["text"] for m in self.json("messages", self.case)],
                         ["first", "second", "third"])

    def test_preamble_is_listed_with_its_offset_and_changes_the_code(self):
        data = "copied by hand by somebody\n" + EXPORT * 20
        ran = run("ingest", self.case, self.file("WhatsApp Chat with C.txt", data))
        self.assertEqual(ran.code, 1, ran.err)
        artifact = self.status_of("WhatsApp Chat with C.txt")
        self.assertEqual(artifact["size"] - artifact["covered_bytes"] - artifact["skipped_bytes"], 27)

    @unittest.skipIf(os.geteuid() == 0, "root reads every folder: this needs an ordinary user")
    def test_folder_without_permission(self):
        closed = self.folder / "evidence/closed"
        closed.mkdir(parents=True)
        self.file("evidence/WhatsApp Chat with D.txt", EXPORT)
        closed.chmod(0)
        ran = run("ingest", self.case, self.folder / "evidence")
        closed.chmod(0o700)
        self.assertEqual(ran.code, 3, ran.err)
        self.assertIn("closed", ran.err)
        self.assertEqual(len(self.json("messages", self.case)), 3)

    def test_a_path_that_is_not_there(self):
        good = self.file("WhatsApp Chat with E.txt", EXPORT)
        ran = run("ingest", self.case, self.folder / "nowhere", good)
        self.assertEqual(ran.code, 3, ran.err)
        self.assertIn("nowhere", ran.err)
        self.assertEqual(len(self.json("messages", self.case)), 3)

    def test_fifo_and_link_are_noted_and_do_not_hang(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        self.file("evidence/WhatsApp Chat with F.txt", EXPORT)
        os.mkfifo(evidence / "pipe")
        os.symlink("/etc/passwd", evidence / "link")
        ran = run("ingest", self.case, evidence)
        self.assertIn(ran.code, (0, 1), ran.err)
        kinds = {a["path"]: a["status"] for a in self.json("artifacts", self.case)}
        self.assertEqual(kinds["pipe"], "special")
        self.assertEqual(kinds["link"], "special")
        self.assertEqual(len(self.json("messages", self.case)), 3)

    def test_names_that_look_like_options_or_control_the_terminal(self):
        evidence = self.folder / "evidence"
        evidence.mkdir()
        for name in ("--help", "-rf", "a\x1b[31mred.txt", "a\nb.txt", "\u202egpj.exe"):
            self.file(f"evidence/{name}", EXPORT)
        self.expect(0, "ingest", self.case, evidence)
        ran = self.expect(0, "artifacts", self.case)
        self.assertNotIn("\x1b[31m", ran.out)
        self.assertNotIn("\u202e", ran.out)
        self.assertEqual(len(self.json("messages", self.case)), 15)

    def test_names_that_are_no_utf8_stop_nothing(self):
        evidence = os.fsencode(self.folder / "evidence")
        os.mkdir(evidence)
        os.symlink(b"tar\xffget", evidence + b"/li\xfenk")
        for name, data in ((b"a\xff.txt", EXPORT.encode()), (b"bad\xff.zip", b"PK\x03\x04broken"),
                           (b"z.txt", EXPORT.encode())):
            with open(evidence + b"/" + name, "wb") as file:
                file.write(data)
        ran = run("ingest", self.case, self.folder / "evidence")
        self.assertIn(ran.code, (1, 3), ran.err)
        self.assertEqual(len(self.json("messages", self.case)), 6)
        paths = [a.get("path_b64") for a in self.json("artifacts", self.case)]
        self.assertEqual(len([p for p in paths if p]), 3, paths)
        self.expect(0, "verify", self.case)

    def test_a_damaged_stored_object_is_noticed_when_its_bytes_come_again(self):
        path = self.file("WhatsApp Chat with G.txt", EXPORT)
        self.expect(0, "ingest", self.case, path)
        stored = next(p for p in (self.case / "objects").rglob("*") if p.is_file())
        stored.chmod(0o600)
        stored.write_bytes(EXPORT.replace("first", "other").encode())
        ran = self.expect(4, "ingest", self.case, path, "--exhibit", "AGAIN")
        self.assertIn(stored.name, ran.err)

    def test_case_inside_the_evidence_is_refused(self):
        ran = self.expect(2, "ingest", self.case, self.folder)
        self.assertIn("case folder", ran.err)

    def test_case_of_a_newer_version(self):
        facts = self.case / "case.json"
        facts.chmod(0o600)
        facts.write_text(facts.read_text().replace('"version":1', '"version":99'))
        ran = run("status", self.case)
        self.assertEqual(ran.code, 3, ran.err)
        self.assertIn("newer version", ran.err)

    def test_no_case(self):
        ran = run("status", self.folder / "none")
        self.assertEqual(ran.code, 3, ran.err)
        self.assertIn("forensics init", ran.err)

    def test_usage(self):
        self.expect(2, "ingest")
        self.expect(2, "no-such-command")
        self.expect(0, "--help")


if __name__ == "__main__":
    unittest.main()
