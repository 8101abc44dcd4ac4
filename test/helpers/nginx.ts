import { describeBehind, PID_FILE, type Ports, type ProxyProgram, type TestProxy } from './proxy.js';

/** What it does, or what it is told in its own words. */
export type NginxOptions =
  | {
      /** Whether it compresses, which makes strong tags weak. */
      readonly gzip: boolean;
    }
  | {
      /** The content of its `http` block, for an API at 127.0.0.1:3000, as docs/proxies.md shows it. */
      readonly http: string;
    };

export type TestNginx = TestProxy<NginxOptions>;

/** A group of tests with nginx. Skipped by name where there is none; NGINX names another binary, or `none`. */
export function describeBehindNginx(name: string, define: (nginx: TestNginx) => void): void {
  describeBehind(NGINX, name, define);
}

const NGINX: ProxyProgram<NginxOptions> = {
  name: 'nginx',
  variable: 'NGINX',
  candidates: ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx'],
  file: 'nginx.conf',
  configuration,
  arguments: (folder) => ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr'],
};

/** Paths are relative to the folder that nginx is started with, so that any user may run it. */
function configuration(options: NginxOptions, ports: Ports): string {
  const http = 'http' in options ? options.http : passesOn(options.gzip);
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
      ${inTest(http, ports)}
    }`;
}

function passesOn(gzip: boolean): string {
  return `
    gzip ${gzip ? 'on' : 'off'};
    gzip_types application/json text/plain;
    gzip_min_length 1;
    gzip_proxied any;
    server {
      listen 80;
      location / {
        proxy_pass http://127.0.0.1:3000;
      }
    }`;
}

function inTest(http: string, { own, upstream }: Ports): string {
  return http
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${upstream}`)
    .replaceAll('listen 80;', `listen 127.0.0.1:${own};`) // last: a port may begin with 3000, too
    .replaceAll('/var/cache/nginx/', '');
}
