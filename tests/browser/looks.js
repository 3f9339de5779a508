// One text of each look on this page, by which its contrast is asked. A look is what decides the
// contrast: colour, size and weight of a text, and the backgrounds, opacities and classes around it.
() => {
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
    const root = sum(innerWidth + document.documentElement.cloneNode(false).outerHTML);
    const around = new Map();
    const boxes = element => {
        if (!element) return root;
        if (!around.has(element)) {
            const style = getComputedStyle(element);
            around.set(element, sum(`>${element.localName}.${element.getAttribute('class') || ''}`
                + `,${style.backgroundColor},${style.backgroundImage},${style.opacity},${style.position},${style.filter}`,
                boxes(element.parentElement)));
        }
        return around.get(element);
    };
    const looks = {};
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const box = node.parentElement;
        if (!node.data.trim() || !box.checkVisibility()) continue;
        const style = getComputedStyle(box);
        const look = name(sum(`;${style.color},${style.fontSize},${style.fontWeight},${style.textShadow}`, boxes(box)));
        looks[look] ??= box;
    }
    for (const box of document.querySelectorAll('input, select, textarea')) {
        const style = getComputedStyle(box);
        looks[name(sum(`;${style.color},${style.fontSize},${box.disabled}`, boxes(box)))] ??= box;
    }
    window.linliLooks = looks;
    return Object.keys(looks);
}
