// Marks what two of axe's rules could find fault with, so that axe, which is slow at looking, looks at that alone:
// what scrolls or is cut off, and what stands in no part of the page that has a name.
document => {
    const SCROLLS = 'data-scrolls', APART = 'data-apart';
    document.querySelectorAll(`[${SCROLLS}], [${APART}]`).forEach(one => {
        one.removeAttribute(SCROLLS);
        one.removeAttribute(APART);
    });
    // axe takes what is longer by up to 13 px for a matter of fonts
    const LONGER = 12;
    for (const one of document.querySelectorAll('*')) {
        const isLong = one.scrollWidth > one.clientWidth + LONGER || one.scrollHeight > one.clientHeight + LONGER;
        if (isLong) one.setAttribute(SCROLLS, '');
    }
    const NAMED = 'main, nav, aside[aria-label], body > header, body > footer', NEVER = 'script, template, style';
    const WITHOUT_TEXT = 'img, svg, input, select, textarea, button, iframe, canvas, video, audio, object, embed, meter, progress, [aria-label]';
    const first = document.body.firstElementChild;
    // the way past the frame, which stands before all of it
    const isWayPast = one => one === first && one.matches('a[href^="#"]') && document.getElementById(one.hash.slice(1));
    const TEXT = 3, says = node => node.nodeType === TEXT && node.data.trim();
    // marks what says something outside of all parts, and what is around it
    const mark = one => {
        if (one.matches(NEVER) || one.matches(NAMED) || isWayPast(one)) return false;
        const below = [...one.children].filter(mark);
        if (!below.length && !one.matches(WITHOUT_TEXT) && ![...one.childNodes].some(says)) return false;
        one.setAttribute(APART, '');
        return true;
    };
    [...document.body.children].forEach(mark);
}
