from attack import canonical


def tamper(case):
    records = case.add_records(["one", "two", "three"])
    lines = records.read_bytes().splitlines()
    lines[1] = canonical({"salt": "00" * 16, "text": "I confess"})
    records.write_bytes(b"\n".join(lines) + b"\n")
