/**
 * What a lesson's `simulation.ts` may use. The file is a module that runs in a sandbox: no network, no page, no clock but the
 * cluster's, no chance but the seeds it writes down. `import { cluster, draw, predict } from 'packet-path'` is its only import.
 *
 * A simulation is a list of scenes. Each scene is one round of predict, observe, explain: the questions of `predict` are on the
 * page before anything runs, the run button opens when all are answered, and what the body drew appears under them. The body
 * runs from its first line at every press of the button, in a fresh cluster: the lesson's `cluster.yaml` with its `start.yaml`
 * applied. A file without `scene` is one scene.
 *
 * Texts are Korean and plain; a part between backticks is set in the code face. Mistakes are shown to the reader with the line.
 */
declare module 'packet-path' {
  /**
   * Adds a scene. At build time every body runs once per combination of its controls, so that its questions can be printed.
   *
   * @example
   * scene({ id: 'ten-steps', title: '열 걸음', run: '보내기' }, () => {
   *   const address = predict.choice('6걸음이 끝나면 패킷의 목적지는 무엇입니까?', ['10.96.1.100:80', '10.244.1.10:8080']);
   *   const trace = cluster.trace('pod/client', 'http://my-app-service', { seed: 7 });
   *   const dnat = trace.first('nat.dnat');
   *   draw.packet(dnat, { title: 'DNAT 뒤' });
   *   address.observe(dnat.after.destination);
   *   explain('규칙이 목적지를 바꿉니다.');
   * });
   */
  export function scene(options: SceneOptions, body: () => void): void;

  export interface SceneOptions {
    /** Kebab-case; answers are stored under it, so it stays as it is once the lesson is published. */
    readonly id: string;
    readonly title: string;
    /** Words of the run button; `보내기` when absent. */
    readonly run?: string;
    /** The scene this one is the twin of: same principle, other numbers. It is offered when a prediction of that scene was wrong. */
    readonly twinOf?: string;
  }

  /**
   * A choice the reader makes before predicting (a command, a proxy mode): a row of buttons; returns the value chosen, at first
   * the first one. Another value asks for a new prediction.
   */
  export function control<T extends string>(label: string, values: readonly T[]): T;

  /** One paragraph of the last stage, 설명. Shown after the run, whatever was predicted. */
  export function explain(text: string): void;

  export const predict: {
    /** One of two to six texts. */
    choice(question: string, choices: readonly string[]): Prediction<string>;
    /** How a packet ends: 도착, 거절, 응답 없음. Observe it with a trace. */
    outcome(question: string): Prediction<Trace>;
    /** A number. A prediction at most `tolerance` away from what is observed counts as right (0 when absent). */
    number(
      question: string,
      options: { readonly min: number; readonly max: number; readonly tolerance?: number; readonly unit?: string },
    ): Prediction<number>;
  };

  export interface Prediction<T> {
    /** Says what really happened. Call it once; a question that is never observed is an author's mistake. `label` names the row in 「예측과 관찰」. */
    observe(value: T, label?: string): void;
  }

  /** The scene's own cluster. Every call sees the calls before it. */
  export const cluster: {
    /** `kubectl apply -f -`. `output` is what kubectl prints, to the byte; refused documents are named in it and change nothing. */
    apply(yaml: string): { readonly ok: boolean; readonly output: string };
    /** Runs `kubectl get …`, `kubectl describe …`: `cluster.kubectl('get service my-app-service')`. */
    kubectl(command: string): string;
    /** Restarts every kube-proxy in another mode. */
    mode(mode: ProxyMode): void;
    /** Lets the cluster's clock run. */
    advance(seconds: number): void;
    /**
     * Sends one request and follows it out and back. `from`: `pod/client`, `pod/NAMESPACE/NAME`, `node/node-1`, `outside/client`.
     * `to`: `http://my-app-service:80/path`, `tcp://10.96.1.100:80`, `telnet://…`, `udp://…`, `ping://10.96.1.100`.
     */
    trace(from: string, to: string, options?: { readonly seed?: number }): Trace;
    /** Makes `times` connections (at most 10000), each choosing anew, and counts where they ended. */
    repeat(from: string, to: string, times: number, options?: { readonly seed?: number }): Tally;
    /** Every way the request can go, with its probability; they add up to 1. */
    enumerate(from: string, to: string): readonly { readonly probability: number; readonly trace: Trace }[];
    /** One node's rules as `iptables-save` or `nft list ruleset` prints them, line by line. */
    rules(node: string): readonly string[];
  };

