import { works } from './machine.ts';

/** How this process gets into namespaces of its own, in which it is root; nothing outside them can be reached or changed. */
const seclusion = ['unshare', '--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'] as const;

const asRoot = ['--user', '--map-root-user'] as const;

/** The command that secludes another one here, or the reason why none does. */
export function findSeclusion(): { readonly command: readonly string[] } | { readonly reason: string } {
  if (process.platform !== 'linux') return { reason: `this is ${process.platform}, and netfilter is Linux'` };
  if (!works(['unshare', '--version'])) return { reason: 'unshare is not here' };
  for (const command of [seclusion, [...seclusion, ...asRoot]]) {
    if (!works([...command, 'true'])) continue;
    const missing = missingTool(command);
    return missing === undefined ? { command } : { reason: missing };
  }
  return { reason: 'this user may not make network namespaces (neither as root nor with a user namespace of its own)' };
}

/** What each tool is asked is harmless: an answer shows that it is there and that this kernel knows the subject. */
const tools: readonly (readonly [tool: string, script: string])[] = [
  ['ip', 'mount -t tmpfs tmpfs /run && ip netns add probe && ip link add probe type veth peer name probe1 && ip link add lan type bridge'],
  ['iptables', 'iptables -t nat -A OUTPUT -m conntrack --ctstate NEW -m statistic --mode random --probability 0.5 -j RETURN'],
  ['iptables-restore', 'iptables-save | iptables-restore'],
  ['nft', 'nft add table ip probe && nft add chain ip probe nat "{ type nat hook prerouting priority dstnat ; }"'],
];

function missingTool(command: readonly string[]): string | undefined {
  for (const [tool, script] of tools) {
    if (!works([...command, 'sh', '-e', '-c', script])) return `${tool} is not here, or may not do its work`;
  }
  return undefined;
}
