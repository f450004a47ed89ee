def tamper(case):
    on_paper = case.anchor()
    case.roll_back(keep_objects=False)
    return ["--anchor", on_paper]
