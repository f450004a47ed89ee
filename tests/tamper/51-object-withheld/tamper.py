def tamper(case):
    case.hand_over()
    case.objects()[-1].unlink()
