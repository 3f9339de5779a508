// One text of each look of a page, by which its contrast is asked. A look is what decides the contrast: colour,
// size and weight of a text, and what it stands upon: the colour of a box that nothing shines through, wherever that
// is; else all around it that is no plain box. A link in the middle of a text has to differ from that, and what is
// disabled is asked nothing; so that is part of how it looks.
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
    const PLAIN = 'rgba(0, 0, 0, 0),none,1,true,none,none,none,normal', DISABLED = '[aria-disabled=true], :disabled';
    const SIDES = ['top', 'right', 'bottom', 'left'], NOWHERE = new Set(['auto', '0px']), NOTHING = 'rect(0px, 0px, 0px, 0px)';
    const page = document.documentElement.cloneNode(false);
    page.removeAttribute('lang');
    const screen = sum(window.innerWidth + page.outerHTML);
    const root = {path: screen, ground: screen, isThin: false, isCut: false, link: null, label: null, isDisabled: false};
    const known = new Map();
    // what an element is to the texts in it
    const around = element => {
        if (!element) return root;
        if (known.has(element)) return known.get(element);
        const style = styleOf(element), outer = around(element.parentElement);
        const isInPlace = style.position === 'static' || style.position === 'relative' && SIDES.every(side => NOWHERE.has(style[side]));
        const self = `${style.backgroundColor},${style.backgroundImage},${style.opacity},${isInPlace || style.position},`
            + `${style.float},${style.transform},${style.filter},${style.mixBlendMode}`;
        const isThin = outer.isThin || style.opacity !== '1' || style.filter !== 'none' || style.mixBlendMode !== 'normal';
        const isSolid = !isThin && style.backgroundColor.startsWith('rgb(');
        const kind = element === document.body ? '' : element.getAttribute('class') || '';
        const path = self === PLAIN ? outer.path : sum(`>${element.localName}.${kind},${self}`, outer.path);
        const found = {
            path, isThin,
            // what stands elsewhere than its place in the text may stand upon something else
            ground: isSolid ? sum(style.backgroundColor + style.backgroundImage) : self === PLAIN ? outer.ground : path,
            isCut: outer.isCut || !isInPlace && style.clip === NOTHING,
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
        const {ground, link, label, isDisabled, isCut} = around(box);
        // nobody sees what is there for a voice alone
        if (isCut) return;
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
    for (const box of document.querySelectorAll('input:not([type=hidden]), select, textarea')) {
        const style = styleOf(box);
        see(box, `;${style.color},${style.fontSize},${box.disabled}`);
    }
    return looks;
}
