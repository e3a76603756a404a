// The measuring half of events.sh, bookings.sh, rollup.sh and soak.sh:
// node visitors.mjs events|bookings|rollup|soak PUBLIC_URL METRICS_URL RENDERER_PID OPERATOR_URL OWNER_URL [REFERENCE_URL]
import { execFileSync, spawn } from "node:child_process";
import os from "node:os";
import path from "node:path";
import { clusterCpuSeconds, connection, cpuSeconds, get, jsonLine, median, postmasterOf, query, residentMegabytes, rounded, sleep } from "./processes.mjs";

const [what, publicUrl, metricsUrl, rendererPid, operatorUrl, ownerUrl, referenceUrl] = process.argv.slice(2);
const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const tests = path.join(here, "../../build/tests");
const demoHosts = ["claire.localhost", "sophie.localhost", "jessica.localhost"];
const port = new URL(publicUrl).port;
const postmaster = postmasterOf(operatorUrl);
const number = (name, otherwise) => Number(process.env[name] ?? otherwise);
const rows = (table) => Number(query(operatorUrl, `SELECT count(*) FROM ${table}`));

const load = (words, hosts) => jsonLine(path.join(tests, "visitor_load"),
  [...words, "--port", port, ...hosts.flatMap((host) => ["--host", host])]);

// Updating the figures after a round is part of the round's cost.
async function measured(words, hosts) {
  const before = { renderer: cpuSeconds(rendererPid), database: clusterCpuSeconds(postmaster) };
  const result = await load(words, hosts);
  result.upToDateAfter = await untilUpToDate();
  return {
    ...result,
    rendererUs: (cpuSeconds(rendererPid) - before.renderer) * 1e6 / result.accepted,
    databaseUs: (clusterCpuSeconds(postmaster) - before.database) * 1e6 / result.accepted,
  };
}

function refuseFailures(results) {
  for (const { statuses, cut_off: cutOff } of results) {
    const failed = Object.keys(statuses ?? {}).filter((status) => Number(status) >= 400);
    if (failed.length || cutOff) throw new Error(`not all were accepted: ${JSON.stringify(statuses)}, ${cutOff} cut off`);
  }
}

const referenceRoutes = { events: "/analytics/events", bookings: "/bookings", health: "/health" };
// What the first implementation's answer without a database cost where it was measured: microseconds of processor time.
const healthThereUs = 181;

// One event or booking a request, stored by a statement of its own: tests/bench/reference says of what.
async function startReference() {
  const folder = path.join(here, "reference");
  execFileSync("psql", ["-Xq", "-v", "ON_ERROR_STOP=1", "-f", path.join(folder, "schema.sql")], { stdio: ["ignore", "ignore", "inherit"], env: { ...process.env, ...connection(referenceUrl) } });
  const service = spawn(process.execPath, [path.join(folder, "service.mjs"), referenceUrl], { stdio: ["ignore", "pipe", "inherit"] });
  const visit = await new Promise((resolve, reject) => {
    service.stdout.on("data", (line) => resolve(JSON.parse(line)));
    service.on("exit", (code) => reject(new Error(`the reference ended with ${code}`)));
  });
  service.removeAllListeners("exit");
  return { service, visit, script: path.join(folder, "post.lua"), database: postmasterOf(referenceUrl) };
}

// The service stands still meanwhile, so that none of its background work counts as the reference implementation's.
async function measuredReference({ service, visit, script, database }, name, seconds) {
  process.kill(Number(rendererPid), "SIGSTOP");
  try {
    const before = cpuSeconds(service.pid) + clusterCpuSeconds(database);
    const result = await jsonLine("wrk", ["-t1", "-c32", `-d${seconds}s`, "-s", script, `http://127.0.0.1:${visit.port}${referenceRoutes[name]}`,
      "--", name, visit.session, visit.tenant]);
    if (result.failed) throw new Error(`the reference failed ${result.failed} times`);
    return {
      perSecond: result.requests / result.seconds,
      us: (cpuSeconds(service.pid) + clusterCpuSeconds(database) - before) * 1e6 / result.requests,
    };
  } finally {
    process.kill(Number(rendererPid), "SIGCONT");
  }
}

