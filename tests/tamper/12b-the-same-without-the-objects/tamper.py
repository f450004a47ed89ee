def tamper(case):
    case.roll_back(keep_objects=False)
