// The measuring half of phone.sh: node phone.mjs PUBLIC_URL
import http from "node:http";
import os from "node:os";
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const [publicUrl] = process.argv.slice(2);
const rounds = Number(process.env.PHONE_BENCH_ROUNDS ?? 5);
const limits = { performance: 98, lcp_ms: 1500, tbt_ms: 100, cls: 0 };
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// A page that does nothing shows what this machine takes for the same kind of load without any of the site's own work.
const plain = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Plain</title><style>body{max-width:60ch;margin:2rem auto;font:1rem/1.6 sans-serif}</style></head><body><main><h1>Plain</h1>${
  "<p>A paragraph of a few words, as a page has them that only wants to be read.</p>".repeat(60)}</main></body></html>`;
const server = http.createServer((request, response) => {
  response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html; charset=utf-8" }).end(request.url === "/" ? plain : "");
});
await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });

// The landing page names every site that is live.
async function sites() {
  const landing = await (await fetch(publicUrl)).text();
  const names = [...landing.matchAll(/<li class="card[^>]*><a href="https?:\/\/([a-z0-9-]+)\./g)].map(([, name]) => name);
  if (!names.length) throw new Error("the landing page shows no companion");
  return [...new Set(names)].map((name) => ({ name, url: publicUrl.replace("://", `://${name}.`) }));
}

async function measure(url) {
  const chrome = await chromeLauncher.launch({
    chromePath: "/usr/bin/chromium",
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  try {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: ["performance"], logLevel: "error" });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.message}`);
    const value = (audit) => lhr.audits[audit].numericValue;
    const bytes = {};
    for (const { resourceType, transferSize } of lhr.audits["network-requests"].details.items) {
      bytes[resourceType] = (bytes[resourceType] ?? 0) + transferSize;
    }
    return { performance: Math.round(lhr.categories.performance.score * 100), lcp_ms: value("largest-contentful-paint"),
      tbt_ms: value("total-blocking-time"), cls: value("cumulative-layout-shift"), bytes };
  } finally {
    await chrome.kill();
  }
}

const pages = [{ name: "plain", url: `http://localhost:${server.address().port}/` }, ...await sites()];
const runs = new Map(pages.map(({ name }) => [name, []]));
for (let round = 0; round < rounds; round += 1) {
  for (const { name, url } of pages) runs.get(name).push(await measure(url));
}
let missed = false;
for (const [name, measured] of runs) {
  const middle = (key) => median(measured.map((run) => run[key]));
  const figures = { performance: middle("performance"), lcp_ms: Math.round(middle("lcp_ms")), tbt_ms: Math.round(middle("tbt_ms")),
    cls: Number(middle("cls").toFixed(3)) };
  const passed = name === "plain" || (figures.performance >= limits.performance && figures.lcp_ms < limits.lcp_ms
    && figures.tbt_ms < limits.tbt_ms && figures.cls <= limits.cls);
  missed = missed || !passed;
  console.log(JSON.stringify({ bench: "phone", site: name, rounds, ...figures, bytes: measured.at(-1).bytes, passed, load: Number(os.loadavg()[0].toFixed(1)) }));
}
server.close();
process.exit(missed ? 1 : 0);