// Runs the rounds, alternating with those of the reference implementation.
async function rounds(name, words, count, hosts) {
  const seconds = String(number(`${name.toUpperCase()}_BENCH_SECONDS`, 5));
  const reference = await startReference();
  const results = [], references = [], health = [];
  try {
    await load([...words, "--seconds", "2"], hosts);
    await measuredReference(reference, name, 2);
    await measuredReference(reference, "health", 2);
    for (let round = 0; round < count; ++round) {
      results.push(await measured([...words, "--seconds", seconds], hosts));
      references.push(await measuredReference(reference, name, seconds));
      health.push(await measuredReference(reference, "health", 1));
    }
  } finally {
    reference.service.kill();
  }
  refuseFailures(results);
  const of = (key) => median(results.map((result) => result[key]));
  const sums = results.map((result) => result.rendererUs + result.databaseUs);
  const ratios = sums.map((sum, round) => references[round].us / sum);
  return {
    rounds: count,
    per_second: Math.round(median(results.map((result) => result.accepted / result.seconds))),
    cpu_us: rounded(median(sums), 1), renderer_us: rounded(of("rendererUs"), 1), database_us: rounded(of("databaseUs"), 1),
    p50_ms: rounded(of("p50_ms"), 1), p99_ms: rounded(of("p99_ms"), 1),
    reference_per_second: Math.round(median(references.map((round) => round.perSecond))),
    reference_cpu_us: rounded(median(references.map((round) => round.us)), 1), times_better: rounded(median(ratios), 1),
    times_better_least: rounded(Math.min(...ratios), 1), times_better_most: rounded(Math.max(...ratios), 1),
    reference_health_us: rounded(median(health.map((round) => round.us)), 1),
    slower_there: rounded(healthThereUs / median(health.map((round) => round.us)), 2),
  };
}

// Compares the number of acknowledged rows with the number of stored ones.
async function nothingLost(table, work) {
  const before = rows(table);
  let accepted = 0;
  const figures = await work((result) => { accepted += result; });
  return { ...figures, acknowledged: accepted, found: rows(table) - before };
}

const durability = () => ({
  synchronous_commit: query(operatorUrl, "SHOW synchronous_commit"), fsync: query(operatorUrl, "SHOW fsync"),
});

async function events() {
  const words = ["events", "--batch", "10", "--connections", "64"];
  const figures = await rounds("events", words, number("EVENTS_BENCH_ROUNDS", 5), demoHosts);
  const checked = await nothingLost("events", async (add) => {
    const result = await load([...words, "--seconds", "3"], demoHosts);
    add(result.accepted);
    return {};
  });
  console.log(JSON.stringify({
    bench: "events", connections: 64, batch: 10, ...durability(), ...figures, ...checked, load: rounded(os.loadavg()[0], 1),
  }));
}

async function bookings() {
  const token = JSON.parse((await get(publicUrl, demoHosts[0], "/api/form-token")).body).token;
  await sleep(4000); // a person needs at least that long for the form
  const words = ["bookings", "--token", token, "--connections", "32"];
  const figures = await rounds("bookings", words, number("BOOKINGS_BENCH_ROUNDS", 5), demoHosts.slice(0, 1));
  const checked = await nothingLost("bookings", async (add) => {
    const result = await load([...words, "--seconds", "2"], demoHosts.slice(0, 1));
    add(result.accepted);
    return {};
  });
  console.log(JSON.stringify({
    bench: "bookings", connections: 32, ...durability(), ...figures, ...checked, load: rounded(os.loadavg()[0], 1),
  }));
}

// Switches the queue of touched visits, and with it the job's work, on or off.
const touching = what === "rollup" && query(ownerUrl, "SELECT pg_get_functiondef('analytics_touch'::regproc)");
const noTouching = "CREATE OR REPLACE FUNCTION analytics_touch(tenants uuid[], visits uuid[]) RETURNS void LANGUAGE sql SECURITY DEFINER AS ''";
function keepFigures(on) {
  const triggers = ["sessions", "ab_assignments", "bookings"].flatMap((table) =>
    ["added", "changed", "removed"].map((kind) => `ALTER TABLE ${table} ${on ? "ENABLE" : "DISABLE"} TRIGGER analytics_${kind}`));
  for (const statement of [on ? touching : noTouching, ...triggers]) query(ownerUrl, statement);
}

async function untilUpToDate() {
  const start = Date.now();
  while (rows("touched_visits") > 0) await sleep(250);
  return (Date.now() - start) / 1000;
}

