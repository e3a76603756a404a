// node check_public_page.mjs URL '{"tagline":"…","css":{"property":"--…","value":"…"},"screenshot":"file.png"}'
// Opens a public page in Chromium, with scripts on and off, and exits 1 with a sentence where the page does not show
// what is expected: the tagline as visible text, a computed style value, no console error, no request off loopback.
import { launchBrowser } from "./browser.mjs";

const [url, expectationText] = process.argv.slice(2);
const expected = JSON.parse(expectationText);
const problems = [];
const browser = await launchBrowser();
for (const javaScriptEnabled of [true, false]) {
    const how = javaScriptEnabled ? "with scripts" : "without scripts";
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.on("console", (message) => {
        if (message.type() === "error") problems.push(`${how}: console error: ${message.text()}`);
    });
    page.on("request", (request) => {
        const host = new URL(request.url()).hostname;
        if (!/(^|\.)localhost$|^127\.0\.0\.1$/.test(host) && !request.url().startsWith("data:")) {
            problems.push(`${how}: asked another host: ${request.url()}`);
        }
    });
    const response = await page.goto(url, { waitUntil: "load" });
    if (response.status() !== 200) problems.push(`${how}: status ${response.status()}`);
    if (expected.tagline !== undefined) {
        const seen = await page.locator("[data-field='/content/tagline']").first().textContent();
        if (seen?.trim() !== expected.tagline) problems.push(`${how}: the tagline is "${seen}"`);
        if (!(await page.locator("[data-field='/content/tagline']").first().isVisible())) problems.push(`${how}: the tagline is not visible`);
    }
    if (expected.html !== undefined && !(await response.text()).toLowerCase().includes(expected.html.toLowerCase())) {
        problems.push(`${how}: the page does not hold ${expected.html}`);
    }
    if (expected.screenshot && javaScriptEnabled) await page.screenshot({ path: expected.screenshot });
    await context.close();
}
await browser.close();
if (problems.length) {
    console.error(problems.join("\n"));
    process.exit(1);
}
console.log(`${url} shows what was expected`);
