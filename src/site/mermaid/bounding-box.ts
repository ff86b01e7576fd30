import { textWidth } from './text-width.ts';

/** A rectangle in the user units of the element it was measured for. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The size every text has unless it says otherwise; `diagrams.css` sets the same. */
export const fontSize = 15;
const lineHeight = 1.2;
/** Share of a line that stands above its baseline. */
const ascent = 0.9;

const empty: Box = { x: 0, y: 0, width: 0, height: 0 };
const undrawn = new Set(['defs', 'style', 'marker', 'title', 'desc', 'script']);

/** What `getBBox()` of a browser answers, near enough for Mermaid's layout: text by {@link textWidth}, shapes by their attributes. */
export function boundingBox(element: Element): Box {
  switch (element.tagName) {
    case 'text':
    case 'tspan':
      return textBox(element);
    case 'rect':
    case 'image':
    case 'foreignObject':
      return { x: number(element, 'x'), y: number(element, 'y'), width: number(element, 'width'), height: number(element, 'height') };
    case 'circle':
      return around(number(element, 'cx'), number(element, 'cy'), number(element, 'r'), number(element, 'r'));
    case 'ellipse':
      return around(number(element, 'cx'), number(element, 'cy'), number(element, 'rx'), number(element, 'ry'));
    case 'line':
      return hull([
        [number(element, 'x1'), number(element, 'y1')],
        [number(element, 'x2'), number(element, 'y2')],
      ]);
    case 'polygon':
    case 'polyline':
      return hull(pairs(numbers(element.getAttribute('points') ?? '')));
    case 'path':
      return hull(pathPoints(element.getAttribute('d') ?? ''));
    default:
      return groupBox(element);
  }
}

/** Length of an element's text on one line. */
export function textLength(element: Element): number {
  return textWidth(element.textContent ?? '', fontSizeOf(element));
}

function textBox(element: Element): Box {
  const size = fontSizeOf(element);
  const spans = [...element.children].filter((child) => child.tagName === 'tspan');
  const lines = spans.length === 0 ? [element.textContent ?? ''] : spans.map((span) => span.textContent ?? '');
  const width = Math.max(...lines.map((line) => textWidth(line, size)));
  const first = spans[0];
  const baseline =
    first === undefined
      ? length(element.getAttribute('y'), size) + length(element.getAttribute('dy'), size)
      : length(first.getAttribute('y') ?? element.getAttribute('y'), size) + length(first.getAttribute('dy'), size);
  const anchor = element.getAttribute('text-anchor') ?? (styleOf(element, 'text-anchor') || anchorBySheet(element));
  const left = number(element, 'x') - (anchor === 'middle' ? width / 2 : anchor === 'end' ? width : 0);
  return { x: left, y: baseline - size * ascent, width, height: lines.length * size * lineHeight };
}

/** Mermaid centres a node's text by its style sheet, which nothing here reads. */
function anchorBySheet(element: Element): string {
  return element.closest('.node') === null ? 'start' : 'middle';
}

function groupBox(element: Element): Box {
  const points: Point[] = [];
  for (const child of element.children) {
    if (undrawn.has(child.tagName)) continue;
    const box = boundingBox(child);
    if (box.width === 0 && box.height === 0) continue;
    const [dx, dy] = translation(child);
    points.push([box.x + dx, box.y + dy], [box.x + box.width + dx, box.y + box.height + dy]);
  }
  return hull(points);
}

type Point = readonly [number, number];

function hull(points: readonly Point[]): Box {
  if (points.length === 0) return empty;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function around(cx: number, cy: number, rx: number, ry: number): Box {
  return { x: cx - rx, y: cy - ry, width: 2 * rx, height: 2 * ry };
}

/** Number of coordinates one repetition of a path command takes. */
const arity: Readonly<Record<string, number>> = { M: 2, L: 2, T: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, A: 7 };

/** End points and control points of a path. Curves stay inside the hull of these, so a box can be too large, never too small. */
function pathPoints(d: string): readonly Point[] {
  const points: Point[] = [];
  let x = 0;
  let y = 0;
  for (const [, letter = '', rest = ''] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const command = letter.toUpperCase();
    const step = arity[command];
    if (step === undefined) continue;
    const relative = letter !== command;
    const values = numbers(rest);
    for (let at = 0; at + step <= values.length; at += step) {
      const dx = relative ? x : 0;
      const dy = relative ? y : 0;
      const taken = values.slice(at, at + step);
      if (command === 'H') x = dx + (taken[0] ?? 0);
      else if (command === 'V') y = dy + (taken[0] ?? 0);
      else {
        // An arc's first five values are radii, rotation and flags.
        for (const [px, py] of pairs(command === 'A' ? taken.slice(5) : taken)) points.push([dx + px, dy + py]);
        x = dx + (taken[step - 2] ?? 0);
        y = dy + (taken[step - 1] ?? 0);
      }
      points.push([x, y]);
    }
  }
  return points;
}

function pairs(values: readonly number[]): readonly Point[] {
  const points: Point[] = [];
  for (let at = 0; at + 1 < values.length; at += 2) points.push([values[at] ?? 0, values[at + 1] ?? 0]);
  return points;
}

function numbers(text: string): readonly number[] {
  return text.match(/-?\d*\.?\d+(?:e-?\d+)?/g)?.map(Number) ?? [];
}

function translation(element: Element): Point {
  const found = /translate\(\s*(-?[\d.e]+)[ ,]*(-?[\d.e]*)/.exec(element.getAttribute('transform') ?? '');
  return found === null ? [0, 0] : [Number(found[1]), Number(found[2] || 0)];
}

function number(element: Element, name: string): number {
  return Number.parseFloat(element.getAttribute(name) ?? '') || 0;
}

/** A length attribute: `em` counts in the font's size, anything else in user units. */
function length(value: string | null, size: number): number {
  const amount = Number.parseFloat(value ?? '') || 0;
  return value?.endsWith('em') === true ? amount * size : amount;
}

function fontSizeOf(element: Element): number {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const size = Number.parseFloat(styleOf(at, 'font-size') || (at.getAttribute('font-size') ?? ''));
    if (size > 0) return size;
  }
  return fontSize;
}

function styleOf(element: Element, property: string): string {
  return 'style' in element ? (element as SVGElement).style.getPropertyValue(property) : '';
}
