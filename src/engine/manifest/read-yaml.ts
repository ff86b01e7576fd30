import type { JsonValue } from '../api/json.ts';
import { YamlFault } from './yaml-fault.ts';
import type { YamlNode } from './yaml-node.ts';
import { YamlParser } from './yaml-parser.ts';
import { yamlToJson } from './yaml-to-json.ts';

export type YamlRead =
  /** `root` is absent when the text holds no document. */
  | { readonly ok: true; readonly root: YamlNode | undefined; readonly value: JsonValue }
  | { readonly ok: false; readonly message: string; readonly fault: YamlFault };

/** What libyaml refuses to read: controls but for tab, LF, CR and NEL, and the two characters that are none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find.
const unreadable = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** libyaml reads this many bytes at once and looks at all of them before its scanner sees the first. */
const READ_BYTES = 512;

/**
 * Reads one document to JSON with go-yaml's words for what it refuses. Never throws.
 *
 * Models: sigs.k8s.io/yaml 1.6 YAMLToJSON.
 */
export function readYaml(text: string): YamlRead {
  const bad = text.search(unreadable);
  const limit = bad < 0 ? text.length : startOfRead(text, bad);
  const parser = new YamlParser(bad < 0 ? text : text.slice(0, limit));
  const controlFault = () => new YamlFault('control characters are not allowed', undefined, bad);
  try {
    const root = parser.parseDocument();
    if (bad >= 0 && parser.reached >= limit) return refusal(controlFault());
    return { ok: true, root, value: root === undefined ? null : yamlToJson(root) };
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error;
    return refusal(bad >= 0 && parser.reached >= limit - 1 ? controlFault() : error);
  }
}

function refusal(fault: YamlFault): YamlRead {
  const where = fault.line === undefined ? '' : `line ${fault.line}: `;
  const library = fault.problem.startsWith('json: ') || fault.problem.startsWith('unsupported map key') ? '' : 'yaml: ';
  return { ok: false, message: `error converting YAML to JSON: ${library}${where}${fault.problem}`, fault };
}

/** Where the read begins that brings in the character at `offset`. A character that does not fit whole waits for the next read. */
function startOfRead(text: string, offset: number): number {
  let start = 0;
  let bytes = 0;
  for (let i = 0; i <= offset; i++) {
    const c = text.charCodeAt(i);
    const pair = c >= 0xd800 && c <= 0xdbff;
    const width = c < 0x80 ? 1 : c < 0x800 ? 2 : pair ? 4 : 3;
    if (bytes + width > READ_BYTES) {
      start = i;
      bytes = 0;
    }
    bytes += width;
    if (pair) i++;
  }
  return start;
}
