import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** Begins to connect to the server at a URL. */
export function connectTo({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (protocol !== 'https:') return connectTcp({ host, port: Number(port || 80) });
  // An address is no server name (RFC 6066, section 3).
  return connectTls({ host, port: Number(port || 443), servername: isIP(host) === 0 ? host : '' });
}

/** Until requests can be sent on it. */
export function connected(socket: Socket, { protocol }: URL): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject).once(protocol === 'https:' ? 'secureConnect' : 'connect', () => {
      socket.off('error', reject);
      resolve();
    });
  });
}
