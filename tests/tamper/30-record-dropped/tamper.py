def tamper(case):
    records = case.add_records(["one", "two", "three"])
    lines = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(b"".join(lines[:1] + lines[2:]))
