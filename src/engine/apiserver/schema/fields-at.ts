import { kindSchema, type SchemaType, type StructType } from './schema.ts';

/** The names a struct at a path may have: `('v1', 'Service', 'spec.ports[0]')`. Empty where the path leads to no struct. */
export function fieldsAt(apiVersion: string, kind: string, path: string): readonly string[] {
  let struct: StructType | undefined = kindSchema(apiVersion, kind);
  for (const step of path === '' ? [] : path.replaceAll(/\[\d+\]/g, '').split('.')) {
    const type: SchemaType | undefined = struct?.fields.get(step)?.type;
    struct = structOf(type);
  }
  return struct === undefined ? [] : [...struct.fields.keys()];
}

function structOf(type: SchemaType | undefined): StructType | undefined {
  if (type?.kind === 'list') return structOf(type.item);
  return type?.kind === 'struct' ? type.struct : undefined;
}
