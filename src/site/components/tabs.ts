/**
 * Makes the tab lists of the page work: a press, the arrow keys, Home and End choose a tab and show its panel. The markup
 * already says which tab is chosen. `chosen` is told of every change.
 */
export function startTabs(list: HTMLElement, chosen: (tab: HTMLElement) => void = () => undefined): void {
  const tabs = () => [...list.querySelectorAll<HTMLElement>('[role="tab"]')];

  const choose = (tab: HTMLElement, focus: boolean) => {
    for (const each of tabs()) {
      const selected = each === tab;
      each.setAttribute('aria-selected', String(selected));
      each.tabIndex = selected ? 0 : -1;
      const panel = document.getElementById(each.getAttribute('aria-controls') ?? '');
      if (panel?.classList.contains('panel')) {
        panel.hidden = !selected;
      }
    }
    if (focus) {
      tab.focus();
    }
    chosen(tab);
  };

  list.addEventListener('click', (event) => {
    const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="tab"]') : null;
    if (tab !== null) {
      choose(tab, false);
    }
  });
  list.addEventListener('keydown', (event) => {
    const all = tabs();
    const focused = document.activeElement;
    const at = focused instanceof HTMLElement ? all.indexOf(focused) : -1;
    const to: Readonly<Record<string, number>> = {
      ArrowRight: (at + 1) % all.length,
      ArrowLeft: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const next = Object.hasOwn(to, event.key) ? all[to[event.key] ?? 0] : undefined;
    if (next !== undefined && at >= 0) {
      event.preventDefault();
      choose(next, true);
    }
  });
}
