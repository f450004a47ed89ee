def tamper(case):
    case.objects()[0].unlink()
