// Functions with which a bench reads figures of the machine and of the services that it measures.
import { execFileSync, spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import http from "node:http";

const ticksPerSecond = Number(execFileSync("getconf", ["CLK_TCK"]));

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
export const rounded = (value, digits = 3) => Number(value.toFixed(digits));
export const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

const stat = (pid) => readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");

export function withChildren(pid) {
  const found = [Number(pid)];
  for (const name of readdirSync("/proc").filter((entry) => /^\d+$/.test(entry))) {
    try {
      if (Number(stat(name)[1]) === Number(pid)) found.push(Number(name));
    } catch { /* ended meanwhile */ }
  }
  return found;
}

// User and system time of one process in seconds, threads included; `ended` adds its children that have ended.
export function cpuSeconds(pid, ended = false) {
  const fields = stat(pid);
  const ticks = ended ? [11, 12, 13, 14] : [11, 12];
  return ticks.reduce((sum, index) => sum + Number(fields[index]), 0) / ticksPerSecond;
}

// The same of a PostgreSQL server with all its backends.
export function clusterCpuSeconds(postmaster) {
  return withChildren(postmaster).reduce((sum, pid) => {
    try {
      return sum + cpuSeconds(pid, pid === Number(postmaster));
    } catch {
      return sum;
    }
  }, 0);
}

export function residentMegabytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]) / 1024;
}

export function get(base, host, target = "/", headers = {}) {
  const { port } = new URL(base);
  return new Promise((resolve, reject) => {
    http.get({ host: "127.0.0.1", port, path: target, headers: { host, ...headers } }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    }).on("error", reject);
  });
}

// Runs a program that prints one line of JSON.
export function jsonLine(program, words) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "inherit"] });
    let output = "";
    child.stdout.on("data", (chunk) => { output += chunk; });
    child.on("error", reject);
    child.on("close", (code) => {
      const line = output.split("\n").find((each) => each.startsWith("{"));
      code === 0 && line ? resolve(JSON.parse(line)) : reject(new Error(`${program} ended with ${code}: ${output}`));
    });
  });
}

// The address as psql's environment: words of a command line can be read by everybody on the machine.
export function connection(url) {
  const { hostname, port, username, password, pathname } = new URL(url);
  return { PGHOST: hostname, PGPORT: port, PGUSER: decodeURIComponent(username), PGPASSWORD: decodeURIComponent(password), PGDATABASE: pathname.slice(1) };
}

export const query = (url, sql) => execFileSync("psql", ["-XAtq", "-c", sql], { encoding: "utf8", env: { ...process.env, ...connection(url) } }).trim();

// Every server process is a child of the postmaster; those of other sessions outlive the question.
export function postmasterOf(url) {
  for (const pid of query(url, "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()").split("\n")) {
    try {
      return Number(stat(pid)[1]);
    } catch { /* ended meanwhile */ }
  }
  throw new Error("the database server's process was not found");
}
