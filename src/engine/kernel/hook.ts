/**
 * The five places where the kernel shows a packet to its rules.
 *
 * A packet that arrives by a device meets `prerouting`, is routed, and then meets either `input` (it is for this host) or
 * `forward` and `postrouting` (it is not). A packet that a process of this host sends meets `output` and `postrouting`.
 */
export type Hook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting';

export const hooks: readonly Hook[] = ['prerouting', 'input', 'forward', 'output', 'postrouting'];