// The number of stored events grows from round to round, so the order alternates.
async function rollup() {
  const words = ["events", "--batch", "10", "--connections", "64"];
  const seconds = number("EVENTS_BENCH_SECONDS", 5);
  const results = { with: [], without: [] };
  const backlog = [];
  await load([...words, "--seconds", "2"], demoHosts);
  await untilUpToDate();
  for (let round = 0; round < number("ROLLUP_BENCH_ROUNDS", 5); ++round)
    for (const on of round % 2 ? [true, false] : [false, true]) {
      keepFigures(on);
      await sleep(500);
      const result = await measured([...words, "--seconds", String(seconds)], demoHosts);
      results[on ? "with" : "without"].push(result);
      if (on) backlog.push(result.upToDateAfter);
    }
  refuseFailures([...results.with, ...results.without]);
  const rate = (of) => median(of.map((result) => result.accepted / result.seconds));
  const cost = (of) => rounded(median(of.map((result) => result.rendererUs + result.databaseUs)), 1);
  const ratios = results.with.map((result, round) => result.accepted / results.without[round].accepted);
  console.log(JSON.stringify({
    bench: "rollup", rounds: results.with.length, ...durability(), with_per_second: Math.round(rate(results.with)),
    without_per_second: Math.round(rate(results.without)), with_cpu_us: cost(results.with),
    without_cpu_us: cost(results.without), ratio: rounded(median(ratios)), ratio_least: rounded(Math.min(...ratios)),
    ratio_most: rounded(Math.max(...ratios)), up_to_date_after_s: rounded(median(backlog)), up_to_date_after_max_s: rounded(Math.max(...backlog)),
    load: rounded(os.loadavg()[0], 1),
  }));
}

async function gauge(name) {
  const text = (await get(metricsUrl, "metrics", "/metrics")).body.toString();
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1]);
}

// Least-squares slope in megabytes an hour over samples of [seconds, megabytes].
function slopePerHour(samples) {
  const mean = (index) => samples.reduce((sum, sample) => sum + sample[index], 0) / samples.length;
  const [x, y] = [mean(0), mean(1)];
  const above = samples.reduce((sum, [seconds, megabytes]) => sum + (seconds - x) * (megabytes - y), 0);
  return above / samples.reduce((sum, [seconds]) => sum + (seconds - x) ** 2, 0) * 3600;
}

async function soak() {
  const minutes = number("SOAK_MINUTES", 10), tenants = number("SOAK_TENANTS", 2000);
  execFileSync(path.join(tests, "page_bench_tenants"), [operatorUrl, "claire", String(tenants)], { stdio: ["ignore", "ignore", "inherit"] });
  for (let i = 0; i < 1200 && (await gauge("companion_tenants_loaded")) < tenants; ++i) await sleep(100);
  const hosts = Array.from({ length: tenants }, (_, i) => `bench-${String(i + 1).padStart(4, "0")}.localhost`);
  for (const host of hosts) await get(publicUrl, host);
  const words = ["events", "--batch", "10", "--connections", "64"];
  const peak = await load([...words, "--seconds", "10"], hosts);
  const rate = peak.requests / peak.seconds / 2;
  const samples = [];
  const start = Date.now();
  const sampling = setInterval(() => samples.push([(Date.now() - start) / 1000, residentMegabytes(rendererPid)]), 5000);
  const checked = await nothingLost("events", async (add) => {
    const result = await load([...words, "--seconds", String(minutes * 60), "--rate", String(rate)], hosts);
    add(result.accepted);
    return { statuses: result.statuses, cut_off: result.cut_off, p99_ms: result.p99_ms };
  });
  clearInterval(sampling);
  const half = samples.slice(samples.length >> 1);
  console.log(JSON.stringify({
    bench: "soak", minutes, tenants: await gauge("companion_tenants_loaded"), events_per_second: Math.round(rate * 10), ...checked,
    resident_mb_first: rounded(samples[0][1], 1), resident_mb_last: rounded(samples.at(-1)[1], 1),
    resident_mb_most: rounded(Math.max(...samples.map((sample) => sample[1])), 1),
    slope_mb_per_hour_second_half: rounded(slopePerHour(half), 1), load: rounded(os.loadavg()[0], 1),
  }));
}

const benches = { events, bookings, rollup, soak };
await benches[what]();
