/** Paths of every lab.yaml; the texts are not loaded. */
const paths = Object.keys(import.meta.glob('/labs/*/lab.yaml'));

/**
 * Folders of the labs that exist, by id: `l-302` is `l-302-internal-cache`. The folder is the lab's address, `/labs/<folder>/`.
 * Folders that begin with `_` are templates.
 */
export const labFolders: ReadonlyMap<string, string> = new Map(
  paths.flatMap((path) => {
    const [, folder, id] = /^\/labs\/((l-\d{3})-[^/]+)\/lab\.yaml$/.exec(path) ?? [];
    return folder === undefined || id === undefined ? [] : [[id, folder] as const];
  }),
);
