import { sortedPairs } from '../format-labels.ts';
import { alignText } from '../tab-writer.ts';

const minWidth = 0;
const padding = 2;
const maxAnnotationLength = 140;
const skippedAnnotations = ['kubectl.kubernetes.io/last-applied-configuration'];

const eventHeader = ['Type', 'Reason', 'Age', 'From', 'Message'];

/** Collects a description line by line; tabs end cells. */
export class DescribeWriter {
  #text = '';

  line(text: string): void {
    this.#text += `${text}\n`;
  }

  /** `Labels:` with one pair a line, or `<none>`. */
  labels(title: string, labels: Readonly<Record<string, string>> | undefined): void {
    this.#pairs(title, sortedPairs(labels));
  }

  /** Long values stand on lines of their own, cut short. */
  annotations(annotations: Readonly<Record<string, string>> | undefined): void {
    const shown = Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => !skippedAnnotations.includes(key)));
    const lines = Object.keys(shown)
      .sort()
      .map((key) => formatAnnotation(key, (shown[key] ?? '').replace(/\n$/, '')));
    this.#pairs('Annotations', lines);
  }

  /** One line of cells (type, reason, age, source, message) for each event. */
  events(rows: readonly (readonly string[])[]): void {
    if (rows.length === 0) {
      this.line('Events:\t<none>');
      return;
    }
    this.line('Events:');
    for (const cells of [eventHeader, eventHeader.map((title) => '-'.repeat(title.length)), ...rows]) this.line(`  ${cells.join('\t')}`);
  }

  toString(): string {
    return alignText(this.#text, minWidth, padding);
  }

  #pairs(title: string, lines: readonly string[]): void {
    const [first = '<none>', ...others] = lines;
    this.line(`${title}:\t${first}`);
    for (const line of others) this.line(`\t${line}`);
  }
}

function formatAnnotation(key: string, value: string): string {
  if (value.length + key.length + 2 <= maxAnnotationLength && !value.includes('\n')) return `${key}: ${value}`;
  return [`${key}:`, ...value.split('\n').map((line) => `\t  ${shorten(line, maxAnnotationLength - 2)}`)].join('\n');
}

function shorten(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}...` : text;
}
