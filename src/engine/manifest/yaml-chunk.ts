/**
 * One YAML document's text as kubectl's reader hands it to go-yaml, and the way back to the file: each line ends with LF there, whatever
 * it ends with in the file.
 */
export interface YamlChunk {
  readonly text: string;
  /** The file's offset of an offset in `text`. */
  toFile(offset: number): number;
}

export type ChunkRead =
  | { readonly kind: 'chunk'; readonly chunk: YamlChunk; readonly next: number }
  | { readonly kind: 'end' }
  | { readonly kind: 'bad-separator'; readonly rest: string; readonly offset: number };

/** What Go trims: JavaScript's blanks with NEL and without the byte order mark. */
const blankEnds = /^(?:(?!\ufeff)[\s\u0085])+|(?:(?!\ufeff)[\s\u0085])+$/g;

/**
 * Reads the next document from `from`. A separator is a line that begins with `---`; the first line of a document may be one and then
 * belongs to its text, which is why go-yaml's line numbers sometimes count it.
 *
 * Models: k8s.io/apimachinery pkg/util/yaml YAMLReader and LineReader, v0.37.
 */
export function readChunk(file: string, from: number): ChunkRead {
  let at = from;
  let text = '';
  /** Starts of the chunk's lines in the chunk and in the file. */
  const chunkStarts: number[] = [];
  const fileStarts: number[] = [];
  const done = (next: number): ChunkRead => ({ kind: 'chunk', chunk: makeChunk(text, chunkStarts, fileStarts, next), next });

  while (at < file.length) {
    const feed = file.indexOf('\n', at);
    const next = feed < 0 ? file.length : feed + 1;
    const end = feed < 0 ? file.length : feed > at && file.charCodeAt(feed - 1) === 13 ? feed - 1 : feed;
    if (file.startsWith('---', at) && end >= at + 3) {
      const rest = file.slice(at + 3, end).replace(blankEnds, '');
      if (rest !== '' && !rest.startsWith('#')) return { kind: 'bad-separator', rest, offset: at + 3 };
      if (text !== '') return done(next);
    }
    chunkStarts.push(text.length);
    fileStarts.push(at);
    text += `${file.slice(at, end)}\n`;
    at = next;
  }
  return text === '' ? { kind: 'end' } : done(at);
}

function makeChunk(text: string, chunkStarts: readonly number[], fileStarts: readonly number[], fileEnd: number): YamlChunk {
  return {
    text,
    toFile(offset) {
      let low = 0;
      let high = chunkStarts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((chunkStarts[middle] as number) <= offset) low = middle;
        else high = middle - 1;
      }
      return Math.min((fileStarts[low] ?? 0) + offset - (chunkStarts[low] ?? 0), fileEnd);
    },
  };
}
