// Debian's Chromium, headless, with nothing that would reach for the network beyond loopback.
import { chromium } from "playwright-core";

export async function launchBrowser() {
    return chromium.launch({
        executablePath: "/usr/bin/chromium",
        args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1",
        ],
    });
}

// The platform's address with a tenant's name before the host: http://claire.localhost:8080
export function tenantUrl(platformUrl, subdomain, path = "/") {
    const url = new URL(path, platformUrl);
    url.hostname = `${subdomain}.${url.hostname}`;
    return url.href;
}
