// One text of each look on this page, by which its contrast is asked. A look is what decides the
// contrast: colour, size and weight of a text, and the backgrounds, opacities and classes around it.
() => {
    const root = document.documentElement.cloneNode(false).outerHTML;
    const around = new Map();
    const boxes = element => {
        if (!element) return innerWidth + root;
        if (!around.has(element)) {
            const style = getComputedStyle(element);
            around.set(element, `${boxes(element.parentElement)}>${element.localName}.${element.getAttribute('class') || ''}`
                + `,${style.backgroundColor},${style.backgroundImage},${style.opacity},${style.position},${style.filter}`);
        }
        return around.get(element);
    };
    // two 32-bit sums are enough to tell some ten thousand looks apart
    const sum = text => {
        let a = 2166136261, b = 5381;
        for (let at = 0; at < text.length; at++) {
            const sign = text.charCodeAt(at);
            a = Math.imul(a ^ sign, 16777619);
            b = Math.imul(b, 33) ^ sign;
        }
        return (a >>> 0).toString(36) + (b >>> 0).toString(36);
    };
    const looks = {};
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const box = node.parentElement;
        if (!node.data.trim() || !box.checkVisibility()) continue;
        const style = getComputedStyle(box);
        const look = sum(`${boxes(box)};${style.color},${style.fontSize},${style.fontWeight},${style.textShadow}`);
        looks[look] ??= box;
    }
    for (const box of document.querySelectorAll('input, select, textarea')) {
        const style = getComputedStyle(box);
        looks[sum(`${boxes(box)};${style.color},${style.fontSize},${box.disabled}`)] ??= box;
    }
    window.linliLooks = looks;
    return Object.keys(looks);
}
