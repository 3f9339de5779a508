// One text of each look of a page, by which its contrast is asked. A look is what decides the contrast: colour,
// size and weight of a text, and what it may stand upon: all around it that is no plain box. A link in the middle
// of a text has to differ from that, and what is disabled is asked nothing; so that is part of how it looks.
(window, document) => {
    const styleOf = element => window.getComputedStyle(element);
    // two 32-bit sums are enough to tell some ten thousand looks apart; each goes on from that of what is around
    const sum = (text, [a, b] = [2166136261, 5381]) => {
        for (let at = 0; at < text.length; at++) {
            const sign = text.charCodeAt(at);
            a = Math.imul(a ^ sign, 16777619);
            b = Math.imul(b, 33) ^ sign;
        }
        return [a, b];
    };
    const name = ([a, b]) => (a >>> 0).toString(36) + (b >>> 0).toString(36);
    const PLAIN = 'rgba(0, 0, 0, 0),none,1,static,none,none,none,normal', DISABLED = '[aria-disabled=true], :disabled';
    const page = document.documentElement.cloneNode(false);
    page.removeAttribute('lang');
    const root = {ground: sum(window.innerWidth + page.outerHTML), link: null, label: null, isDisabled: false};
    const known = new Map();
    // what an element is to the texts in it
    const around = element => {
        if (!element) return root;
        if (known.has(element)) return known.get(element);
        const style = styleOf(element), outer = around(element.parentElement);
        const self = `${style.backgroundColor},${style.backgroundImage},${style.opacity},${style.position},`
            + `${style.float},${style.transform},${style.filter},${style.mixBlendMode}`;
        const found = {
            ground: self === PLAIN ? outer.ground
                : sum(`>${element.localName}.${element.getAttribute('class') || ''},${self}`, outer.ground),
            link: element.matches('a[href]') ? element : outer.link,
            label: element.localName === 'label' ? element : outer.label,
            isDisabled: outer.isDisabled || element.matches(DISABLED),
        };
        known.set(element, found);
        return found;
    };
    // how a link differs from the text that it stands in, if it does
    const linked = link => {
        let block = link.parentElement;
        while (styleOf(block).display.startsWith('inline') && block.parentElement) block = block.parentElement;
        const own = styleOf(link), its = styleOf(block);
        const length = [...block.querySelectorAll('a[href]')].reduce((sum, one) => sum + one.textContent.trim().length, 0);
        return `a${own.textDecorationLine},${own.borderBottom},${own.backgroundColor},${own.fontWeight},${own.display},`
            + `${its.color},${its.fontWeight},${block.textContent.trim().length > length}`;
    };
    const looks = {};
    const see = (box, seen) => {
        const {ground, link, label, isDisabled} = around(box);
        const more = (link ? linked(link) : '') + isDisabled + Boolean(label?.control?.matches(DISABLED));
        looks[name(sum(seen + more, ground))] ??= box;
    };
    const walk = document.createTreeWalker(document.body, window.NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const box = node.parentElement;
        // of a single sign axe cannot say whether it is to be read
        if (!node.data.trim() || box.textContent.trim().length < 2 || !box.checkVisibility()) continue;
        const style = styleOf(box);
        see(box, `;${style.color},${style.fontSize},${style.fontWeight},${style.textShadow}`);
    }
    for (const box of document.querySelectorAll('input, select, textarea')) {
        const style = styleOf(box);
        see(box, `;${style.color},${style.fontSize},${box.disabled}`);
    }
    return looks;
}
