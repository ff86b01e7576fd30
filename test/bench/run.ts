import { calibrate } from './calibration.ts';
import { milliseconds } from './clock.ts';
import { measureKeystrokes } from './keystroke.ts';
import { measureRules, measureTrace } from './rules.ts';
import { measureValidation } from './validation.ts';
import { measureWebernetes } from './webernetes.ts';

/** Go's own figures (test/conformance/recordings/README.md), in milliseconds: another machine, so good for ratios with the calibration only. */
const go = {
  validation: 0.019,
  rules: {
    iptables: { 1000: { first: 23, change: 4.6 }, 10000: { first: 341, change: 89 } },
    nftables: { 1000: { first: 26, change: 4.2 }, 10000: { first: 399, change: 74 } },
  },
} as const;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** How many times as fast as something that takes `theirs`. */
function times(theirs: number, ours: number): string {
  const ratio = theirs / ours;
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)} times as fast`;
}

say(`calibration loop: ${milliseconds(calibrate())}`);

say('\nfrom a keystroke to the trace, lesson s3-clusterip');
const keys = measureKeystrokes(4);
say(`  all texts (${keys.keystrokes}): p50 ${milliseconds(keys.p50)}, p95 ${milliseconds(keys.p95)}; a frame is 8 ms`);
say(`  accepted ones (${keys.accepted}): p50 ${milliseconds(keys.acceptedP50)}, p95 ${milliseconds(keys.acceptedP95)}`);
const peer = await measureWebernetes();
say(`  webernetes: starts in ${milliseconds(peer.boot)}, brings the same Service up in ${milliseconds(peer.service)}`);
say(`  beside it, ours at p95: ${times(peer.service, keys.acceptedP95)}`);
say(`one trace, out and back: ${milliseconds(measureTrace(2000))}`);

say('\nvalidation of the recorded Services, from JSON text');
const validation = measureValidation(7);
say(`  ${Math.round(1000 / validation.each)} documents a second, ${milliseconds(validation.each)} each`);
say(`  beside Go's ${milliseconds(go.validation)}: ${times(go.validation, validation.each)}`);

say("\nkube-proxy's rules for N Services with 3 endpoints, one node");
for (const mode of ['iptables', 'nftables'] as const) {
  for (const count of [1000, 10000] as const) {
    const { first, change, lines, heap } = measureRules(count, mode, count === 1000 ? 7 : 3);
    const reference = go.rules[mode][count];
    say(`  ${mode} ${count}: first sync with its text ${milliseconds(first)} (${times(reference.first, first)} as Go's), ${lines} lines`);
    say(`    one endpoint changed ${milliseconds(change)} (${times(reference.change, change)}), heap ${(heap / 1e6).toFixed(0)} MB`);
  }
}
// webernetes leaves timers behind.
process.exit(0);
