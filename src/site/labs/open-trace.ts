import type { Sender } from '#engine';
import type { EvidenceLink } from './lab-report.ts';
import type { LabSession } from './lab-session.ts';

/** Shows the request that decided a check, at the step that decided, and takes the keyboard there. */
export function openTrace(session: LabSession, { probe, seed, step, check }: EvidenceLink): void {
  const { from, protocol, host, port, http } = probe;
  const scheme = http === undefined ? (protocol === 'ICMP' ? 'ping' : protocol.toLowerCase()) : 'http';
  const to = `${scheme}://${host}${port === undefined ? '' : `:${port}`}${http === undefined || http.path === '/' ? '' : http.path}`;
  session.request.value = { from: senderText(from), to, seed, check };
  session.choice.value = { kind: 'step', index: step - 1 };
  document.getElementById('tab-result')?.click();
  document.getElementById('view-tab-trace')?.click();
  // The table is drawn anew before the next frame.
  requestAnimationFrame(() => {
    const row = document.querySelector<HTMLElement>('#view-trace [aria-current="true"]');
    row?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'center' });
  });
}

function senderText(sender: Sender): string {
  const namespace = sender.kind === 'pod' && sender.namespace !== 'default' ? `${sender.namespace}/` : '';
  return `${sender.kind}/${namespace}${sender.name}`;
}

/** Shows the checks after a run, also where the panes are tabs, and takes the keyboard there. */
export function showChecks(): void {
  document.getElementById('tab-brief')?.click();
  requestAnimationFrame(() => {
    const heading = document.getElementById('checks');
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView({ block: 'start' });
  });
}

/** Shows what Kubernetes said of a file, under the editor. */
export function showOriginal(): void {
  document.getElementById('tab-edit')?.click();
  requestAnimationFrame(() => document.querySelector('#edit .diag')?.scrollIntoView({ block: 'nearest' }));
}
