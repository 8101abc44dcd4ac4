import { AsyncResource } from 'node:async_hooks';
import { IncomingMessage } from 'node:http';

/**
 * Calls back when the whole content of the request is in memory, at once if it is already. The content is left to be read as
 * if nobody had waited for it.
 *
 * A content of more octets than `limit`, one that somebody else is reading, and one that does not come by HTTP/1 is not waited for.
 *
 * @param onArrival called once; not at all when the connection is closed before
 * @param onClose called when the connection is closed before
 */
export function awaitContent(
  req: IncomingMessage,
  limit: number,
  onArrival: () => void,
  onClose: () => void,
): void {
  if (!isAwaited(req, limit)) {
    onArrival();
    return;
  }
  const push = req.push.bind(req);
  // The content arrives outside the asynchronous context of the request, which the handler and tracing rely on.
  const arrived = AsyncResource.bind(onArrival);
  let octets = req.readableLength;
  const closed = (): void => {
    stop();
    onClose();
  };
  const stop = (): void => {
    Reflect.deleteProperty(req, 'push');
    req.off('close', closed);
  };
  // Node's parser pushes what arrives, and reads on from the connection while that returns true.
  req.push = (chunk: Buffer | null): boolean => {
    const wantsMore = push(chunk);
    octets += chunk?.length ?? 0;
    if (chunk !== null && octets <= limit) return true;
    stop();
    process.nextTick(arrived);
    return wantsMore;
  };
  req.once('close', closed);
  if (req.readableLength >= req.readableHighWaterMark) req.socket.resume();
}

function isAwaited(req: IncomingMessage, limit: number): boolean {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = req.headers;
  const octets = Number(length);
  const hasArrived = req.complete || (coding === undefined && octets === 0);
  const isBeingRead = req.readableFlowing !== null || req.listenerCount('readable') > 0;
  // HTTP/2, and requests that were made without a connection, give their content only to those who ask for it.
  const isPushed = req instanceof IncomingMessage;
  return isPushed && !hasArrived && !isBeingRead && octets <= limit;
}
