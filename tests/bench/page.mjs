// The measuring half of page.sh: node page.mjs PUBLIC_URL METRICS_URL RENDERER_PID FOLDER OPERATOR_URL
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import os from "node:os";
import path from "node:path";

const [publicUrl, metricsUrl, rendererPid, folder, operatorUrl] = process.argv.slice(2);
const rounds = Number(process.env.PAGE_BENCH_ROUNDS ?? 8);
const seconds = Number(process.env.PAGE_BENCH_SECONDS ?? 3);
const extraTenants = 1000;
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"]));

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};
const rounded = (value, digits = 3) => Number(value.toFixed(digits));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function get(base, host, headers = {}, target = "/") {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    http.get({ host: "127.0.0.1", port, path: target, headers: { host, ...headers } }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    }).on("error", reject);
  });
}

const freePort = () => new Promise((resolve) => {
  const server = net.createServer();
  server.listen(0, "127.0.0.1", () => { const { port } = server.address(); server.close(() => resolve(port)); });
});

// User and system time of processes, in seconds, threads included.
function cpuSeconds(pids) {
  return pids.reduce((sum, pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
  }, 0);
}

function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}

function withChildren(pid) {
  const found = [pid];
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /s, "").split(" ")[1];
      if (Number(parent) === pid) found.push(Number(name));
    } catch { /* ended meanwhile */ }
  }
  return found;
}

// A visitor who accepted: the requests carry the signed cookie, and with it the variants that she sees.
function accept() {
  const { port } = new URL(publicUrl);
  const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";
  return new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, path: "/api/consent", method: "POST",
      headers: { host: "claire.localhost", "content-type": "application/json", "user-agent": agent } }, (response) => {
      response.resume();
      const cookie = response.headers["set-cookie"]?.[0].split(";")[0];
      cookie ? resolve({ cookie, "user-agent": agent }) : reject(new Error(`no cookie for who accepts: ${response.statusCode}`));
    });
    request.on("error", reject);
    request.end('{"decision":"accepted"}');
  });
}

function wrk(base, host, encoding, visitor = {}, tenants = 0, duration = seconds) {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    const words = [`-t${os.cpus().length}`, "-c64", `-d${duration}s`, "-s", path.join(here, "page.lua"), "-H", `Host: ${host}`,
      ...Object.entries(visitor).flatMap(([name, value]) => ["-H", `${name}: ${value}`]),
      `http://127.0.0.1:${port}/`, "--", encoding, String(tenants)];
    const child = spawn("wrk", words, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => { output += chunk; });
    child.on("error", reject);
    child.on("close", () => {
      const line = output.split("\n").find((each) => each.startsWith("{"));
      line ? resolve(JSON.parse(line)) : reject(new Error(`wrk said: ${output}`));
    });
  });
}

async function measure(server, encoding, visitor) {
  const before = cpuSeconds(server.pids);
  const result = await wrk(server.url, "claire.localhost", encoding, visitor);
  const cpu = cpuSeconds(server.pids) - before;
  if (result.failed > 0) throw new Error(`${server.name}: ${result.failed} requests failed`);
  return { rps: result.requests / result.seconds, cpuUs: (cpu * 1e6) / result.requests, p99: result.p99_ms, bytes: result.bytes / result.requests };
}

// nginx with the same page, the same fields and as many workers as there are processors.
async function startNginx(name, plain, gzipped) {
  const port = await freePort();
  const home = path.join(folder, name);
  const www = path.join(home, "www");
  mkdirSync(www, { recursive: true });
  writeFileSync(path.join(www, "index.html"), plain.body);
  writeFileSync(path.join(www, "index.html.gz"), gzipped.body);
  const own = new Set(["content-type", "content-length", "date", "connection", "etag", "vary", "keep-alive", "content-encoding"]);
  const fields = Object.entries(plain.headers).filter(([name]) => !own.has(name))
    .map(([name, value]) => `add_header ${name} "${String(value).replace(/["\\$]/g, "\\$&")}";`).join("\n    ");
  const user = process.getuid() === 0 ? "user root;" : "";
  writeFileSync(path.join(home, "nginx.conf"), `
${user} worker_processes ${os.cpus().length}; pid ${home}/nginx.pid; error_log ${home}/nginx.log; daemon off;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; gzip_static on; gzip_vary on;
  open_file_cache max=1000; server_tokens off;
  types { text/html html; } charset utf-8;
  client_body_temp_path ${home}/nb; proxy_temp_path ${home}/np; fastcgi_temp_path ${home}/nf; uwsgi_temp_path ${home}/nu; scgi_temp_path ${home}/ns;
  server {
    listen 127.0.0.1:${port}; server_name claire.localhost; root ${www};
    ${fields}
  }
}`);
  const child = spawn("nginx", ["-c", path.join(home, "nginx.conf"), "-p", home], { stdio: "inherit" });
  process.on("exit", () => child.kill("SIGTERM"));
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 100; ++i) {
    try { await get(url, "claire.localhost"); break; } catch { await sleep(50); }
  }
  return { name: "nginx", url, pids: withChildren(child.pid), stop: () => child.kill("SIGTERM") };
}

