/** A built site that tests are run against. */
export interface BuiltSite {
  readonly folder: string;
  readonly base: string;
  readonly port: number;
  readonly address: string;
}

function site(folder: string, base: string, port: number): BuiltSite {
  return { folder, base, port, address: `http://127.0.0.1:${port}${base}` };
}

export const rootSite: BuiltSite = site('dist', '/', 4391);

/** The same pages, built to live below a path (`BASE=/course/`). */
export const courseSite: BuiltSite = site('dist-course', '/course/', 4392);
