def tamper(case):
    (case.path / "objects/readme.txt").write_bytes(b"hello\n")
    (case.objects()[0].parent / "notes.txt").write_bytes(b"hello\n")
    (case.checkpoints / "latest.note").write_bytes(b"hello\n")
