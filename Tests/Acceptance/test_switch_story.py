"""A switch from the first binding to the next switch, told by the real program; what it says is under snapshots/."""

import re

import pytest
from program import SHIPPED
from test_scenarios import Story

STEPS_BEFORE = [
    "weigh-the-change", "check-new-account", "check-real-name", "tell-the-team", "gather-account-details",
    "lower-open-orders",
]
STEPS_OF_UNBINDING = ["read-unbind-page", "choose-unbind-hour", "pause-ads", "screenshot-before-unbind"]


@pytest.fixture(params=["en", "zh"])
def story(run, request):
    """With a folder of its own, whose after-switch checklist changes in the middle."""
    run.environment["SWITCHLIST_LANG"] = request.param
    told = Story(run)
    for file in [*SHIPPED.glob("*.yaml"), *SHIPPED.glob("*/*.yaml")]:
        copy = run.checklists / file.relative_to(SHIPPED)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    run.environment["SWITCHLIST_CHECKLISTS"] = "checklists"
    told.language = request.param
    return told


def reword_the_file(run):
    path = run.checklists / "douyin-after-switch.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("zh: 通知客户", "zh: 通知老客户").replace("en: Notify the customers", "en: Tell the regular customers")
    assert re.search(r"^  - id: rebuild-brand$", text, re.MULTILINE)
    text += "\n  - id: thank-the-team\n    title: {zh: 谢谢同事, en: Thank the team}\n    due: 14d\n    owner: merchant\n"
    path.write_text(text, encoding="utf-8")


def test_the_whole_story(story, snapshot):
    run = story.run
    run.write("backup.zip", "products, orders, customers")
    story.at("2026-03-02T10:00+08:00", "李梅")
    story("shop add tea-01 --name 茶香小店 --platform douyin --team east --owner 李梅 --time-zone Asia/Shanghai")
    story("switch plan tea-01 --to tea-new", status=2)
    story("shop bind tea-01 tea-old --at 2026-01-05T09:00")
    story("shop bind tea-01 tea-new", status=2)

    story.tell("The new account hasn't passed real-name verification")
    story("switch plan tea-01 --to tea-new --for 2026-03-09T10:00 --confirmed registered", status=2)

    story.at("2026-03-03T10:00+08:00", "李梅")
    story("switch plan tea-01 --to tea-new --for 2026-03-09T10:00 --confirmed registered --confirmed real-name-verified")
    story("switch plan tea-01 --to tea-new --for 2026-03-10T10:00")
    run("tick", "tea-01", *STEPS_BEFORE, "--note", "ok", "--run", "1")
    run("tick", "tea-01", "back-up-before", "--proof", "backup.zip")
    run("tick", "tea-01", *STEPS_OF_UNBINDING, "--note", "ok")
    story("switch show tea-01")

    story.tell("Unbinding; the platform's page says how long to wait")
    story.at("2026-03-10T10:05+08:00", "李梅")
    story("switch unbind tea-01")
    story("switch unbind tea-01 --until 2026-03-18T10:00 --finish-by 2026-03-25T10:00")
    story("switch abandon tea-01 --reason 算了", status=2)
    story("switch rebind tea-01", status=2)
    run("tick", "tea-01", "note-end-of-wait", "serve-orders-while-waiting", "--note", "ok")

    story.tell("The cool-down is about to end")
    story.at("2026-03-17T11:00+08:00", "李梅")
    story("switch list --cooling")
    story("overdue --within 1d", status=1)
    run("tick", "tea-01", "recheck-new-account", "check-rebind-opens", "gather-for-rebinding", "--note", "ok")

    story.tell("Rebinding begins the checklist for what comes after")
    story.at("2026-03-18T10:10+08:00", "李梅")
    story("switch rebind tea-01")
    story("switch rebind tea-01")
    story("status tea-01")
    story("tick tea-01 rebind-store --note '账号管理页显示新账号，买家能下单'")

    story.tell("The checklist's file changes while the run goes on")
    reword_the_file(run)
    story("upgrade tea-01 --dry-run")
    story("upgrade tea-01")
    story("upgrade tea-01")

    story.at("2026-03-20T10:00+08:00", "李梅")
    story("tick tea-01 verify-products handle-pending-orders notify-customers update-marketing thank-the-team --note ok")
    story("tick tea-01 back-up-data --proof backup.zip")
    story("tick tea-01 rotate-password rebuild-brand")
    story.at("2026-03-20T11:00+08:00", "王芳")
    story("confirm tea-01 rotate-password")
    story("confirm tea-01 rebuild-brand")
    story("status tea-01")

    story.tell("A second switch, too soon")
    story.at("2026-03-21T10:00+08:00", "李梅")
    plan = "switch plan tea-01 --to tea-third --confirmed registered --confirmed real-name-verified"
    story(plan, status=2)
    story(f"{plan} --override", status=64)
    story(f"{plan} --override --reason '新账号被盗，平台客服要求马上换'")
    story("switch show tea-01")
    story("status tea-01")
    story("report")
    story("switch abandon tea-01 --reason '客服已处理，不用换了'")
    story("history tea-01")
    story("history tea-01 --verify")
    story.end(snapshot, f"switch.{story.language}")
