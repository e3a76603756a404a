// SPDX-License-Identifier: Apache-2.0
// node visitor_sessions.mjs: in Chromium, from the landing page to a booking on each demo companion's site: with the
// cookie, without it, and without scripts. Then the rows in the database are exactly what the sessions did, and "Forget
// me" takes them away.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { launchBrowser } from "./browser.mjs";
import { scrollTo, until } from "../support/until.mjs";
import { startService } from "./local_service.mjs";

const require = createRequire(join(process.env.STUDIO_SOURCE_DIR ?? process.cwd(), "package.json"));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const widths = [390, 768, 1440];
const agent = (number) => `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36 Test/${number}`;

const service = await startService();
const browser = await launchBrowser();
const tenants = service.rows("SELECT id, subdomain, name FROM tenants WHERE status = 'active' ORDER BY subdomain");
const zones = {};
for (const { subdomain } of tenants) zones[subdomain] = service.rows(`SELECT content_config->'location'->>'timezone' AS zone FROM tenants WHERE subdomain = '${subdomain}'`)[0].zone;

// What is wrong by axe at three widths. It is put in past the page's own policy.
async function assertAccessible(page, where) {
    const size = page.viewportSize();
    for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await globalThis.axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        })).violations.map((one) => `${one.id}: ${one.nodes[0].target}`));
        assert.deepEqual(found, [], `${where} at ${width} px`);
    }
    await page.setViewportSize(size);
}

async function open(number, options = {}) {
    const context = await browser.newContext({ userAgent: agent(number), viewport: { width: 1280, height: 900 }, reducedMotion: "reduce", ...options });
    const page = await context.newPage();
    page.told = new Map();
    page.on("request", (request) => {
        if (!request.url().endsWith("/api/events")) return;
        for (const event of JSON.parse(request.postData() ?? '{"events":[]}').events) page.told.set(event.id, event);
    });
    page.on("pageerror", (error) => assert.fail(error.message));
    return page;
}

async function enter(page, subdomain) {
    await page.goto(service.url);
    await page.click(`.card a[href*="//${subdomain}."]`);
    await page.waitForLoadState("load");
}

async function fillForm(page, number) {
    await page.fill("#client_name", `Robin Ames ${number}`);
    await page.fill("#client_email", `robin${number}@example.org`);
    await page.fill("#client_phone", "+61 412 345 678");
    await page.fill("#preferred_date", "2027-03-14T20:00");
    await page.fill("#message", `Dinner by the water, ${number}`);
    await page.check("#terms");
    await page.check("#consent");
}

// Until the page has told an event, and all that it told before is stored: a page tells events in their order.
async function untilStored(page, what, isIt) {
    await until(what, () => {
        const told = [...page.told.values()];
        const ids = told.map(({ id }) => `'${id}'`).join();
        return told.some(isIt) && service.rows(`SELECT id FROM events WHERE id IN (${ids})`).length === told.length;
    }, 20000);
}

async function withScripts(subdomain, number, choice) {
    const page = await open(number);
    await enter(page, subdomain);
    await page.waitForSelector("body[data-asked]");
    if (await page.isVisible("[data-gate=yes]")) {
        if (choice === "accepted") await assertAccessible(page, `${subdomain}: the question`);
        await page.click("[data-gate=yes]");
    }
    assert.deepEqual((await page.context().cookies()), [], "a cookie before the answer");
    if (choice === "accepted") await assertAccessible(page, `${subdomain}: the bar`);
    const answered = page.waitForResponse((response) => response.url().endsWith("/api/consent"));
    await page.click(`[data-consent=${choice}]`);
    await answered;
    const cookies = await page.context().cookies();
    assert.deepEqual(cookies.map((cookie) => [cookie.name, cookie.httpOnly, cookie.secure, cookie.sameSite]),
        choice === "accepted" ? [["__Host-visitor", true, true, "Lax"]] : []);
    await scrollTo(page, ".hero-photo");
    const photo = page.locator("a[data-photo]").first();
    await photo.click();
    await page.keyboard.press("Escape");
    if (await page.locator("#rates").count()) {
        await page.locator("#rates table").scrollIntoViewIfNeeded();
        await page.waitForTimeout(1300); // time is the subject: rates count once they were seen for a second
    }
    await page.locator("#booking").scrollIntoViewIfNeeded(); // the form opens when it comes near
    await page.locator("#client_name").scrollIntoViewIfNeeded();
    await page.click("[data-booking] [type=submit]");
    await page.waitForSelector(".summary");
    if (choice === "accepted") await assertAccessible(page, `${subdomain}: the form with errors`);
    await fillForm(page, number);
    await page.click("[data-booking] [type=submit]");
    await page.waitForSelector(".sent");
    if (choice === "accepted") await assertAccessible(page, `${subdomain}: the confirmation`);
    await page.locator("[data-event=email_click]").first().dispatchEvent("auxclick");
    await untilStored(page, "what was done last", ({ type }) => type === "email_click");
    return page;
}

async function withoutScripts(subdomain, number) {
    const page = await open(number, { javaScriptEnabled: false });
    await enter(page, subdomain);
    await page.click("#booking a[href='/book']");
    await page.waitForTimeout(3500); // time is the subject: a form that is filled within three seconds is a machine's
    await page.fill("#client_name", "Robin");
    await page.click("[type=submit]");
    assert.ok(await page.isVisible(".summary"), "without scripts: errors are shown");
    assert.equal(await page.inputValue("#client_name"), "Robin");
    await fillForm(page, number);
    await page.click("[type=submit]");
    assert.match(page.url(), /\/book\/sent$/);
    assert.equal(await page.textContent("h1"), "Your request is on its way");
    assert.equal(page.told.size, 0);
    return page;
}

