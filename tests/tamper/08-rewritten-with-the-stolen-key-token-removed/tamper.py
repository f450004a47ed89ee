from attack import TimeAuthority


def tamper(case):
    authority = TimeAuthority(case.outside / "authority")
    token = case.stamp(authority)
    case.forge_object()
    case.chain()
    case.sign_again()
    token.unlink()
    return ["--tsa-ca", authority.certificate]
