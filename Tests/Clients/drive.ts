// Works with the client that openapi-generator makes for TypeScript: ADDRESS TOKEN TABLES.
import {
  Configuration, ExportApi, FilesApi, ItemState, ItemsApi, LintApi, MatrixApi, OverdueApi, ReportApi, ResponseError,
  ShopsApi, SwitchApi, SwitchState,
} from "./generated-typescript";

declare const process: { argv: string[]; exit(status: number): never };

const [basePath, accessToken] = process.argv.slice(2);
const configuration = new Configuration({ basePath, accessToken });
const shops = new ShopsApi(configuration);
const items = new ItemsApi(configuration);
const files = new FilesApi(configuration);
const steps = new SwitchApi(configuration);
const overdue = new OverdueApi(configuration);
const report = new ReportApi(configuration);

function check(holds: unknown, what: string): asserts holds {
  if (!holds) throw new Error(what);
}

async function problem(asked: Promise<unknown>): Promise<{ status: number; code: string; allowed_from: string | null }> {
  try {
    await asked;
  } catch (error) {
    if (error instanceof ResponseError) return await error.response.json();
    throw error;
  }
  throw new Error("nothing was refused");
}

async function main(): Promise<void> {
  const shop = "ts-1";
  const added = await shops.addShopRaw({ addShopRequest: { id: shop, platform: "douyin", team: "east", owner: null } });
  const tag = added.raw.headers.get("ETag");
  check(tag && (await added.value()).owner === null, "a shop is added");
  const edited = await shops.editShop({ shop, ifMatch: tag, editShopRequest: { name: "茶香小店" } });
  check(edited.name === "茶香小店", "a shop is edited");
  const stale = await problem(shops.editShop({ shop, ifMatch: tag, editShopRequest: { name: "x" } }));
  check(stale.code === "changed-since", "a stale edit is refused");
  check((await shops.importShops({ body: new Blob(["id\nts-2\n"]) })).added === 1, "a table is imported");

  const seen = new Set<string>();
  for (let after: string | undefined; ; ) {
    const page = await shops.listShops({ limit: 2, after });
    for (const row of page.shops) seen.add(row.id);
    if (page.next === null) break;
    after = page.next;
  }
  check(["s-1", "s-4", "ts-1", "ts-2"].every((id) => seen.has(id)), "pages lead through all shops");

  await steps.bindShop({ shop, bindRequest: { account: "old" } });
  const planRequest = { account: "new", confirmed: ["registered", "real-name-verified"] };
  const planned = await steps.planSwitch({ shop, planRequest });
  check(planned._switch?.state === SwitchState.Planned, "a switch is planned");
  await steps.recordUnbinding({ shop });
  const forbidden = await problem(steps.recordRebinding({ shop }));
  check(forbidden.code === "forbidden-by-rule" && forbidden.allowed_from, "the cool-down holds");
  const rebound = await steps.recordRebinding({ shop, rebindRequest: { override: true, reason: "the page said so" } });
  check(rebound.account === "new" && rebound.started.length > 0, "the shop is rebound");

  const kept = await files.keepFile({ shop, file: new Blob(["截图"]) });
  const content = await files.getFile({ shop, sha256: kept.sha256 });
  check((await content.text()) === "截图", "a file comes back as it was");
  const tickRequest = { note: "seen", file: kept.sha256 };
  const ticked = await items.tickItem({ shop, item: "rebind-store", tickRequest });
  check(ticked.items[0].state === ItemState.Done, "an item is ticked");
  check((await shops.getStatus({ shop })).runs.length > 0, "a status is read");

  const many = { item: "rebind-store", noteManyRequest: { shops: ["s-1", shop], note: "called, says TypeScript" }, idempotencyKey: "ts-1" };
  const first = await items.noteItemOfMany(many);
  check(first.changed === 2, "many shops are changed");
  check(JSON.stringify(await items.noteItemOfMany(many)) === JSON.stringify(first), "a key is carried out once");

  const page = await overdue.listOverdue({ within: "30d", limit: 1 });
  check(page.count === 1 && page.next !== null && page.items[0].dueAt instanceof Date, "what is overdue is listed");
  check((await overdue.getOverdueTable({ within: "30d" })).includes("rebind-store"), "it comes as a table");
  check((await overdue.getOverdueGauges({})).includes("switchlist_items_overdue"), "it comes as gauges");
  check((await report.getReport({})).rows.length > 4, "a report has rows");
  check((await report.getReportTable({})).includes("s-1"), "it comes as a table");
  check((await report.getReportPage({})).includes("<html"), "it comes as a page");
  check((await report.getReportMarkdown({})).includes("s-1"), "it comes as Markdown");
  const rows = (await new MatrixApi(configuration).getMatrix({})).rows;
  const states = (id: string) => rows.find((row) => row.shop === id)?.states;
  check(states("s-idle")?.includes(null) && states(shop)?.includes(ItemState.Done), "the matrix has states and gaps");
  const lines = (await (await new ExportApi(configuration).exportStore()).text()).trim().split("\n");
  check(lines.length > 10 && lines.every((line) => JSON.parse(line)), "the store is exported");
  check((await new LintApi(configuration).lint({ body: new Blob(["checklist: x\n"]) })).errors > 0, "a file is checked");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
