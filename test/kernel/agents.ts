import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Order, Outcome } from './agent-orders.ts';

const program = fileURLToPath(new URL('agent.ts', import.meta.url));

/** The programs of one namespace, to be told what to do. */
export class Agent {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #waiting = new Map<number, (saw: string) => void>();
  #orders = 0;
  readonly namespace: string;

  constructor(namespace: string) {
    this.namespace = namespace;
    this.#process = spawn('ip', ['netns', 'exec', namespace, process.execPath, program], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => {
      const { id, saw } = JSON.parse(line) as Outcome;
      this.#waiting.get(id)?.(saw);
      this.#waiting.delete(id);
    });
    this.#process.on('close', () => {
      for (const answer of this.#waiting.values()) answer('the agent has ended');
    });
  }

  /** Answers from the Pod or host of this namespace from now on. */
  async listen(socket: Omit<Extract<Order, { do: 'listen' }>, 'do' | 'id'>): Promise<void> {
    const saw = await this.#order((id) => ({ do: 'listen', id, ...socket }));
    if (saw !== 'listening') throw new Error(`${socket.address}:${socket.port}: ${saw}`);
  }

  /** Sends one request, and gives what a client sees of it. */
  send(request: Omit<Extract<Order, { do: 'send' }>, 'do' | 'id'>): Promise<string> {
    return this.#order((id) => ({ do: 'send', id, ...request }));
  }

  end(): void {
    this.#process.stdin.end();
    this.#process.kill();
  }

  #order(make: (id: number) => Order): Promise<string> {
    this.#orders += 1;
    const order = make(this.#orders);
    return new Promise((resolve) => {
      this.#waiting.set(order.id, resolve);
      this.#process.stdin.write(`${JSON.stringify(order)}\n`);
    });
  }
}
