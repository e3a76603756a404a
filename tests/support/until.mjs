// SPDX-License-Identifier: Apache-2.0
// The one place where tests in JavaScript wait.
import assert from 'node:assert/strict';

// Asks `condition` until it holds. Where the time is out it fails and says what was waited for, and what was `seen` instead.
export async function until(what, condition, patience = 9000, seen = () => '') {
  for (const end = Date.now() + patience; Date.now() < end;) {
    if (await condition()) return;
    await new Promise((resolve) => { setTimeout(resolve, 40); });
  }
  assert.fail(`waited in vain for: ${what}${seen()}`);
}

// Scrolls to an element. What the page watches on the screen it has been told by then: an observer that comes later is told later.
export async function scrollTo(page, selector) {
  await page.evaluate((text) => new Promise((resolve) => {
    const element = document.querySelector(text);
    element.scrollIntoView({ block: 'center' });
    new IntersectionObserver((_, observer) => { observer.disconnect(); resolve(); }).observe(element);
  }), selector);
}
