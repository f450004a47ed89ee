def tamper(case):
    content = case.ledger.read_bytes()
    case.ledger.write_bytes(content[:-40])
