import type { WorldLibrary } from '#engine';

const texts = import.meta.glob<string>('/clusters/**/*.yaml', { query: '?raw', import: 'default', eager: true });

/** The worlds of clusters/ by the name a cluster file extends them with: `ref3`, `workloads/my-app`. For the build, not for the browser. */
export const worlds: WorldLibrary = Object.fromEntries(
  Object.entries(texts).map(([path, text]) => [path.slice('/clusters/'.length, -'.yaml'.length), text]),
);
