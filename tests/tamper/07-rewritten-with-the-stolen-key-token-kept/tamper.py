from attack import TimeAuthority


def tamper(case):
    authority = TimeAuthority(case.outside / "authority")
    case.stamp(authority)
    case.forge_object()
    case.chain()
    case.sign_again()
    return ["--tsa-ca", authority.certificate]
