const key = 'panes';
const keyStep = 16;

/**
 * Lets the grips (`hr.grip`) between panes move by pointer and by keyboard (arrows, Home, End), keeps `aria-valuenow` true and remembers
 * the widths. A grip names the pane before it in `aria-controls` and its limits, in pixels, in `aria-valuemin` and `aria-valuemax`.
 */
export function startPanes(panes: HTMLElement): void {
  const widths = readWidths();
  for (const grip of panes.querySelectorAll<HTMLElement>('.grip')) {
    const pane = document.getElementById(grip.getAttribute('aria-controls') ?? '');
    if (pane === null) {
      continue;
    }
    const least = Number(grip.getAttribute('aria-valuemin'));
    const most = Number(grip.getAttribute('aria-valuemax'));
    const show = (width: number) => {
      const limited = Math.round(Math.min(most, Math.max(least, width)));
      panes.style.setProperty(`--${pane.id}`, `${limited}px`);
      grip.setAttribute('aria-valuenow', String(limited));
      widths[pane.id] = limited;
    };
    const stored = widths[pane.id];
    if (stored === undefined) {
      grip.setAttribute('aria-valuenow', String(Math.round(pane.offsetWidth)));
    } else {
      show(stored);
    }
    const now = () => Number(grip.getAttribute('aria-valuenow'));
    grip.addEventListener('keydown', (event) => {
      const to: Readonly<Record<string, number>> = {
        ArrowLeft: now() - keyStep,
        ArrowRight: now() + keyStep,
        Home: least,
        End: most,
      };
      if (Object.hasOwn(to, event.key)) {
        event.preventDefault();
        show(to[event.key] ?? now());
        storeWidths(widths);
      }
    });
    grip.addEventListener('pointerdown', (event) => {
      const shift = pane.offsetWidth - event.clientX;
      grip.setPointerCapture(event.pointerId);
      const move = (each: PointerEvent) => show(each.clientX + shift);
      const end = () => {
        grip.removeEventListener('pointermove', move);
        storeWidths(widths);
      };
      grip.addEventListener('pointermove', move);
      grip.addEventListener('lostpointercapture', end, { once: true });
    });
  }
}

function readWidths(): Record<string, number> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const pairs = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
    return Object.fromEntries(pairs.filter((pair): pair is [string, number] => typeof pair[1] === 'number'));
  } catch {
    return {};
  }
}

function storeWidths(widths: Readonly<Record<string, number>>): void {
  try {
    localStorage.setItem(key, JSON.stringify(widths));
  } catch {
    // Storage is blocked: the widths hold for this page only.
  }
}
