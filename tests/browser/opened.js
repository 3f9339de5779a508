// What is wrong with a page whatever the width of its screen: `isChinese` says in which language it is.
(window, document, isChinese) => {
    const MAY_BE_ENGLISH = '[lang=en], script, style, code, pre, template, svg, textarea';
    // a sentence in English where all is Chinese: three plain words in a row, not what is English anyway
    const leftInEnglish = () => {
        const walk = document.createTreeWalker(document.body, window.NodeFilter.SHOW_TEXT);
        const found = [];
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const words = node.data.match(/\b[A-Za-z][a-z]+(?: [a-z]+){2,}/);
            if (!words || words[0].startsWith('linli ')) continue;
            const box = node.parentElement;
            if (!box.closest(MAY_BE_ENGLISH) && box.checkVisibility()) found.push('left in English: ' + words[0]);
        }
        return [...new Set(found)];
    };
    // Enter presses the first button of a form: among several one is said to be that (ui/parts/forms.html)
    const enterIsOpen = () => [...document.forms].filter(form => {
        if (form.method !== 'post') return false;
        const does = one => [one.name, one.value, one.formAction].join();
        const typed = [...form.elements].some(one => one.matches('input:is([type=text], [type=search], [type=tel],'
            + ' [type=number], [type=email], [type=url], [type=date], [type=password], :not([type]))'));
        const buttons = [...form.elements].filter(one => one.type === 'submit');
        const others = buttons.filter(one => !one.matches('.ll-enter')).map(does);
        const first = buttons[0];
        if (!typed || new Set(others).size < 2 && !buttons.some(one => one.matches('.ll-enter'))) return false;
        return !first.matches('.ll-enter') || !first.disabled && !others.includes(does(first));
    }).map(form => 'what Enter does is open in ' + form.action);
    const elsewhere = () => window.performance.getEntriesByType('resource').map(one => one.name)
        .filter(url => !url.startsWith(window.location.origin + '/') && !url.startsWith('data:'))
        .map(url => 'asked another host: ' + url);
    return [...(isChinese ? leftInEnglish() : []), ...enterIsOpen(), ...elsewhere()];
}
