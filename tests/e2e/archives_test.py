"""Archives: every format, nested, hostile names, limits; and the same bytes twice."""
import io
import shutil
import subprocess
import tarfile
import unittest
import zipfile

from command import CaseTest, run

EXPORT = ("13/05/2024, 09:15 - Anna: first\n"
          "13/05/2024, 09:16 - Bilal: IMG-20240513-WA0001.jpg (file attached)\n"
          "14/05/2024, 10:00 - Anna: third\n")
PICTURE = b"\xff\xd8\xff\xe0" + b"picture" * 50


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 15, 8, 0, 0)), data)
    return buffer.getvalue()


class Archives(CaseTest):
    def setUp(self):
        super().setUp()
        self.init()

    def file(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return path

    def artifacts(self):
        return {a["path"]: a for a in self.json("artifacts", self.case)}

    def check_chat_and_picture(self, archive):
        found = self.artifacts()
        self.assertEqual(found[archive]["status"], "container")
        self.assertEqual(found[f"{archive}/IMG-20240513-WA0001.jpg"]["size"], len(PICTURE))
        messages = self.json("messages", self.case)
        self.assertEqual([m["text"] for m in messages], ["first", "", "third"])
        attachment = messages[1]["attachments"][0]
        self.assertEqual(attachment["name"], "IMG-20240513-WA0001.jpg")
        self.assertFalse(attachment["missing"])
        self.assertEqual(attachment["sha256"],
                         found[f"{archive}/IMG-20240513-WA0001.jpg"]["sha256"])

    MEMBERS = [("WhatsApp Chat with Bilal.txt", EXPORT.encode()),
               ("IMG-20240513-WA0001.jpg", PICTURE)]

    def test_zip(self):
        self.expect(0, "ingest", self.case, self.file("chat.zip", zipped(self.MEMBERS)))
        self.check_chat_and_picture("chat.zip")

    def test_tar_plain_and_compressed(self):
        for suffix, mode in ((".tar", "w"), (".tar.gz", "w:gz"), (".tar.xz", "w:xz")):
            buffer = io.BytesIO()
            with tarfile.open(fileobj=buffer, mode=mode) as archive:
                for name, data in self.MEMBERS:
                    info = tarfile.TarInfo(name)
                    info.size = len(data)
                    archive.addfile(info, io.BytesIO(data))
            self.case = self.folder / f"case{suffix}"
            self.init()
            self.expect(0, "ingest", self.case, self.file(f"chat{suffix}", buffer.getvalue()))
            self.check_chat_and_picture(f"chat{suffix}")

    @unittest.skipUnless(shutil.which("zstd"), "zstd is not installed")
    def test_tar_zst(self):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for name, data in self.MEMBERS:
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        packed = subprocess.run(["zstd", "-q", "-c"], input=buffer.getvalue(), capture_output=True,
                                check=True).stdout
        self.expect(0, "ingest", self.case, self.file("chat.tar.zst", packed))
        self.check_chat_and_picture("chat.tar.zst")

    @unittest.skipUnless(shutil.which("7z"), "7z is not installed")
    def test_7z(self):
        for name, data in self.MEMBERS:
            self.file(name, data)
        subprocess.run(["7z", "a", "-bd", "chat.7z", *[name for name, _ in self.MEMBERS]],
                       cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        self.expect(0, "ingest", self.case, self.folder / "chat.7z")
        self.check_chat_and_picture("chat.7z")

    def test_nested_to_the_set_depth_and_no_further(self):
        data = zipped(self.MEMBERS)
        for level in range(4):
            data = zipped([(f"level{level}.zip", data)])
        path = self.file("outer.zip", data)
        self.expect(0, "ingest", self.case, path)
        self.assertEqual(len(self.json("messages", self.case)), 3)

        self.case = self.folder / "shallow"
        self.init()
        ran = run("ingest", self.case, path, "--max-depth", "3")
        self.assertNotEqual(ran.code, 0)
        self.assertEqual(self.json("messages", self.case), [])
        self.assertIn("nested", ran.err)

    def test_ratio_bomb_ends_at_the_limit_and_the_rest_is_done(self):
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
            with archive.open("zeros", "w", force_zip64=True) as member:
                for _ in range(256):
                    member.write(bytes(1 << 20))
        evidence = self.folder / "evidence"
        evidence.mkdir()
        self.file("evidence/bomb.zip", bomb.getvalue())
        self.file("evidence/WhatsApp Chat with Bilal.txt", EXPORT.encode())
        ran = run("ingest", self.case, evidence)
        self.assertEqual(ran.code, 5, ran.err)
        self.assertIn("bomb.zip", ran.err)
        self.assertEqual(len(self.json("messages", self.case)), 3)
        self.assertEqual(self.artifacts()["bomb.zip"]["error"]["code"], "limit")

    def test_hostile_names_stay_names(self):
        names = ["../../escape.txt", "/etc/absolute.txt", "..\\windows.txt", "a/../../up.txt",
                 "WhatsApp Chat with X.txt"]
        path = self.file("names.zip", zipped([(name, EXPORT.encode()) for name in names]))
        self.expect(0, "ingest", self.case, path)
        found = self.artifacts()
        for name in names:
            self.assertIn(f"names.zip/{name}", found)
        self.assertFalse((self.folder / "escape.txt").exists())
        self.assertEqual(len({found[f"names.zip/{name}"]["sha256"] for name in names}), 1)

    def test_duplicate_names_are_two_artifacts(self):
        import warnings
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = zipped([("_chat.txt", EXPORT.encode()),
                           ("_chat.txt", EXPORT.replace("third", "other").encode())])
        self.expect(0, "ingest", self.case, self.file("twice.zip", data))
        same = [a for a in self.json("artifacts", self.case) if a["path"] == "twice.zip/_chat.txt"]
        self.assertEqual(len(same), 2)
        self.assertNotEqual(same[0]["sha256"], same[1]["sha256"])
        self.assertEqual(len(self.json("messages", self.case)), 6)

    def test_the_same_bytes_are_stored_once_and_listed_twice(self):
        self.file("a.bin", b"same" * 100)
        evidence = self.folder / "evidence"
        evidence.mkdir()
        for name in ("one.txt", "two.txt"):
            self.file(f"evidence/{name}", EXPORT.encode())
        self.expect(0, "ingest", self.case, evidence)
        found = self.artifacts()
        self.assertEqual(found["one.txt"]["sha256"], found["two.txt"]["sha256"])
        self.assertEqual(len([p for p in (self.case / "objects").rglob("*") if p.is_file()]), 1)
        self.assertEqual(len(self.json("messages", self.case)), 6)

    def test_encrypted_zip_says_so(self):
        if not shutil.which("7z"):
            self.skipTest("7z is not installed")
        self.file("secret.txt", EXPORT.encode())
        subprocess.run(["7z", "a", "-bd", "-tzip", "-psecret", "locked.zip", "secret.txt"],
                       cwd=self.folder, check=True, stdout=subprocess.DEVNULL)
        ran = run("ingest", self.case, self.folder / "locked.zip")
        self.assertNotEqual(ran.code, 0)
        self.assertIn("encrypt", ran.err.lower())

    def test_mac_decoy_is_not_taken_for_the_chat(self):
        decoy = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        " + bytes(60)
        data = zipped([("__MACOSX/._WhatsApp Chat with Bilal.txt", decoy), *self.MEMBERS])
        run("ingest", self.case, self.file("mac.zip", data))
        self.assertEqual(len(self.json("messages", self.case)), 3)


if __name__ == "__main__":
    unittest.main()
