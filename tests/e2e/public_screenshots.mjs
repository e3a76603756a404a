// node public_screenshots.mjs PLATFORM_URL FOLDER: every public page at phone, tablet and desktop width.
import { join } from "node:path";
import { launchBrowser, tenantUrl } from "./browser.mjs";

const [platformUrl, folder] = process.argv.slice(2);
const widths = { phone: [390, 844], tablet: [768, 1024], desktop: [1440, 900] };
const pages = [
    ["landing", platformUrl],
    ["claire", tenantUrl(platformUrl, "claire")],
    ["sophie", tenantUrl(platformUrl, "sophie")],
    ["jessica", tenantUrl(platformUrl, "jessica")],
    ["privacy", tenantUrl(platformUrl, "claire", "/privacy")],
    ["book", tenantUrl(platformUrl, "claire", "/book")],
    ["not-found", tenantUrl(platformUrl, "nobody")],
];

const browser = await launchBrowser();
for (const [device, [width, height]] of Object.entries(widths)) {
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: device === "phone" ? 2 : 1 });
    for (const [name, url] of pages) {
        const page = await context.newPage();
        await page.goto(url, { waitUntil: "load" });
        if (await page.locator("#cookies").count()) await page.waitForSelector("body[data-asked]");
        await page.screenshot({ path: join(folder, `public-${name}-${device}-first.png`) });
        for (const answer of ["[data-gate='yes']", "[data-consent='declined']"]) {
            const button = page.locator(answer);
            if (await button.isVisible()) await button.click();
        }
        // Lazy pictures load while the page is scrolled down.
        await page.evaluate(async () => {
            for (let y = 0; y < document.body.scrollHeight; y += 500) {
                window.scrollTo(0, y);
                await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
            }
            window.scrollTo(0, 0);
        });
        await page.evaluate(() => Promise.all([...document.images].map((image) => {
            image.loading = "eager";
            return image.decode().catch(() => {}); // a picture without an address
        })));
        await page.screenshot({ path: join(folder, `public-${name}-${device}.png`), fullPage: true });
        await page.close();
    }
    await context.close();
}
await browser.close();
