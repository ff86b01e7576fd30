import { JSDOM } from 'jsdom';
import { boundingBox, textLength } from './bounding-box.ts';

/** What Mermaid looks for in the global scope of a page. */
const borrowed = [
  'document',
  'Element',
  'SVGElement',
  'HTMLElement',
  'Node',
  'NodeFilter',
  'DOMParser',
  'XMLSerializer',
  'MutationObserver',
  'getComputedStyle',
  'DocumentFragment',
  'HTMLTemplateElement',
  'HTMLFormElement',
  'NamedNodeMap',
  'Text',
  'Comment',
] as const;

/** Mermaid writes a style sheet that is thrown away afterwards; it only has to accept what is written. */
class UnreadStyleSheet {
  readonly cssRules: string[] = [];
  replaceSync(_text: string): void {}
  insertRule(rule: string): number {
    this.cssRules.push(rule);
    return 0;
  }
}

/**
 * Turns this thread into a page that Mermaid can draw in: a document without a screen, whose SVG elements know their size. It changes the
 * thread's global scope, so it belongs in a worker and nowhere else.
 */
export function becomePage(): Document {
  const { window } = new JSDOM('<!doctype html><html><body></body></html>', { pretendToBeVisual: true });
  const scope: Record<string, unknown> = { window, CSSStyleSheet: UnreadStyleSheet };
  for (const name of borrowed) scope[name] = window[name];
  scope.requestAnimationFrame = (callback: (time: number) => void) => setTimeout(callback, 0, 0);
  for (const [name, value] of Object.entries(scope)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Object.defineProperty(window, 'CSSStyleSheet', { value: UnreadStyleSheet, configurable: true });
  Object.defineProperty(window.SVGElement.prototype, 'getBBox', {
    value(this: Element) {
      return boundingBox(this);
    },
  });
  Object.defineProperty(window.SVGElement.prototype, 'getComputedTextLength', {
    value(this: Element) {
      return textLength(this);
    },
  });
  Object.defineProperty(window.Element.prototype, 'getBoundingClientRect', {
    value(this: Element) {
      const box = boundingBox(this);
      return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
    },
  });
  return window.document;
}
