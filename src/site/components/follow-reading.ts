/**
 * Marks in every `[data-rail]` the section being read; sections still ahead are `todo`. `reached` is told, after each scroll,
 * the share of the sections gone through, from 0 to 1.
 */
export function followReading(page: Document, reached: (share: number) => void): void {
  const rails = [...page.querySelectorAll<HTMLElement>('[data-rail]')].map((rail) => [...rail.querySelectorAll<HTMLAnchorElement>('a')]);
  const links = rails[0];
  if (links === undefined) {
    return;
  }
  const sections = links.flatMap((each) => page.getElementById(decodeURIComponent(each.hash.slice(1))) ?? []);

  const atEnd = () => innerHeight + scrollY >= page.documentElement.scrollHeight - 2;
  // The section being read is the last whose heading has passed the upper third of the window; at the very end, the last one.
  const current = () => {
    const passed = sections.filter((section) => section.getBoundingClientRect().top < innerHeight / 3).length;
    return atEnd() ? sections.length - 1 : Math.max(passed - 1, 0);
  };

  const mark = () => {
    const now = current();
    for (const rail of rails) {
      rail.forEach((each, index) => {
        each.parentElement?.classList.toggle('todo', index > now);
        if (index === now) {
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
        reached(atEnd() ? 1 : current() / sections.length);
      });
    }
  };
  addEventListener('scroll', later, { passive: true });
  addEventListener('resize', later);
  mark();
}
