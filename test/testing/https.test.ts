/** TLS, with a certificate that `openssl` makes for the test. Trust comes from the environment, as for every program on Node. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const run = promisify(execFile);

const HAS_OPENSSL = spawnSync('openssl', ['version']).status === 0;
const REASON = HAS_OPENSSL ? '' : ' (no openssl here)';

const KEY_AND_CERTIFICATE =
  'req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1';

interface Outcome {
  readonly warnings: string;
  readonly outcomes: [kind: string, id: string, outcome: string][];
}

// oxlint-disable-next-line jest/no-disabled-tests -- the closing lines of the run name what was skipped
(HAS_OPENSSL ? describe : describe.skip)(`a target over TLS${REASON}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-tls-'));
  const [KEY, CERTIFICATE] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];

  async function outcomes(environment: Record<string, string>): Promise<Outcome> {
    const { stdout, stderr } = await run(
      process.execPath,
      ['--import', 'tsx', join(__dirname, 'https-child.ts')],
      {
        env: { ...process.env, KEY, CERTIFICATE, ...environment },
      },
    );
    return { warnings: stderr, outcomes: JSON.parse(stdout) as Outcome['outcomes'] };
  }

  beforeAll(() => run('openssl', [...KEY_AND_CERTIFICATE.split(' '), '-keyout', KEY, '-out', CERTIFICATE]));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('passes when its certificate is trusted, by a host name and by an address', async () => {
    const { warnings, outcomes: all } = await outcomes({ NODE_EXTRA_CA_CERTS: CERTIFICATE });
    expect(all.filter(([, , outcome]) => outcome !== 'passed')).toEqual([]);
    expect(all).toHaveLength(9);
    // Of an address that is given for a server name.
    expect(warnings).not.toContain('DEP0123');
  }, 30_000);

  test('fails when it is not, and says so', async () => {
    const { outcomes: all } = await outcomes({ NODE_EXTRA_CA_CERTS: '' });
    for (const [, , outcome] of all) expect(outcome).toContain('self-signed certificate');
  }, 30_000);
});
