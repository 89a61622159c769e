"""What is written on buttons, fields and headings, in both languages."""

WORDS = {
    "next": ("接下来", "Next"),
    "rest": ("其余任务", "The rest"),
    "done": ("完成", "Done"),
    "undo": ("撤销", "Undo"),
    "note": ("备注", "Note"),
    "link": ("链接", "Link"),
    "file": ("照片或文件", "Photo or file"),
    "reason": ("原因", "Reason"),
    "block": ("标为受阻", "Mark as blocked"),
    "unblock": ("不再受阻", "No longer blocked"),
    "skip": ("跳过", "Skip"),
    "confirm": ("确认已做好", "Confirm that it is done"),
    "withdraw": ("撤回勾选", "Withdraw the tick"),
    "name?": ("你叫什么名字？", "What is your name?"),
    "open": ("打开清单", "Open the list"),
    "sign in": ("登录", "Sign in"),
    "name": ("名字", "Name"),
    "password": ("密码", "Password"),
    "plan": ("计划换绑", "Plan a switch"),
    "new account": ("新账号", "New account"),
    "record plan": ("记下计划", "Record the plan"),
    "unbound?": ("已经解绑了？", "Unbound already?"),
    "record unbinding": ("记下：已解绑", "Record the unbinding"),
    "rebound?": ("已经重新绑定了？", "Rebound already?"),
    "record rebinding": ("记下：已重新绑定", "Record the rebinding"),
    "waiting to be sent": ("待发送", "Waiting to be sent"),
    "not done": ("没有成功", "Not done"),
    "try again": ("再试一次", "Try again"),
    "dismiss": ("知道了", "Dismiss"),
    "no network": ("没有网络", "No network"),
    "copy": ("副本", "copy"),
    "history": ("历史", "History"),
    "links": ("分享链接", "Links"),
    "edit": ("编辑", "Edit"),
    "make a link": ("做一个链接", "Make a link"),
    "revoke": ("收回", "Revoke"),
    "everything done": ("这家店铺的事都做完了", "Everything for this shop is done"),
    "nothing yet": ("还没有要做的事", "Nothing to do yet"),
    "waits": ("等待：", "waits for "),
    "late": ("逾期", "overdue"),
}


class Words:
    """`say.undo` and `say["sign in"]` in one language."""

    def __init__(self, lang: str):
        self._place = 0 if lang == "zh" else 1

    def __getitem__(self, name: str) -> str:
        return WORDS[name][self._place]

    def __getattr__(self, name: str) -> str:
        return self[name]
