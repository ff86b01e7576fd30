/** Room around a picture, in user units. */
const margin = 4;
const groupTitleIndent = 14;
const hexagonCut = 12;

/** Attributes that repeat what `diagrams.css` says, or that nothing reads. */
const unread = [
  'data-look',
  'data-et',
  'data-type',
  'data-node',
  'data-edge',
  'data-id',
  'data-points',
  'data-from',
  'data-to',
  'style',
  'font-style',
  'font-weight',
  'fill',
  'stroke',
  'stroke-width',
];

/** Attributes that hold coordinates. Texts hold addresses, which must stay as they are. */
const geometry = ['x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry', 'width', 'height', 'd', 'points', 'transform', 'viewBox'];

/**
 * Makes Mermaid's SVG fit for a page with two themes: no style sheet and no colours of its own (`diagrams.css` gives them), nothing that is
 * not drawn, one picture with one name for whoever cannot see it, numbers without noise.
 */
export function tidySvg(page: Document, text: string): string {
  const holder = page.createElement('div');
  holder.innerHTML = text;
  const svg = holder.querySelector('svg');
  if (svg === null) throw new Error('Mermaid drew no <svg>');
  for (const unseen of svg.querySelectorAll('style, .edge-thickness-invisible')) unseen.remove();
  const bottom = frame(svg);
  for (const lifeline of svg.querySelectorAll('.actor-line')) lifeline.setAttribute('y2', String(bottom));
  markJourneys(page, svg);
  titlesToTheLeft(svg);
  for (const box of svg.querySelectorAll('.node.service > rect')) becomeHexagon(page, box);
  for (const run of svg.querySelectorAll('.text-inner-tspan')) unwrapRun(run);
  for (const element of svg.querySelectorAll('*')) tidyElement(element);
  removeUndrawn(svg);
  removeIds(svg);
  for (const element of [svg, ...svg.querySelectorAll('*')]) roundNumbers(element);
  return svg.outerHTML;
}

/** One picture, as large as it was drawn, named by its title and described by its description. Returns its lowest coordinate. */
function frame(svg: SVGSVGElement): number {
  const [x = 0, y = 0, width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/\s+/).map(Number);
  const wide = Math.ceil(width + 2 * margin);
  const high = Math.ceil(height + 2 * margin);
  svg.setAttribute('viewBox', [x - margin, y - margin, wide, high].join(' '));
  svg.setAttribute('width', String(wide));
  svg.setAttribute('height', String(high));
  svg.setAttribute('style', `--natural: ${wide}px`);
  svg.setAttribute('role', 'img');
  svg.removeAttribute('aria-roledescription');
  svg.setAttribute('aria-labelledby', svg.querySelector('title')?.id ?? '');
  svg.setAttribute('aria-describedby', svg.querySelector('desc')?.id ?? '');
  return y + height;
}

/** Mermaid centres a group's title and draws lines over it: it goes to the left, and on top. */
function titlesToTheLeft(svg: Element): void {
  for (const group of svg.querySelectorAll('.cluster')) {
    const left = Number(group.querySelector('rect')?.getAttribute('x') ?? 0);
    const label = group.querySelector('.cluster-label');
    if (label === null) continue;
    (group.closest('.root') ?? svg).append(label);
    label.setAttribute(
      'transform',
      (label.getAttribute('transform') ?? '').replace(/translate\(\s*-?[\d.]+/, `translate(${left + groupTitleIndent}`),
    );
  }
}

/** A Service is a hexagon everywhere in the course. Mermaid's own hexagon lets lines end beside it, so it is cut out of the box they end at. */
function becomeHexagon(page: Document, box: Element): void {
  const [x = 0, y = 0, width = 0, height = 0] = ['x', 'y', 'width', 'height'].map((name) => Number(box.getAttribute(name)));
  const [right, bottom, middle] = [x + width, y + height, y + height / 2];
  const hexagon = page.createElementNS(box.namespaceURI, 'polygon');
  const corners = [
    [x + hexagonCut, y],
    [right - hexagonCut, y],
    [right, middle],
    [right - hexagonCut, bottom],
    [x + hexagonCut, bottom],
    [x, middle],
  ];
  hexagon.setAttribute('points', corners.map((corner) => corner.join(',')).join(' '));
  hexagon.setAttribute('class', box.getAttribute('class') ?? '');
  box.replaceWith(hexagon);
}

/** In a sequence, an answer is a double line and a message that gets lost is a broken one. */
function markJourneys(page: Document, svg: Element): void {
  for (const line of svg.querySelectorAll('.messageLine0, .messageLine1')) {
    const isLost = line.getAttribute('marker-end')?.includes('crosshead') === true;
    if (isLost) {
      line.removeAttribute('marker-end');
      line.setAttribute('class', 'lost');
      continue;
    }
    if (!line.classList.contains('messageLine1')) continue;
    const inner = page.createElementNS('http://www.w3.org/2000/svg', line.tagName);
    for (const name of ['x1', 'y1', 'x2', 'y2', 'd']) {
      const value = line.getAttribute(name);
      if (value !== null) inner.setAttribute(name, value);
    }
    inner.setAttribute('class', 'inner');
    line.after(inner);
  }
}

/** Mermaid puts every word in an element of its own; only bold words need one. */
function unwrapRun(run: Element): void {
  if (run.getAttribute('font-weight') === 'bold') run.setAttribute('class', 'b');
  else run.replaceWith(...run.childNodes);
}

function tidyElement(element: Element): void {
  const anchor = /text-anchor:\s*(\w+)/.exec(element.getAttribute('style') ?? '')?.[1];
  if (anchor !== undefined && !element.hasAttribute('text-anchor')) element.setAttribute('text-anchor', anchor);
  for (const name of unread) element.removeAttribute(name);
  const classes = [...new Set(element.classList)].filter(
    (name) => !/^(edge-thickness-normal|edge-pattern-solid|flowchart-v2|default|basic|root|200)$/.test(name),
  );
  if (classes.length > 0) element.setAttribute('class', classes.join(' '));
  else element.removeAttribute('class');
}

function removeUndrawn(svg: Element): void {
  const pointedTo = [...svg.querySelectorAll('[marker-start], [marker-end]')].map(
    (line) => `${line.getAttribute('marker-start') ?? ''} ${line.getAttribute('marker-end') ?? ''}`,
  );
  for (const definition of svg.querySelectorAll('marker, symbol, filter, linearGradient, clipPath')) {
    if (!pointedTo.some((markers) => markers.includes(`#${definition.id})`))) definition.remove();
  }
  for (const shape of svg.querySelectorAll('rect:not([width])')) shape.remove();
  for (const text of svg.querySelectorAll('text')) if (text.textContent === '') text.remove();
  for (const group of [...svg.querySelectorAll('g, defs')].reverse()) if (group.childElementCount === 0) group.remove();
}

/** Ids are page-wide; only those that something points to are kept, and all of these start with the picture's own id. */
function removeIds(svg: Element): void {
  for (const element of svg.querySelectorAll('[id]')) {
    if (!['marker', 'title', 'desc'].includes(element.tagName)) element.removeAttribute('id');
  }
}

function roundNumbers(element: Element): void {
  for (const name of geometry) {
    const value = element.getAttribute(name);
    if (value !== null)
      element.setAttribute(
        name,
        value.replace(/-?\d+\.\d{2,}/g, (number) => String(Math.round(Number(number) * 10) / 10)),
      );
  }
}