// Of a visit without consent nothing tells whose it was but what the page reported, or the booking.
function sessionOf(number) {
    const found = service.rows(`SELECT * FROM sessions WHERE id IN (SELECT session_id FROM bookings WHERE client_email = 'robin${number}@example.org')`);
    assert.equal(found.length, 1, `visitor ${number} made ${found.length} sessions`);
    return found[0];
}

function assertRows(tenant, number, page, choice) {
    const session = sessionOf(number);
    assert.equal(session.tenant_id, tenant.id);
    assert.equal(session.device_type, "desktop");
    assert.equal(session.ip_address, choice === "accepted" ? "203.0.113.0" : null);
    assert.equal(/^Chrome/.test(session.browser ?? ""), choice === "accepted");
    assert.equal((session.user_agent ?? "").endsWith(`Test/${number}`), choice === "accepted");
    const events = service.rows(`SELECT * FROM events WHERE session_id = '${session.id}' ORDER BY created_at`);
    const told = [...page.told.values()];
    assert.deepEqual(events.filter((event) => event.event_type !== "form_submit").map((event) => event.id).sort(), told.map((event) => event.id).sort());
    for (const event of told) {
        const row = events.find((found) => found.id === event.id);
        assert.equal(row.event_type, event.type);
        assert.equal(Math.abs(Date.parse(row.created_at) - event.at) < 2000, true);
    }
    assert.equal(events.filter((event) => event.event_type === "form_submit").length, 1);
    if (choice) {
        const count = (type) => told.filter((event) => event.type === type).length;
        for (const type of ["page_view", "photo_click", "form_start"]) assert.equal(count(type), 1, `${tenant.subdomain}: ${type}`);
        const heroTests = service.rows(`SELECT id FROM ab_tests WHERE tenant_id = '${tenant.id}' AND element_type = 'hero_photo' AND status = 'active'`);
        assert.equal(count("hero_photo_viewed"), heroTests.length, `${tenant.subdomain}: hero_photo_viewed`);
        assert.equal(session.visitor_id !== null, choice === "accepted");
        assert.equal(session.consented, choice === "accepted");
        const assigned = service.rows(`SELECT test_id, variant_id FROM ab_assignments WHERE session_id = '${session.id}'`);
        assert.deepEqual(assigned.map((row) => `${row.test_id}:${row.variant_id}`).sort(),
            told.filter((event) => event.type === "ab_test_assigned").map((event) => `${event.data.testId}:${event.data.variantId}`).sort());
    }
    const [booking, ...more] = service.rows(`SELECT id, tenant_id, session_id, status, message, preferred_date, terms_accepted_at FROM bookings WHERE client_email = 'robin${number}@example.org'`);
    assert.equal(more.length, 0);
    assert.equal(booking.tenant_id, tenant.id);
    assert.equal(booking.session_id, session.id);
    assert.equal(booking.status, "pending");
    assert.equal(booking.message, `Dinner by the water, ${number}`);
    assert.equal(new Date(booking.preferred_date).toLocaleString("sv-SE", { timeZone: zones[tenant.subdomain] }), "2027-03-14 20:00:00");
    assert.ok(booking.terms_accepted_at);
}

async function forget(page, tenant, number) {
    const [{ id }] = [sessionOf(number)];
    await page.goto(new URL("/privacy", page.url()).href);
    const gate = page.locator("[data-gate=yes]");
    if (await gate.isVisible()) await gate.click();
    await page.waitForSelector("#held:not([hidden])");
    assert.match(await page.textContent("#held"), /^You have accepted the cookie\. Stored about this browser: one visit with \d+ events/);
    await untilStored(page, "the view of the privacy page", (event) => event.type === "page_view" && event.page === "/privacy");
    await page.click("#forget button");
    await page.waitForSelector(".receipt");
    assert.match(await page.textContent(".receipt"), /[0-9a-f-]{36}/);
    assert.deepEqual(await page.context().cookies(), []);
    assert.deepEqual(service.rows(`SELECT id FROM events WHERE session_id = '${id}'`), [], `${tenant.subdomain}: events are left`);
    assert.deepEqual(service.rows(`SELECT id FROM sessions WHERE id = '${id}'`), [], `${tenant.subdomain}: the session is left`);
}

let problem = null;
try {
    assert.ok(tenants.length >= 3);
    let number = 0;
    for (const tenant of tenants) {
        for (const choice of ["accepted", "declined", ""]) {
            number += 1;
            const page = choice ? await withScripts(tenant.subdomain, number, choice) : await withoutScripts(tenant.subdomain, number);
            assertRows(tenant, number, page, choice);
            if (choice === "accepted") await forget(page, tenant, number);
            await page.context().close();
            console.log(`${tenant.subdomain}, ${choice || "without scripts"}: from landing to a booking, rows as told`);
        }
    }
    assert.equal(service.rows("SELECT count(id) AS n FROM bookings")[0].n, number);
    assert.ok(!/robin\d*@example\.org|203\.0\.113\.[1-9]/.test(service.log()), "the log holds personal data");
} catch (error) {
    problem = error;
    console.error(error.stack);
    console.error(service.log().split("\n").slice(-15).join("\n"));
} finally {
    await browser.close();
    await service.stop();
}
process.exit(problem ? 1 : 0);
