export type Scheme = 'light' | 'dark';

const key = 'scheme';

/** The scheme the page is shown in now: the reader's choice, or else the system's. */
export function currentScheme(): Scheme {
  const chosen = document.documentElement.dataset.scheme;
  if (chosen === 'light' || chosen === 'dark') {
    return chosen;
  }
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Shows the page in `scheme` and remembers it where the browser allows. */
export function chooseScheme(scheme: Scheme): void {
  document.documentElement.dataset.scheme = scheme;
  try {
    localStorage.setItem(key, scheme);
  } catch {
    // Storage is blocked: the choice holds for this page only.
  }
}

/** Calls `listener` whenever the scheme shown may have changed; returns how to stop. */
export function onSchemeChange(listener: (scheme: Scheme) => void): () => void {
  const tell = () => listener(currentScheme());
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(tell);
  observer.observe(document.documentElement, { attributeFilter: ['data-scheme'] });
  system.addEventListener('change', tell);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', tell);
  };
}
