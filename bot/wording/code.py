"""What the staff read where a QR code cannot be drawn."""

NO_ACCOUNT = "这里没有接公众号，画不出二维码。请TA在公众号里自己说，或者接好公众号再来。"


def refused(errcode: int, meaning: str) -> str:
    return f"微信没有给二维码（{errcode} {meaning}）。请过一会儿再试；一直这样，请管理员检查公众号的接口权限。"
