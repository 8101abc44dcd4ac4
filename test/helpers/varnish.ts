import { join } from 'node:path';
import { describeBehind, PID_FILE, type ProxyProgram, type TestProxy } from './proxy.js';

export interface VarnishOptions {
  /** Its configuration, for an API at port 3000, as docs/proxies.md shows it. */
  readonly vcl: string;
}

/** As it is installed. */
export const PLAIN: VarnishOptions = {
  vcl: `
    vcl 4.1;
    backend api {
      .host = "127.0.0.1";
      .port = "3000";
    }`,
};

export type TestVarnish = TestProxy<VarnishOptions>;

/** A group of tests with Varnish. Skipped by name where there is none; VARNISH names another binary, or `none`. */
export function describeBehindVarnish(name: string, define: (varnish: TestVarnish) => void): void {
  describeBehind(VARNISH, name, define);
}

/** So that many can be started: the defaults are for a machine of its own. */
const SMALL = '-j none -s malloc,16M -p vsl_space=1M -p thread_pools=1 -p thread_pool_min=10'.split(' ');

const VARNISH: ProxyProgram<VarnishOptions> = {
  name: 'varnish',
  variable: 'VARNISH',
  candidates: ['/usr/sbin/varnishd', '/usr/local/sbin/varnishd', '/opt/homebrew/sbin/varnishd'],
  file: 'api.vcl',
  configuration: ({ vcl }, { upstream }) => vcl.replace('.port = "3000"', `.port = "${upstream}"`),
  arguments: (folder, { own }) => [
    '-F',
    `-n${folder}`,
    `-f${join(folder, 'api.vcl')}`,
    `-P${join(folder, PID_FILE)}`,
    `-a127.0.0.1:${own}`,
    ...SMALL,
  ],
};
