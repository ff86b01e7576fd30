/**
 * Lets the keyboard reach whatever scrolls in itself: wide code, tables and diagrams. Only those that do scroll become
 * tab stops, so it is asked again when the window changes.
 */
export function watchScrollingParts(page: Document): void {
  const parts = page.querySelectorAll<HTMLElement>('[data-scrolls], .prose pre.astro-code, .prose > table');
  const look = () => {
    for (const part of parts) {
      if (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight + 1) {
        part.tabIndex = 0;
      } else {
        part.removeAttribute('tabindex');
      }
    }
  };
  addEventListener('resize', look);
  look();
}