  export type ProxyMode = 'iptables' | 'nftables' | 'ipvs' | 'userspace';

  export type EndKind = 'delivered' | 'rejected' | 'refused' | 'dropped' | 'unreachable' | 'name-error' | 'not-modelled';

  export type StepKind =
    | 'dns.query'
    | 'dns.answer'
    | 'send'
    | 'route'
    | 'rule.match'
    | 'lb.pick'
    | 'nat.dnat'
    | 'nat.snat'
    | 'net.forward'
    | 'pod.accept'
    | 'l7.route'
    | 'reject'
    | 'drop'
    | 'nat.reverse'
    | 'reply'
    | 'receive';

  export interface Trace {
    readonly id: number;
    readonly steps: readonly Step[];
    readonly end: EndKind;
    /** The Pod (`client`), node or host that took the packet; `undefined` unless `end` is `delivered`. */
    readonly to?: string;
    /** The source address the receiver saw; as `to`. */
    readonly sourceSeen?: string;
    /** The answer's HTTP status, when there was one. */
    readonly httpStatus?: number;
    /** The first step of that kind. Where there is none, the simulation ends with a message that names the kinds there are. */
    first(kind: StepKind): Step;
    /** The last step of that kind; as `first`. */
    last(kind: StepKind): Step;
    has(kind: StepKind): boolean;
  }

  export interface Step {
    /** As the trace table counts, from 1. */
    readonly number: number;
    readonly leg: 'dns' | 'out' | 'back';
    readonly kind: StepKind;
    /** `client`, `node-1`, …: the name of the Pod, node or host. */
    readonly place: string;
    readonly before: Packet;
    /** Equal to `before` when the step rewrote nothing. */
    readonly after: Packet;
    /** The rule that decided, as it is printed. */
    readonly rule?: string;
    /** Of a random choice: `1/3`. */
    readonly odds?: string;
  }

  /** Addresses carry their port: `10.96.1.100:80`. All fields are `''` where a step has no packet yet. */
  export interface Packet {
    readonly protocol: string;
    readonly source: string;
    readonly destination: string;
  }

  export interface Tally {
    readonly times: number;
    /** Connections by the receiver's name. */
    readonly delivered: Readonly<Record<string, number>>;
    /** Connections by how they ended. */
    readonly ends: Readonly<Partial<Record<EndKind, number>>>;
    /** The chance of each receiver, by the rules; equal to `delivered / times` in the long run. */
    readonly expected: Readonly<Record<string, number>>;
  }

  export const draw: {
    /** One packet as a card: protocol, source, destination. Cards drawn one after another stand in a row on the path. */
    packet(step: Step, options?: { readonly title?: string }): void;
    /** The whole journey as the trace table. */
    trace(trace: Trace): void;
    /** The journey as messages between the places it met. */
    sequence(trace: Trace): void;
    table(table: {
      readonly caption: string;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly (string | number)[])[];
    }): void;
    /** Where the connections of `repeat` went, beside what the rules promise. */
    histogram(tally: Tally, options?: { readonly caption?: string }): void;
    /** Marks on a line of numbers (addresses in a range, times on a clock). */
    numberLine(line: {
      readonly caption: string;
      readonly min: number;
      readonly max: number;
      readonly marks: readonly { readonly at: number; readonly label: string }[];
    }): void;
    /** Text as a terminal prints it: what `cluster.kubectl` or `cluster.apply` gave. `command` is shown above it. */
    output(text: string, command?: string): void;
    /** A paragraph. Notes before the scene's first question describe the situation: they are on the page before anything runs. */
    note(text: string): void;
  };
}
