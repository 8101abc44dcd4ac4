import { RawConnection, requestOctets } from '../helpers/raw-http.js';

/** All octets that come back for a request on a connection of its own, as latin1: one character, one octet. */
export async function wholeResponse(port: number, lines: readonly string[]): Promise<string> {
  const connection = new RawConnection(port);
  try {
    connection.send(requestOctets([...lines, 'Connection: close']));
    return await connection.rest();
  } finally {
    connection.destroy();
  }
}

/** The one line that changes by itself. */
export function withoutDate(response: string): string {
  return response.replace(/^Date: .*\r\n/m, '');
}
