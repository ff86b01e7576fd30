import type { KubeObject } from '../../api/kube-object.ts';
import { humanDuration } from '../human-duration.ts';

/** Columns of a kind, fewer or more with `-o wide`, and how a row is made of an object. */
export interface TableLayout {
  header(wide: boolean): readonly string[];
  row(object: KubeObject, options: RowOptions): readonly string[];
}

export interface RowOptions {
  /** Milliseconds of the cluster's clock. */
  readonly now: number;
  readonly wide: boolean;
}

/**
 * A layout for one kind; `wide` are the columns that `-o wide` adds at the end. The row's function may read its own kind's type: the table of layouts is keyed by kind, and a store gives objects
 * of a kind the shape of it.
 */
export function layout<T extends KubeObject>(
  columns: readonly string[],
  wide: readonly string[],
  row: (object: T, options: RowOptions) => readonly string[],
): TableLayout {
  return { header: (isWide) => (isWide ? [...columns, ...wide] : columns), row: (object, options) => row(object as T, options) };
}

export function age({ metadata }: KubeObject, now: number): string {
  return humanDuration(now - (metadata.creationTime ?? now));
}

const shown = 3;

/** At most three items, and how many there are besides. */
export function fewItems(items: readonly string[], whenEmpty: string): string {
  if (items.length === 0) return whenEmpty;
  const more = items.length > shown ? ` + ${items.length - shown} more...` : '';
  return items.slice(0, shown).join(',') + more;
}

/** Names and images of a template's containers, as two cells. */
export function containerCells(containers: readonly { readonly name: string; readonly image: string }[]): readonly [string, string] {
  return [containers.map(({ name }) => name).join(','), containers.map(({ image }) => image).join(',')];
}
