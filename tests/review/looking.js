// What a page must hold for people who read it otherwise: returns a list of faults in words.
() => {
  const faults = [];
  for (const el of document.querySelectorAll("details")) el.open = true;
  const shown = (el) => el.checkVisibility({ visibilityProperty: true });
  const words = (el) => (el.getAttribute("aria-label") || el.innerText || el.value || "").trim();
  if (document.documentElement.lang !== "ja") faults.push("lang");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (!document.title.trim()) faults.push("no title");
  let level = 0;
  for (const heading of document.querySelectorAll("h1,h2,h3,h4,h5")) {
    const now = Number(heading.tagName[1]);
    if (!heading.closest("aside") && now > level + 1) faults.push(`heading jumps to ${heading.tagName}: ${words(heading)}`);
    level = now;
  }
  const ids = [...document.querySelectorAll("[id]")].map((el) => el.id);
  for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push(`id twice: ${id}`);
  for (const el of document.querySelectorAll("input:not([type=hidden]),select,textarea"))
    if (!el.labels.length || !words(el.labels[0])) faults.push(`no label: ${el.name}`);
  for (const el of document.querySelectorAll("a,button")) if (!words(el)) faults.push(`no name: ${el.outerHTML}`);
  for (const name of ["aria-labelledby", "aria-describedby"])
    for (const el of document.querySelectorAll(`[${name}]`))
      for (const id of el.getAttribute(name).split(" "))
        if (!document.getElementById(id)) faults.push(`${name} leads nowhere: ${id}`);
  for (const el of document.querySelectorAll("a[href^='#']"))
    if (!document.querySelector(CSS.escape ? `#${CSS.escape(el.hash.slice(1))}` : el.hash)) faults.push(`link leads nowhere: ${el.hash}`);
  for (const el of document.querySelectorAll("th")) if (!el.scope) faults.push(`no scope: ${words(el)}`);
  for (const el of document.querySelectorAll("button,select,input:not([type=hidden]),textarea,nav a"))
    if (shown(el) && el.getBoundingClientRect().height < 24) faults.push(`small target: ${words(el)}`);

  const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const part = (c) => ((c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const behind = (el) => {
    for (let at = el; at; at = at.parentElement) {
      const found = channels(getComputedStyle(at).backgroundColor);
      if (found.length < 4 || found[3] > 0.99) return found;
    }
    return [255, 255, 255];
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const el = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !shown(el) || el.closest(".visually-hidden,.skip,script,noscript,option")) continue;
    const [a, b] = [light(channels(getComputedStyle(el).color)), light(behind(el))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faults.push(`contrast ${contrast.toFixed(2)}: ${texts.currentNode.data.trim().slice(0, 20)}`);
  }
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  return faults;
}
