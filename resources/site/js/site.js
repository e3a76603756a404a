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
  if (gate && stored(visit, 'adult') !== 'yes') {
    gate.showModal();
    gate.addEventListener('cancel', (event) => event.preventDefault());
    gate.addEventListener('click', (event) => {
      const answer = event.target.dataset.gate;
      if (answer === 'yes') {
        store(visit, 'adult', 'yes');
        gate.close();
      } else if (answer === 'no') {
        one('.site').remove();
        one('h2', gate).textContent = 'Thank you for being honest';
        one('p', gate).textContent = 'This site is not for you yet. You can close this page.';
        one('.actions', gate).remove();
        one('h2', gate).focus();
      }
    });
  }

  const consent = one('#consent');
  const showConsent = (shown) => {
    consent.hidden = !shown;
    document.body.classList.toggle('asking', shown);
  };
  if (consent) {
    const refused = navigator.globalPrivacyControl || navigator.doNotTrack === '1';
    if (!stored(browser, 'consent') && !refused) showConsent(true);
    consent.addEventListener('click', (event) => {
      const choice = event.target.dataset.consent;
      if (!choice) return;
      store(browser, 'consent', choice);
      showConsent(false);
      document.dispatchEvent(new CustomEvent('consent', { detail: choice }));
    });
    all('[data-choice]').forEach((item) => {
      item.hidden = false;
      item.addEventListener('click', () => { showConsent(true); one('button', consent).focus(); });
    });
  }

  const quiet = matchMedia('(prefers-reduced-motion: reduce)');
  all('.reel-buttons').forEach((buttons) => {
    const reel = buttons.previousElementSibling;
    const update = () => {
      buttons.hidden = reel.scrollWidth <= reel.clientWidth + 8;
      const left = Math.abs(reel.scrollLeft);
      buttons.firstElementChild.disabled = left < 8;
      buttons.lastElementChild.disabled = left + reel.clientWidth > reel.scrollWidth - 8;
    };
    buttons.addEventListener('click', (event) => {
      const step = Number(event.target.dataset.reel || 0);
      const item = reel.firstElementChild;
      reel.scrollBy({ left: step * (item.offsetWidth + 16), behavior: quiet.matches ? 'auto' : 'smooth' });
    });
    reel.addEventListener('scroll', update, { passive: true });
    new ResizeObserver(update).observe(reel);
  });

  const box = one('#lightbox');
  const links = all('a[data-photo]');
  if (box && links.length) {
    let at = 0;
    const show = (index) => {
      at = (index + links.length) % links.length;
      const small = one('img', links[at]);
      const large = one('img', box);
      large.src = links[at].href;
      large.alt = small.alt;
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
      else if (close !== undefined || event.target === box) box.close();
    });
    box.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowLeft') show(at - 1);
      if (event.key === 'ArrowRight') show(at + 1);
    });
    box.addEventListener('close', () => links[at].focus());
  }
})();
