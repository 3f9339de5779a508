// Marks what a finger may miss: axe is asked of that alone, as it takes most of its time for the size of targets.
// Good without being asked is what is 24 px wide and high and lies over nothing, or is smaller and has a circle
// of 24 px around its centre that touches no other target and no circle of a small one (WCAG 2.5.8).
// Returns what cannot be met at all: it lies below a fixed bar however far the page is scrolled.
(window, document) => {
    const MOST = 24, MARK = 'data-finger';
    document.querySelectorAll(`[${MARK}]`).forEach(one => one.removeAttribute(MARK));
    // what is reached by a key alone, such as a table that scrolls, is no target
    const found = document.querySelectorAll(
        'a[href], area, button, input, select, textarea, summary, iframe, object, embed, audio, video, [tabindex][role]:not([role=group], [role=region]), [contenteditable]');
    const targets = [...found].filter(one => one.checkVisibility({visibilityProperty: true})).map(one => {
        const {left, right, top, bottom} = one.getBoundingClientRect();
        return {one, left, right, top, bottom, x: (left + right) / 2, y: (top + bottom) / 2, isLow: false,
            isSmall: right - left < MOST || bottom - top < MOST};
    });
    // in the order in which they begin, those that may reach one another stand together
    targets.sort((a, b) => a.top - b.top);
    const near = act => {
        targets.forEach((a, at) => {
            for (let n = at + 1; n < targets.length && targets[n].top < Math.max(a.bottom, a.y + MOST / 2) + MOST; n++) {
                act(a, targets[n]);
            }
        });
    };
    // what stays where it is while the page is scrolled; nothing for what goes with the page
    const known = new Map();
    const fixed = box => {
        if (!box) return null;
        if (!known.has(box)) {
            known.set(box, window.getComputedStyle(box).position === 'fixed' ? box : fixed(box.parentElement));
        }
        return known.get(box);
    };
    const goTogether = (a, b) => !fixed(a.one) === !fixed(b.one);
    const overlap = (a, b, up = 0) =>
        a.left < b.right && b.left < a.right && a.top - up < b.bottom && b.top < a.bottom - up;
    near((a, b) => {
        if (overlap(a, b) && goTogether(a, b)) a.isLow = b.isLow = true;
    });
    const away = (a, b) => Math.hypot(Math.max(b.left - a.x, 0, a.x - b.right), Math.max(b.top - a.y, 0, a.y - b.bottom));
    const isClear = (a, b) => away(a, b) >= MOST / 2
        // what lies over another may be small where it can be met
        && (!(b.isSmall || b.isLow) || Math.hypot(a.x - b.x, a.y - b.y) >= MOST);
    const asked = new Set(targets.filter(one => one.isLow));
    near((a, b) => {
        if (a.isSmall && !isClear(a, b) && goTogether(a, b)) asked.add(a);
        if (b.isSmall && !isClear(b, a) && goTogether(a, b)) asked.add(b);
    });
    asked.forEach(({one}) => one.setAttribute(MARK, ''));
    const page = document.documentElement, rest = page.scrollHeight - page.clientHeight - window.scrollY;
    const bars = targets.filter(({one}) => fixed(one)), going = targets.filter(({one}) => !fixed(one));
    // what a bar at the foot covers comes free at the end of the page, what one at the head covers at its beginning
    const freest = bar => bar.y > page.clientHeight / 2 ? rest : -window.scrollY;
    return going.filter(one => bars.some(bar => overlap(one, bar, freest(bar))))
        .map(({one}) => 'below what is fixed: ' + one.outerHTML.slice(0, 80));
}
