import type { Signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { DiagnosticCatalogue } from '#views/diagnostics-view.ts';

/** Fetches the Korean explanations of diagnostics, once, when there is something to explain. Without them Kubernetes' words stand alone. */
export function useCatalogue(catalogue: Signal<DiagnosticCatalogue>, isNeeded: boolean, base: string): void {
  useEffect(() => {
    if (!isNeeded || Object.keys(catalogue.peek()).length > 0) return;
    fetch(`${base}diagnostics.json`)
      .then(async (response) => (response.ok ? readCatalogue(await response.json()) : {}))
      .then((read) => {
        catalogue.value = read;
      })
      .catch(() => undefined);
  }, [catalogue, base, isNeeded]);
}

function readCatalogue(value: unknown): DiagnosticCatalogue {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
