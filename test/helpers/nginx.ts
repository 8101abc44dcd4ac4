/** Tests behind a real nginx: what a proxy makes of the fields that pass through it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe } from '@jest/globals';
import { eventually } from './arrivals.js';

export interface NginxOptions {
  /** Whether it compresses, which makes strong tags weak. */
  readonly gzip: boolean;
}

export interface TestNginx {
  /** Starts one in front of the server on that port, until the end of the test. Gives the port of its own. */
  inFrontOf(upstream: number, options: NginxOptions): Promise<number>;
}

/** A group of tests with nginx. Skipped by name where there is none; NGINX names another binary, or `none`. */
export function describeBehindNginx(name: string, define: (nginx: TestNginx) => void): void {
  const binary = installedNginx();
  if (binary === undefined) {
    // oxlint-disable-next-line jest/no-disabled-tests -- the closing lines of the run name what was skipped
    describe.skip(`${name} (no nginx here: install it, or let NGINX name it)`, () => {
      define({ inFrontOf: () => Promise.reject(new Error('There is no nginx here.')) });
    });
    return;
  }
  describe(name, () => {
    const running: Nginx[] = [];
    afterEach(() => Promise.all(running.splice(0).map((nginx) => nginx.stop())));
    define({
      async inFrontOf(upstream, options) {
        const port = await freePort();
        const folder = await mkdtemp(join(tmpdir(), 'http-preconditions-nginx-'));
        await writeFile(join(folder, CONFIGURATION), configuration(port, upstream, options));
        const nginx = new Nginx(binary, folder);
        running.push(nginx);
        await nginx.ready();
        return port;
      },
    });
  });
}

const CANDIDATES = ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'];

function installedNginx(): string | undefined {
  const given = process.env['NGINX'];
  if (given === 'none') return undefined;
  return given || CANDIDATES.find((path) => existsSync(path));
}

const CONFIGURATION = 'nginx.conf';
const PID_FILE = 'nginx.pid';

/** Paths are relative to the folder that nginx is started with, so that any user may run it. */
function configuration(port: number, upstream: number, { gzip }: NginxOptions): string {
  return `
    daemon off;
    master_process off;
    pid ${PID_FILE};
    events {}
    http {
      access_log off;
      client_body_temp_path client_body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;

      gzip ${gzip ? 'on' : 'off'};
      gzip_types application/json text/plain;
      gzip_min_length 1;
      gzip_proxied any;

      server {
        listen 127.0.0.1:${port};
        location / {
          proxy_pass http://127.0.0.1:${upstream};
        }
      }
    }`;
}

class Nginx {
  readonly #folder: string;
  readonly #kill: () => void;
  /** Resolves when the process has ended, with what it has complained of. */
  readonly #ended: Promise<string>;

  constructor(binary: string, folder: string) {
    this.#folder = folder;
    const child = spawn(binary, ['-p', folder, '-c', CONFIGURATION, '-e', 'stderr'], {
      env: {}, // nginx takes NGINX for a list of sockets that it inherits
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#kill = () => child.kill();
    const complaints = text(child.stderr);
    this.#ended = once(child, 'close').then(
      () => complaints,
      (error: Error) => error.message,
    );
  }

  /** It writes its pid once it listens. */
  async ready(): Promise<void> {
    const failed = this.#ended.then((complaints) => {
      throw new Error(`nginx does not start: ${complaints}`);
    });
    await Promise.race([failed, eventually(() => existsSync(join(this.#folder, PID_FILE)))]);
  }

  async stop(): Promise<void> {
    this.#kill();
    await this.#ended;
    await rm(this.#folder, { recursive: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
