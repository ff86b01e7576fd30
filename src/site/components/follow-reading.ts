/** Marks in every `[data-rail]` the section being read; sections still ahead are `todo`. */
export function followReading(page: Document): void {
  const rails = [...page.querySelectorAll<HTMLElement>('[data-rail]')].map((rail) => [...rail.querySelectorAll<HTMLAnchorElement>('a')]);
  const links = rails[0];
  if (links === undefined) {
    return;
  }
  const sections = links.flatMap((each) => page.getElementById(decodeURIComponent(each.hash.slice(1))) ?? []);

  const mark = () => {
    // The section being read is the last whose heading has passed the upper third of the window; at the very end, the last one.
    const atEnd = innerHeight + scrollY >= page.documentElement.scrollHeight - 2;
    const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3).length;
    const current = atEnd ? sections.length - 1 : Math.max(passed - 1, 0);
    for (const rail of rails) {
      rail.forEach((each, index) => {
        each.parentElement?.classList.toggle('todo', index > current);
        if (index === current) {
          each.setAttribute('aria-current', 'location');
        } else {
          each.removeAttribute('aria-current');
        }
      });
    }
  };

  let waiting = false;
  const later = () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    }
  };
  addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later);
  mark();
}
