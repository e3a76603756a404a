// SPDX-License-Identifier: Apache-2.0
// Runs in a JavaScript world of its own inside the preview's page. Follows the draft: it compares the previous HTML
// with the new one and applies the same change to the document, so that scroll position, focus, running carousels and
// what the page's own script did are not lost. Script elements added by an edit do not run.
(() => {
    'use strict';
    let source = '';
    let before = null;
    let bridge = null;
    let pointer = '';
    let glow = [];
    let hover = null;

    const parse = (text) => new DOMParser().parseFromString(text, 'text/html');
    const imported = (node) => document.importNode(node, true);
    const alike = (one, other) => one.nodeType === other.nodeType && one.nodeName === other.nodeName;

    function isSame(old, live) {
        if (!alike(old, live)) return false;
        return old.nodeType !== Node.ELEMENT_NODE
            || (old.id === live.id && old.getAttribute('data-field') === live.getAttribute('data-field'));
    }

    function followClasses(old, next, live) {
        old.classList.forEach((name) => { if (!next.classList.contains(name)) live.classList.remove(name); });
        next.classList.forEach((name) => { if (!old.classList.contains(name)) live.classList.add(name); });
    }

    function followAttributes(old, next, live) {
        for (const { name, value } of next.attributes) {
            if (old.getAttribute(name) === value) continue;
            if (name === 'class') followClasses(old, next, live);
            else live.setAttribute(name, value);
        }
        for (const { name } of old.attributes) {
            if (!next.hasAttribute(name)) live.removeAttribute(name);
        }
    }

    // The nodes of the live document that correspond to the old ones, in order; null where the page's own script
    // removed some.
    function standIns(old, live) {
        const found = [];
        let candidate = live.firstChild;
        for (const child of old.childNodes) {
            while (candidate && !isSame(child, candidate)) candidate = candidate.nextSibling;
            if (!candidate) return null;
            found.push(candidate);
            candidate = candidate.nextSibling;
        }
        return found;
    }

    function followChildren(old, next, live) {
        const olds = [...old.childNodes];
        const nexts = [...next.childNodes];
        const lives = standIns(old, live);
        if (!lives) {
            live.replaceChildren(...nexts.map(imported));
            return;
        }
        let start = 0;
        while (start < olds.length && start < nexts.length && olds[start].isEqualNode(nexts[start])) ++start;
        let end = 0;
        while (end < olds.length - start && end < nexts.length - start
               && olds[olds.length - 1 - end].isEqualNode(nexts[nexts.length - 1 - end])) ++end;
        const oldStop = olds.length - end;
        const nextStop = nexts.length - end;
        const both = Math.min(oldStop, nextStop);
        for (let i = start; i < both; ++i) follow(olds[i], nexts[i], lives[i]);
        const after = oldStop < lives.length ? lives[oldStop]
            : (lives.length ? lives[lives.length - 1].nextSibling : null);
        for (let i = both; i < nextStop; ++i) live.insertBefore(imported(nexts[i]), after);
        for (let i = both; i < oldStop; ++i) lives[i].remove();
    }

    function follow(old, next, live) {
        if (old.isEqualNode(next)) return;
        if (!alike(old, next)) {
            live.replaceWith(imported(next));
        } else if (old.nodeType !== Node.ELEMENT_NODE) {
            live.nodeValue = next.nodeValue;
        } else {
            followAttributes(old, next, live);
            followChildren(old, next, live);
        }
    }

    // The elements that show the field, else those of the nearest enclosing field that is shown.
    function elementsOf(field) {
        for (let text = field; text.split('/').length > 2; text = text.slice(0, text.lastIndexOf('/'))) {
            const found = document.querySelectorAll('[data-field="' + CSS.escape(text) + '"]');
            if (found.length) return [...found];
        }
        return [];
    }

    function ring(element, style) {
        const animation = element.animate([style, style], { duration: 1000, fill: 'both' });
        animation.pause();
        return animation;
    }

    const glowStyle = {
        outline: '2px solid #8b4789', outlineOffset: '3px',
        boxShadow: '0 0 0 3px rgba(255,255,255,.9), 0 0 0 9px rgba(139,71,137,.28)',
    };
    const hoverStyle = { outline: '1px dashed #8b4789', outlineOffset: '3px', cursor: 'pointer' };

    function drawGlow() {
        const elements = pointer ? elementsOf(pointer) : [];
        if (elements.length === glow.length && elements.every((element, i) => glow[i].effect.target === element)) {
            return elements;
        }
        glow.forEach((animation) => animation.cancel());
        glow = elements.map((element) => ring(element, glowStyle));
        return elements;
    }

    // The 18+ question and the cookie bar are hidden unless their texts are being edited.
    const answered = () => {
        try {
            sessionStorage.setItem('adult', 'yes');
            localStorage.setItem('consent', 'declined');
        } catch { /* the person answers in the preview */ }
    };

    function showNotices() {
        const gate = document.getElementById('gate');
        const consent = document.getElementById('cookies');
        if (consent) consent.hidden = !pointer.startsWith('/content/consent');
        if (!gate || !gate.show) return;
        if (pointer.startsWith('/content/ageGate')) gate.open || gate.show();
        else if (gate.open) gate.close();
    }

    function isInView(element) {
        const box = element.getBoundingClientRect();
        return box.bottom > 40 && box.top < innerHeight - 40;
    }

    function fieldAt(target) {
        return target instanceof Element ? target.closest('[data-field]') : null;
    }

    function onClick(event) {
        const field = fieldAt(event.target);
        const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
        if (link && !link.getAttribute('href').startsWith('#')) event.preventDefault();
        if (!field) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        if (bridge) bridge.click(field.getAttribute('data-field'));
    }

    function onMove(event) {
        const field = fieldAt(event.target);
        if (hover && hover.effect.target === field) return;
        if (hover) hover.cancel();
        hover = field ? ring(field, hoverStyle) : null;
    }

    answered();
    addEventListener('click', onClick, true);
    addEventListener('auxclick', (event) => event.preventDefault(), true);
    addEventListener('submit', (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, true);
    addEventListener('mouseover', onMove, { capture: true, passive: true });
    document.addEventListener('mouseleave', () => { if (hover) hover.cancel(); hover = null; });

    new QWebChannel(qt.webChannelTransport, (channel) => { bridge = channel.objects.preview; });

    globalThis.studioPreview = {
        start(text) {
            source = text;
            before = parse(text);
        },
        splice(start, removed, text) {
            source = source.slice(0, start) + text + source.slice(start + removed);
            const next = parse(source);
            follow(before.documentElement, next.documentElement, document.documentElement);
            before = next;
            drawGlow();
        },
        highlight(field) {
            pointer = field;
            showNotices();
            const elements = drawGlow();
            if (elements.length && !elements.some(isInView)) {
                elements[0].scrollIntoView({ block: 'center', behavior: 'auto' });
            }
        },
    };
})();
