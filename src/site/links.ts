const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** An address of this site under whatever path it is served from. `path` starts with `/`. */
export function link(path: `/${string}`): string {
  return base + path;
}