async function compare(encoding, servers, visitor, tests) {
  for (const server of servers) await wrk(server.url, "claire.localhost", encoding, visitor, 0, 1);
  const results = { ours: [], nginx: [] };
  for (let round = 0; round < rounds; ++round) {
    const order = round % 2 ? [...servers].reverse() : servers;
    for (const server of order) results[server.name].push(await measure(server, encoding, visitor));
  }
  const ratios = results.ours.map((ours, i) => ours.rps / results.nginx[i].rps);
  const of = (name, key) => median(results[name].map((result) => result[key]));
  console.log(JSON.stringify({
    bench: "page", encoding, connections: 64, rounds, seconds, cookie: "cookie" in visitor, tests,
    bytes: Math.round(of("ours", "bytes")), nginx_bytes: Math.round(of("nginx", "bytes")),
    rps: Math.round(of("ours", "rps")), nginx_rps: Math.round(of("nginx", "rps")),
    rps_ratio: rounded(median(ratios)), rps_ratio_min: rounded(Math.min(...ratios)), rps_ratio_max: rounded(Math.max(...ratios)),
    cpu_us: rounded(of("ours", "cpuUs"), 2), nginx_cpu_us: rounded(of("nginx", "cpuUs"), 2),
    cpu_ratio: rounded(of("ours", "cpuUs") / of("nginx", "cpuUs")),
    p99_ms: rounded(of("ours", "p99")), nginx_p99_ms: rounded(of("nginx", "p99")),
    load: rounded(os.loadavg()[0], 1),
  }));
}

async function gauge(name) {
  const text = (await get(metricsUrl, "metrics", {}, "/metrics")).body.toString();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}

async function spread() {
  const resident = () => rounded(residentMegabytes(rendererPid), 1);
  const before = resident();
  execFileSync(path.join(here, "../../build/tests/page_bench_tenants"), [operatorUrl, "claire", String(extraTenants)], { stdio: ["ignore", "ignore", "inherit"] });
  for (let i = 0; i < 600 && (await gauge("companion_tenants_loaded")) < extraTenants; ++i) await sleep(100);
  const loaded = resident();
  for (let i = 1; i <= extraTenants; ++i) {
    const host = `bench-${String(i).padStart(4, "0")}.localhost`;
    const reply = await get(publicUrl, host);
    if (reply.status !== 200) throw new Error(`${host} answered ${reply.status}`);
  }
  const rendered = resident();
  const cpuBefore = cpuSeconds([rendererPid]);
  const result = await wrk(publicUrl, "claire.localhost", "identity", {}, extraTenants, seconds * 2);
  const cpu = cpuSeconds([rendererPid]) - cpuBefore;
  console.log(JSON.stringify({
    bench: "page_spread", tenants: await gauge("companion_tenants_loaded"), failed: result.failed,
    rps: Math.round(result.requests / result.seconds), cpu_us: rounded((cpu * 1e6) / result.requests, 2), p99_ms: result.p99_ms,
    resident_mb: before, resident_loaded_mb: loaded, resident_rendered_mb: rendered, resident_after_mb: resident(),
    cached_mb: rounded((await gauge("companion_cached_bytes")) / 1048576, 1), load: rounded(os.loadavg()[0], 1),
  }));
}

if (!existsSync(`/proc/${rendererPid}`)) throw new Error("the public service does not run");
// A first visit without a cookie, then a visitor who accepted.
for (const [name, visitor] of [["first", {}], ["accepted", await accept()]]) {
  const plain = await get(publicUrl, "claire.localhost", { ...visitor, "accept-encoding": "identity" });
  const gzipped = await get(publicUrl, "claire.localhost", { ...visitor, "accept-encoding": "gzip" });
  if (plain.status !== 200 || gzipped.headers["content-encoding"] !== "gzip") throw new Error("claire's page is not there");
  const tests = /data-tests="([^"]+)"/.exec(plain.body.toString())?.[1].split(" ").length ?? 0;
  if (!tests) throw new Error("claire runs no test, so that nothing is chosen for a visitor");
  const nginx = await startNginx(name, plain, gzipped);
  const servers = [{ name: "ours", url: publicUrl, pids: [Number(rendererPid)] }, nginx];
  for (const encoding of ["identity", "gzip"]) await compare(encoding, servers, visitor, tests);
  nginx.stop();
}
await spread();
