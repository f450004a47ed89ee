from attack import redacted


def tamper(case):
    records = case.add_records(["one", "two", "three"])
    lines = records.read_bytes().splitlines()
    lines[1] = redacted(lines[1])
    records.write_bytes(b"\n".join(lines) + b"\n")
