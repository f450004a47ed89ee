"""The fictional case Harbour through the whole command, against its known answers."""
import hashlib
import json
import unittest

from command import HARBOUR, CaseTest, run


class DemoCase(CaseTest):
    @classmethod
    def setUpClass(cls):
        cls.answers = json.loads((HARBOUR / "answers.json").read_text(encoding="utf-8"))

    def setUp(self):
        super().setUp()
        self.init()
        for phone in "abc":
            ran = run("ingest", self.case, HARBOUR / f"phone-{phone}", "--exhibit",
                      f"PHONE-{phone.upper()}")
            self.assertIn(ran.code, (0, 1), ran.err)

    def by_path(self):
        conversations = {}
        for message in self.json("messages", self.case):
            source = message["source"]
            phone = source["exhibit"].lower()
            conversations.setdefault(f"{phone}/{source['path']}", []).append(message)
        return conversations

    def test_every_message_is_what_the_answers_say(self):
        found = self.by_path()
        for key, facts in self.answers["files"].items():
            path = facts["path"]
            inner = [name for name in found if name == path or name.startswith(path + "/")]
            self.assertEqual(len(inner), 1, f"{key}: {path} among {sorted(found)}")
            expected = [json.loads(line) for line in
                        (HARBOUR / "expected" / f"{key}.jsonl").read_text(encoding="utf-8").splitlines()]
            got = found[inner[0]]
            self.assertEqual(
                [(m["sender"]["name"] if m["sender"] else None, m["sent"]["wall"], m["text"] or "",
                  m["kind"]) for m in got],
                [(e["author"], e["wall"], e["text"], e["type"]) for e in expected], key)

    def test_each_message_is_found_again_in_the_bytes(self):
        artifacts = {a["id"]: a for a in self.json("artifacts", self.case)}
        for messages in self.by_path().values():
            source = messages[0]["source"]
            stored = (self.case / "objects" / source["sha256"][:2] / source["sha256"]).read_bytes()
            self.assertEqual(hashlib.sha256(stored).hexdigest(), source["sha256"])
            self.assertEqual(artifacts[source["artifact"]]["sha256"], source["sha256"])
            for message in messages:
                place = message["source"]
                extent = stored[place["offset"]:place["offset"] + place["length"]].decode("utf-8")
                last_line = (message["text"] or "").split("\n")[-1]
                self.assertIn(last_line, extent)

    def test_nothing_is_unexplained(self):
        for artifact in self.json("artifacts", self.case):
            if artifact["status"] == "parsed":
                self.assertEqual(artifact["covered_bytes"] + artifact["skipped_bytes"],
                                 artifact["size"], artifact)

    def test_search_finds_what_the_answers_count(self):
        for query, facts in self.answers["searches"].items():
            hits = self.json("search", self.case, query)
            self.assertEqual(len(hits), facts["hits"], query)

    def test_the_open_date_order_shows_twice(self):
        rows = self.json("timeline", self.case)
        karim = [row for row in rows if row["source"]["exhibit"] == "PHONE-C"]
        facts = self.answers["files"]["c-karim"]
        self.assertGreater(len(karim), facts["records"])

    def test_verify_is_content_and_says_what_it_cannot_see(self):
        ran = self.expect(0, "verify", self.case)
        self.assertIn("genuine", (ran.out + ran.err).lower())
        self.expect(0, "verify", self.case, "--deep")

    def test_the_report_is_the_same_when_it_is_made_again(self):
        pages = []
        for name in ("first", "second"):
            out = self.folder / name
            self.expect(0, "report", self.case, "-o", out)
            pages.append({str(p.relative_to(out)): p.read_bytes()
                          for p in out.rglob("*") if p.is_file()})
        self.assertEqual(pages[0], pages[1])
        self.assertLess(max(len(data) for name, data in pages[0].items()
                            if name.endswith(".html")), 1_000_000)
        ledger = (self.case / "ledger/entries.jsonl").read_text(encoding="utf-8")
        manifest = hashlib.sha256(pages[0]["manifest-sha256.txt"]).hexdigest()
        self.assertEqual(ledger.count(manifest), 2)
        self.expect(0, "verify", self.case)

    def test_one_changed_byte_is_an_integrity_failure(self):
        victim = next(p for p in (self.case / "objects").rglob("*") if p.is_file())
        victim.chmod(0o600)
        data = bytearray(victim.read_bytes())
        data[len(data) // 2] ^= 1
        victim.write_bytes(data)
        ran = self.expect(4, "verify", self.case)
        self.assertIn("OBJ-HASH", ran.out + ran.err)

    def test_an_edited_message_in_the_database_is_an_integrity_failure(self):
        import sqlite3
        database = sqlite3.connect(self.case / "case.db")
        database.execute("UPDATE message SET text = 'never said' WHERE id = 5")
        database.commit()
        database.close()
        ran = self.expect(4, "verify", self.case)
        self.assertIn("RECORDS", ran.out + ran.err)


if __name__ == "__main__":
    unittest.main()
