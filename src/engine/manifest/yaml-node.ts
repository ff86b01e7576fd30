interface NodeBase {
  /** UTF-16 offsets in the document's text; `end` is exclusive and leaves out what only separates a block from the next. */
  readonly start: number;
  readonly end: number;
  /** Long form (`tag:yaml.org,2002:str`); `''` when the text has none. */
  readonly tag: string;
}

export interface YamlScalar extends NodeBase {
  readonly kind: 'scalar';
  readonly value: string;
  /** Whether the text decides the type (`80`, `yes`); quoted and block scalars are strings. */
  readonly implicit: boolean;
}

export interface YamlSequence extends NodeBase {
  readonly kind: 'sequence';
  readonly items: readonly YamlNode[];
}

export interface YamlMapping extends NodeBase {
  readonly kind: 'mapping';
  /** In the order of the text, keys that repeat and merge keys included. */
  readonly entries: readonly { readonly key: YamlNode; readonly value: YamlNode }[];
}

export interface YamlAlias extends NodeBase {
  readonly kind: 'alias';
  readonly name: string;
  readonly target: YamlNode;
}

export type YamlNode = YamlScalar | YamlSequence | YamlMapping | YamlAlias;
