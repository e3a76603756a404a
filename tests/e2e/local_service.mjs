// SPDX-License-Identifier: Apache-2.0
// A scratch workspace with the demo companions, the real public service, and a proxy before it that tells the service
// which visitor comes from where: "Test/7" in a user agent comes from 203.0.113.7. All gone after stop().
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer, request as ask } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../support/until.mjs";

const programs = process.env.STUDIO_BIN_DIR ?? "build/bin";

// The address as psql's environment: words of a command line can be read by everybody on the machine.
function connection(url) {
    const { hostname, port, username, password, pathname } = new URL(url);
    return { PGHOST: hostname, PGPORT: port, PGUSER: decodeURIComponent(username), PGPASSWORD: decodeURIComponent(password), PGDATABASE: pathname.slice(1) };
}

function proxyTo(port) {
    const server = createServer((request, response) => {
        const [, number = "250"] = /Test\/(\d+)/.exec(request.headers["user-agent"] ?? "") ?? [];
        const headers = { ...request.headers, "x-forwarded-for": `203.0.113.${number}` };
        const onward = ask({ host: "127.0.0.1", port: port(), method: request.method, path: request.url, headers }, (answer) => {
            response.writeHead(answer.statusCode, answer.headers);
            answer.pipe(response);
        });
        onward.on("error", () => response.destroy());
        request.pipe(onward);
    });
    return new Promise((resolve) => { server.listen(0, "127.0.0.1", () => resolve(server)); });
}

async function freePort() {
    const server = createServer();
    await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
    const { port } = server.address();
    await new Promise((resolve) => { server.close(resolve); });
    return port;
}

async function answersReady(port) {
    await until("the public service", async () => {
        try {
            return (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;
        } catch {
            return false; // the service does not answer yet
        }
    }, 20000);
}

export async function startService() {
    const folder = mkdtempSync(join(tmpdir(), "studio-visitors-"));
    chmodSync(folder, 0o755); // PostgreSQL runs as a user of its own when this runs as root
    const workspace = join(folder, "workspace");
    const control = (...words) => execFileSync(join(programs, "companionctl"), [...words, "--workspace", workspace, "--json"], { encoding: "utf8" });
    control("workspace", "start");
    const { logins, media } = JSON.parse(control("workspace", "status"));
    const port = await freePort();
    const proxy = await proxyTo(() => port);
    const log = openSync(join(folder, "renderer.log"), "w");
    const renderer = spawn(join(programs, "companion-renderer"), [], {
        stdio: ["ignore", log, log],
        env: {
            ...process.env, DATABASE_URL: logins.renderer, LISTEN_ADDRESS: `127.0.0.1:${port}`, METRICS_ADDRESS: "127.0.0.1:0",
            PLATFORM_DOMAIN: "localhost", LIMIT_FACTOR: "10000", PUBLIC_PORT: String(proxy.address().port), TRUSTED_PROXIES: "127.0.0.1",
            SESSION_SECRET: "an end-to-end test's secret of enough length", MEDIA_ROOT: media,
        },
    });
    const gone = new Promise((resolve) => { renderer.on("exit", resolve); });
    const stop = async () => {
        renderer.kill("SIGTERM");
        await gone;
        proxy.closeAllConnections();
        proxy.close();
        control("workspace", "stop");
        rmSync(folder, { recursive: true, force: true });
    };
    try {
        await answersReady(port);
    } catch (error) {
        const words = readFileSync(join(folder, "renderer.log"), "utf8");
        await stop();
        throw new Error(`${error.message}\n${words}`);
    }
    return {
        url: `http://localhost:${proxy.address().port}/`,
        control,
        stop,
        log: () => readFileSync(join(folder, "renderer.log"), "utf8"),
        // Rows as objects, as the operator sees them.
        rows: (sql) => JSON.parse(execFileSync("psql", ["-AtXc", `SELECT coalesce(json_agg(to_jsonb(found)), '[]') FROM (${sql}) found`], { encoding: "utf8", env: { ...process.env, ...connection(logins.operator) } })),
    };
}
