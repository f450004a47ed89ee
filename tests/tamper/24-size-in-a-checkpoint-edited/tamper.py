def tamper(case):
    size = case.sizes()[1]
    content = case.note(size).read_bytes()
    case.note(size).write_bytes(content.replace(b"\n%d\n" % size, b"\n%d\n" % (size + 1), 1))
