// SPDX-License-Identifier: Apache-2.0
// Small comforts over pages that work without them: the 18+ question, the cookie bar, larger photos, scroll buttons.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const stored = (storage, key) => { try { return storage().getItem(key); } catch { return null; } };
  const store = (storage, key, value) => { try { storage().setItem(key, value); } catch { /* remembered for this page */ } };
  const visit = () => sessionStorage;
  const browser = () => localStorage;

  const gate = one('#gate');
  const asksAge = gate && gate.showModal && stored(visit, 'adult') !== 'yes';
  let offerChoice = () => {};
  if (asksAge) gate.dataset.asks = ''; // visit.js counts nothing as seen until this is gone
  const askAge = () => {
    let answered = false;
    gate.showModal();
    one('h2', gate).focus();
    gate.addEventListener('cancel', (event) => event.preventDefault());
    // A browser may close it all the same when Escape is pressed twice.
    gate.addEventListener('close', () => { if (!answered) gate.showModal(); });
    gate.addEventListener('click', (event) => {
      const answer = event.target.dataset.gate;
      if (answer === 'yes') {
        answered = true;
        store(visit, 'adult', 'yes');
        delete gate.dataset.asks;
        gate.close();
        offerChoice();
      } else if (answer === 'no') {
        one('.site').remove();
        const consent = one('#cookies');
        if (consent) consent.remove();
        one('h2', gate).textContent = 'Thank you for being honest';
        one('p', gate).textContent = 'This site is not for you yet. You can close this page.';
        one('.actions', gate).remove();
        one('h2', gate).focus();
      }
    });
  };

  const consent = one('#cookies');
  const remembered = 180 * 864e5;
  const held = () => {
    const [word, at, untold] = (stored(browser, 'consent') || '').split(' ');
    return { word, at: Number(at) || 0, untold: Boolean(untold) };
  };
  const choice = () => {
    const { word, at } = held();
    return !at || Date.now() - at < remembered ? word : '';
  };
  const keep = (word, untold = '') => store(browser, 'consent', `${word} ${Date.now()}${untold}`);
  // The server sets or takes away the cookie; it is asked until it answers, one question at a time, so that the newest
  // choice is its last answer. Another tab's later choice counts. Who accepts takes along the events that this page
  // reported before; visit.js knows which.
  let wish = null;
  let telling = false;
  let goOn = () => {};
  const newest = () => {
    const other = held();
    if (wish && other.word && other.word !== wish.word && other.at >= wish.at) wish = other;
    return wish;
  };
  const ask = async (asked) => {
    const { visitEvents } = window;
    let taken = false;
    let again = false;
    try {
      const events = visitEvents && asked.word === 'accepted' ? await visitEvents.begin() : [];
      if (newest() === asked) {
        const answer = await fetch('/api/consent', {
          method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ decision: asked.word, events }), keepalive: true,
        });
        if (answer.status === 429 || answer.status >= 500) throw answer;
        taken = answer.ok;
        const decision = taken && (await answer.json()).decision;
        if (newest() === asked) {
          if (taken) keep(decision);
          wish = null;
        }
      }
    } catch (trouble) {
      again = newest() === asked;
    }
    if (visitEvents) visitEvents.end(taken);
    return again;
  };
  const tell = async (chosen) => {
    wish = chosen;
    goOn();
    if (telling) return;
    telling = true;
    for (let pause = 1000; newest() && pause < 6e4;) {
      if (await ask(wish)) {
        const now = pause;
        await new Promise((resolve) => { goOn = resolve; setTimeout(resolve, now); });
        pause *= 2;
      } else pause = 1000;
    }
    wish = null;
    telling = false;
  };
  if (held().untold) tell(held()); // declined on a page before, and no answer came
  if (consent) {
    let opener = null;
    const show = (shown) => {
      consent.hidden = !shown;
      document.body.classList.toggle('asking', shown);
    };
    const leave = () => {
      const inside = consent.contains(document.activeElement);
      show(false);
      if (!inside) return;
      const next = opener || one('main');
      if (!opener) next.tabIndex = -1;
      next.focus({ preventScroll: true });
      opener = null;
    };
    const refused = navigator.globalPrivacyControl || navigator.doNotTrack === '1';
    offerChoice = () => { if (!choice() && !refused) show(true); };
    consent.addEventListener('click', (event) => {
      const word = event.target.dataset.consent;
      if (!word) return;
      if (word === 'declined') keep(word, ' untold');
      tell({ word, at: Date.now() });
      leave();
    });
    // Put aside without an answer: nothing is stored, and the next page asks again.
    consent.addEventListener('keydown', (event) => { if (event.key === 'Escape') leave(); });
    if (!refused) {
      all('[data-choice]').forEach((item) => {
        item.hidden = false;
        const button = one('button', item);
        button.addEventListener('click', () => {
          show(true);
          opener = button;
          one('button', consent).focus();
        });
      });
    }
  }

  // The question makes the whole page inert, which is costly: it comes in a task of its own after the first paint.
  requestAnimationFrame(() => setTimeout(() => {
    if (asksAge) askAge();
    else offerChoice();
    document.body.dataset.asked = '';
  }));

  const watch = (element, margin, changed) => {
    if (element && window.IntersectionObserver) {
      new IntersectionObserver((entries, observer) => changed(entries[entries.length - 1], observer), { rootMargin: margin }).observe(element);
    }
  };
  const { classList } = document.body;
  watch(one('.over .hero'), '-80px 0px 0px', ({ isIntersecting }) => classList.toggle('scrolled', !isIntersecting));
  watch(one('.hero .actions'), '0px', ({ isIntersecting, boundingClientRect }) => classList.toggle('past', !isIntersecting && boundingClientRect.top < 0));

  const menu = one('.menu');
  if (menu) {
    menu.addEventListener('click', (event) => { if (event.target.closest('a')) menu.open = false; });
    menu.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !menu.open) return;
      menu.open = false;
      one('summary', menu).focus();
    });
  }

  const quiet = matchMedia('(prefers-reduced-motion: reduce)');
  all('.reel-buttons').forEach((buttons) => {
    const reel = buttons.previousElementSibling;
    // Reads everything before it writes, so that the browser lays the page out once.
    const update = () => {
      const { scrollWidth, clientWidth } = reel;
      const left = Math.abs(reel.scrollLeft);
      buttons.hidden = scrollWidth <= clientWidth + 8;
      buttons.firstElementChild.disabled = left < 8;
      buttons.lastElementChild.disabled = left + clientWidth > scrollWidth - 8;
    };
    buttons.addEventListener('click', (event) => {
      const step = Number(event.target.dataset.reel || 0);
      const item = reel.firstElementChild;
      reel.scrollBy({ left: step * (item.offsetWidth + 16), behavior: quiet.matches ? 'auto' : 'smooth' });
    });
    watch(reel, '400px', ({ isIntersecting }, observer) => {
      if (!isIntersecting) return;
      observer.disconnect();
      reel.addEventListener('scroll', update, { passive: true });
      new ResizeObserver(update).observe(reel);
    });
  });

  const box = one('#lightbox');
  const links = all('a[data-photo]');
  if (box && links.length) {
    let at = 0;
    const large = document.createElement('img');
    one('.lightbox-photo', box).append(large);
    const words = one('.lightbox-caption', box);
    const show = (index) => {
      at = (index + links.length) % links.length;
      const small = one('img', links[at]);
      large.src = links[at].href;
      large.alt = small.alt;
      const below = links[at].nextElementSibling;
      words.textContent = links[at].dataset.caption || (below && below.className === 'caption' ? below.textContent : '');
      words.hidden = !words.textContent;
      one('span', box).textContent = `${at + 1} / ${links.length}`;
    };
    links.forEach((link, index) => link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(index);
      box.showModal();
    }));
    box.addEventListener('click', (event) => {
      const { step, close } = event.target.dataset;
      if (step) show(at + Number(step));
      else if (close !== undefined || event.target === box || event.target.className === 'lightbox-photo') box.close();
    });
    box.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft') show(at - 1);
      if (event.key === 'ArrowRight') show(at + 1);
    });
    box.addEventListener('close', () => links[at].focus());
  }
})();
