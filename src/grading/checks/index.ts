import type { Check } from '../lab.ts';
import type { CheckContext, CheckRun } from './check-result.ts';
import { runConnect } from './connect.ts';
import { runSpread } from './spread.ts';
import { runUnreachable } from './unreachable.ts';
import { runVirtualAddress } from './virtual-address.ts';

/** Runs one check. A new kind of check is a case here, a type in `lab.ts` and a schema in `lab-file.ts`; the compiler asks for all three. */
export function runCheck(check: Check, context: CheckContext): CheckRun {
  switch (check.kind) {
    case 'connect':
      return runConnect(check, context);
    case 'spread':
      return runSpread(check, context);
    case 'unreachable':
      return runUnreachable(check, context);
    case 'virtual-address':
      return runVirtualAddress(check, context);
  }
}
