"""A store in which a lot has happened, the same in every session."""

import random

from program import TRIAL

SECOND = """\
checklist: second-list
title: {zh: 第二个清单, en: The second list}
when: {tag: live}
items:
  - {id: alpha, title: {zh: 甲, en: Alpha}, due: 4h, owner: merchant}
  - {id: beta, title: {zh: 乙, en: Beta}, due: 1d, owner: ops, needs: [alpha], critical: true}
  - {id: gamma, title: {zh: 丙, en: Gamma}, due: 5d, needs: [alpha, beta]}
"""
SHOPS = """\
id,name,platform,team,owner,time_zone,tags
s-01,晨光小店,douyin,east,李梅,Asia/Shanghai,live
s-02,"Tea, ""green"" and black",douyin,east,王芳,Asia/Shanghai,
s-03,=HYPERLINK(1),douyin,west,+86 10,Europe/Berlin,live;vip
s-04,@home,kuaishou,west,-,America/New_York,live
s-05,Tab,douyin,,,,vip
s-06,,douyin,华东,王芳,Asia/Kathmandu,live
s-07,old,douyin,east,李梅,,live
茶香,茶香小店,douyin,华东,陈,Asia/Shanghai,live
idle,Idle,other,west,,,
late,Late,douyin,east,李梅,UTC,
s-10,Ten,douyin,east,,,live
s-11,Eleven,douyin,west,,,live
"""
ITEMS = ["free", "first", "second", "third", "noted", "linked", "filed", "seen", "after-seen", "either", "any",
         "alpha", "beta", "gamma"]
END = "2026-11-20T09:30:00Z"


def build_world(run):
    chance = random.Random(20261101)
    run.checklist(TRIAL)
    run.checklist(SECOND)
    run.write("proof.txt", "proof")
    run.write("shops.csv", SHOPS)
    run("shop", "import", "shops.csv")
    shops = [line.split(",")[0] for line in SHOPS.splitlines()[1:] if not line.startswith("idle")]
    begin = [shop for shop in shops if shop != "late"]
    run("start", "@-", stdin="\n".join(begin))
    run("start", "late", "--switched-at", "2026-10-20", now="2026-11-02T00:00:00Z")
    for step in range(60):
        some = "\n".join(chance.sample(shops, chance.randint(1, 6)))
        item = chance.choice(ITEMS)
        now = f"2026-11-{2 + step // 4:02}T{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:17Z"
        by = chance.choice(["Li", "Wang", "王芳"])
        words = chance.choice([
            ["tick", "@-", item, "--note", "seen"], ["tick", "@-", item, "--proof", "proof.txt"],
            ["tick", "@-", item, "--note", "=1+1", "--proof", "https://example.com/"],
            ["tick", "@-", *ITEMS[:3]], ["tick", "@-", "alpha", "beta"], ["confirm", "@-", "seen"],
            ["skip", "@-", item, "--reason", "not needed", "--as-lead"],
            ["block", "@-", item, "--reason", "held up | by \"others\""], ["unblock", "@-", item],
            ["untick", "@-", item, "--reason", "it was not so"], ["assign", "@-", item, "--to", "王芳"],
            ["due", "@-", item, "--at", "2026-11-18", "--reason", "later"], ["note", "@-", item, "a note"],
        ])
        run(*words, stdin=some, now=now, by=by, status=None)
    now = "2026-11-18T00:00:00Z"
    run("tick", "s-11", "alpha", "beta", "gamma", now=now)
    run("skip", "s-11", "gamma", "--reason", "x", now=now, status=None)
    run("start", "s-01", "--checklist", "trial", "--again", "--switched-at", "2026-11-17", now=now)
    run("start", "s-04", "--checklist", "second-list", "--again", now=now)
    run("stop", "s-10", "--run", "1", "--reason", "by mistake", now=now)
    run("shop", "archive", "s-07", now=now)
    run("shop", "edit", "s-05", "--team", "east", "--tag", "live", now=now)
