from attack import leaf, root


def tamper(case):
    records = case.add_records(["one", "two", "three", "four"])
    leaves = [leaf(line) for line in records.read_bytes().splitlines()]
    inner = [root(leaves[:2]), root(leaves[2:])]
    assert root(leaves) == root(leaves[:2] + leaves[2:])
    records.write_bytes(b"".join(b"redacted:%s\n" % node.hex().encode() for node in inner))
