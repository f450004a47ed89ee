def tamper(case):
    case.forge_object()
