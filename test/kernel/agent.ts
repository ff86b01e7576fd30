/**
 * Runs inside one network namespace, as the programs of a Pod, a node or a host outside do: it listens, and it sends when told to. Orders come in
 * and outcomes go out as JSON, one a line.
 */
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, createServer, type Socket as TcpSocket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Order, Outcome } from './agent-orders.ts';

/** What a real client saw, in the words of `recordedOutcome`. */
const refusals: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'host-unreachable',
  ENETUNREACH: 'net-unreachable',
};

function told(outcome: Outcome): void {
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}

function listenTcp({ id, address, port, greeting }: Extract<Order, { do: 'listen' }>): void {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end(greeting.replace('$SOURCE', socket.remoteAddress ?? 'nobody'));
  });
  server.on('error', (error) => told({ id, saw: `cannot listen: ${error.message}` }));
  server.listen(port, address, () => told({ id, saw: 'listening' }));
}

function listenUdp({ id, address, port, greeting }: Extract<Order, { do: 'listen' }>): void {
  const socket = createSocket('udp4');
  socket.on('error', (error) => told({ id, saw: `cannot listen: ${error.message}` }));
  socket.on('message', (_, sender) => socket.send(greeting.replace('$SOURCE', sender.address), sender.port, sender.address));
  socket.bind(port, address, () => told({ id, saw: 'listening' }));
}

/** One connection; the first line that comes back says who answered. */
function sendTcp(order: Extract<Order, { do: 'send' }>): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket: TcpSocket = connect({ host: order.host, port: order.port, family: 4, autoSelectFamily: false });
    const end = (saw: string) => {
      clearTimeout(deadline);
      socket.destroy();
      resolve(saw);
    };
    const deadline = setTimeout(() => end('timeout'), order.patience);
    socket.setEncoding('utf8');
    socket.on('data', (piece: string) => {
      text += piece;
    });
    socket.on('end', () => end(text.trim() || 'connected, and nothing was said'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(refusals[error.code ?? ''] ?? error.message));
  });
}

/** One datagram. The socket is connected, so that an ICMP refusal reaches it. */
function sendUdp(order: Extract<Order, { do: 'send' }>): Promise<string> {
  return new Promise((resolve) => {
    const socket: UdpSocket = createSocket('udp4');
    const end = (saw: string) => {
      clearTimeout(deadline);
      socket.removeAllListeners();
      // What still comes for a socket that is done with must not end the agent.
      socket.on('error', () => {});
      socket.close();
      resolve(saw);
    };
    const deadline = setTimeout(() => end('timeout'), order.patience);
    socket.on('message', (data) => end(data.toString('utf8').trim()));
    socket.on('error', (error: NodeJS.ErrnoException) => end(refusals[error.code ?? ''] ?? error.message));
    socket.connect(order.port, order.host, () => socket.send('who are you?'));
  });
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line) as Order;
  if (order.do === 'listen') (order.protocol === 'TCP' ? listenTcp : listenUdp)(order);
  else void (order.protocol === 'TCP' ? sendTcp : sendUdp)(order).then((saw) => told({ id: order.id, saw }));
});
