import type { ObjectRef } from '../diagnostics/diagnostic.ts';
import type { ManifestDocument } from '../manifest/manifest-document.ts';
import type { SourceMap } from './snapshot.ts';

export const noSources: SourceMap = { locate: () => undefined };

/** A document, and the object it became. */
export interface AppliedDocument {
  readonly object: ObjectRef;
  readonly document: ManifestDocument;
}

/** Finds fields in the documents they were last applied from; what these do not know, `below` may. */
export function sourceMap(applied: readonly AppliedDocument[], below: SourceMap): SourceMap {
  const documents = new Map(applied.map(({ object, document }) => [keyOf(object), document]));
  return {
    locate: (origin) => {
      const document = documents.get(keyOf(origin.object));
      return document === undefined ? below.locate(origin) : document.locate(origin.path);
    },
  };
}

function keyOf({ kind, namespace, name }: ObjectRef): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}
