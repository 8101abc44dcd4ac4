/** What `modify` asks of a counter. */
import { modify, type Modified, type ModifyOptions } from '../../lib/client/index.js';
import { answer, json, type Reaction, summary, withScript } from './scripted-server.js';

export interface Counter {
  n: number;
}

export const increment = ({ n }: Counter): Counter => ({ n: n + 1 });
export const AT_ONCE = { delay: () => 0 };

/** `GET` of version n, whose content is `{ n }`. */
export const version = (n: number): Reaction => json({ n }, { ETag: `"${n}"` });
export const written = (n: number): Reaction => answer(204, { ETag: `"${n}"` });

/** Modifies under a script; the result, or the error, and the conversation. */
export async function conversation(
  script: readonly Reaction[],
  change: (data: Counter) => unknown = increment,
  options: ModifyOptions<Counter> = {},
): Promise<{ result?: Modified<Counter>; error?: unknown; asked: string[]; contents: string[] }> {
  return withScript(script, async ({ client, requests }) => {
    const outcome = await modify(client, '/counter', change, { ...AT_ONCE, ...options }).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
    const contents = requests.map(({ content }) => content.toString()).filter(Boolean);
    return { ...outcome, asked: requests.map(summary), contents };
  });
}
