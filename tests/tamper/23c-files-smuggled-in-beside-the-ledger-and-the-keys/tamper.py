def tamper(case):
    for name in ("ledger/entries.jsonl.old", "ledger/recovery/0-x.tail", "keys/other.key"):
        (case.path / name).write_bytes(b"x")
