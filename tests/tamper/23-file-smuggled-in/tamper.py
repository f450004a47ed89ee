def tamper(case):
    case.store(b"nobody spoke of this\n")
