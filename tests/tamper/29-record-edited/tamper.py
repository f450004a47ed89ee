def tamper(case):
    records = case.add_records(["one", "two", "three"])
    records.write_bytes(records.read_bytes().replace(b"two", b"six"))
