// SPDX-License-Identifier: Apache-2.0
// What clients of a companion do in Chromium; the result is one line of JSON.
//   node booking_client.mjs ask SITE      two visitors have the same free time before them: the first gets it, the second is
//                                         refused it, keeps what was typed, and takes one of the others
//   node booking_client.mjs request SITE  a visitor asks a companion who offers no times for one
//   node booking_client.mjs agree PAGE    the client accepts the proposal on the page that her mail leads to
//   node booking_client.mjs read PAGE     what that page says, and nothing is done
import assert from "node:assert/strict";
import { launchBrowser } from "./browser.mjs";
import { until } from "../support/until.mjs";

const [what, address] = process.argv.slice(2);
const browser = await launchBrowser();

async function open(url) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", (error) => assert.fail(error.message));
    page.on("request", (request) => {
        if (!request.url().startsWith("data:")) assert.match(new URL(request.url()).hostname, /(^|\.)localhost$/, "a request to somebody else");
    });
    const response = await page.goto(url, { waitUntil: "load" });
    assert.equal(response.status(), 200, url);
    return page;
}

async function openForm() {
    const page = await open(new URL("/book?service=", address).href);
    await page.waitForSelector("body[data-asked]");
    if (await page.isVisible("[data-gate=yes]")) await page.click("[data-gate=yes]");
    return page;
}

async function fill(page, name, email) {
    await page.fill("#client_name", name);
    await page.fill("#client_email", email);
    await page.fill("#message", `Dinner by the water, says ${name}.`);
    await page.check("#terms");
    await page.check("input[name=consent]");
}

const options = (page, selector) => page.$$eval(`${selector} option`, (all) => all.map(({ value }) => value).filter(Boolean));

async function choose(page, day, time) {
    await until("the free days", async () => (await options(page, "#preferred_day")).includes(day));
    await page.selectOption("#preferred_day", day);
    await page.selectOption("#preferred_date", time);
}

async function fillOffered(page, name, email) {
    await fill(page, name, email);
    if (await page.locator("#place_kind").count()) await page.selectOption("#place_kind", { index: 1 });
    await page.fill("#place", "Harbour Hotel");
}

async function send(page) {
    await page.click("[data-booking] [type=submit]");
    await page.waitForSelector(".sent, .summary");
    return page.locator(".sent").count();
}

async function ask() {
    const first = await openForm(), second = await openForm();
    await until("the free days", async () => (await options(first, "#preferred_day")).length > 4);
    const day = (await options(first, "#preferred_day"))[3];
    await first.selectOption("#preferred_day", day);
    const time = (await options(first, "#preferred_date"))[1];
    await fillOffered(first, "Robin Vale", "robin@example.org");
    await choose(first, day, time);
    await fillOffered(second, "Kim Moss", "kim@example.org");
    await choose(second, day, time);
    assert.equal(await send(first), 1, await first.innerText("body"));
    assert.equal(await send(second), 0, "the same time a second time");
    const refusal = await second.innerText(".summary");
    await until("the times without the one that was taken", async () => !(await options(second, "#preferred_date")).includes(time));
    const others = await options(second, "#preferred_date");
    assert.ok(others.length > 1, "others are offered");
    assert.equal(await second.inputValue("#message"), "Dinner by the water, says Kim Moss.");
    await second.selectOption("#preferred_date", others[1]);
    assert.equal(await send(second), 1, await second.innerText("body"));
    return { time: time.slice(0, 16), refusal, other: others[1].slice(0, 16) };
}

async function request() {
    const page = await openForm();
    await fill(page, "Sam Stone", "sam@example.org");
    const later = new Date(Date.now() + 20 * 864e5).toISOString().slice(0, 10);
    await page.fill("#preferred_date", `${later}T20:00`);
    assert.equal(await send(page), 1, await page.innerText("body"));
    return {};
}

const said = async (page) => ({ status: await page.innerText("h1"), title: await page.title(), text: await page.innerText("main") });

async function agree() {
    const page = await open(address);
    const before = await said(page);
    await page.click("button[value=agree]");
    await page.waitForURL((url) => url.search === "?done");
    return { before, after: await said(page) };
}

try {
    const result = await ({ ask, request, agree, read: async () => said(await open(address)) })[what]();
    console.log(JSON.stringify(result));
} finally {
    await browser.close();
}
