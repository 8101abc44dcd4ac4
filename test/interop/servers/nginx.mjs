import { featuresOf } from '../lib/claims.mjs';
import { FILE_TARGET } from '../lib/files.mjs';
import { findProgram, versionOfProgram, withProgram } from '../lib/program.mjs';

const path = findProgram('NGINX', ['/usr/sbin/nginx', '/usr/local/bin/nginx', '/opt/homebrew/bin/nginx']);

export const name = 'nginx';
export const missing = path ? undefined : 'there is none here: install it, or let NGINX name it';
export const version = path && `nginx ${versionOfProgram(path, /nginx\/([\d.]+)/)}`;
export const setup = 'a file, without any directive about conditions';
export const claims = [
  {
    features: ['If-Match', 'If-None-Match', '304', '412'],
    says: 'support of entity tags since 1.3.3, with ETag for static files',
    where: 'CHANGES; ngx_http_core_module, directive `etag`',
  },
  {
    features: ['If-Modified-Since'],
    says: 'the time in If-Modified-Since is compared with that of the file',
    where: 'ngx_http_core_module, directive `if_modified_since`',
  },
  {
    features: ['If-Unmodified-Since', 'If-Range'],
    says: 'support of If-Range since 0.6.17 and of If-Unmodified-Since since 0.9.2',
    where: 'CHANGES',
  },
];

const EXACT =
  'by default the time has to be exactly that of the file, and `if_modified_since before` makes it "less than or equal": ngx_http_core_module';
export const documented = { 'if-modified-since.later': EXACT, 'if-modified-since.future': EXACT };

/** Paths are relative to the folder that nginx is started with, so that any user may run it. */
function configure({ port }) {
  return `
    daemon off;
    master_process off;
    pid nginx.pid;
    events {}
    http {
      access_log off;
      log_not_found off;
      client_body_temp_path client_body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      types { application/json json; }
      server {
        listen 127.0.0.1:${port};
        root .;
      }
    }`;
}

export function withTarget(use) {
  const argumentsFor = (folder) => ['-p', folder, '-c', 'server.conf', '-e', 'stderr'];
  return withProgram({ path, configure, argumentsFor }, (server) =>
    use({ ...FILE_TARGET, server, etag: 'strong', features: featuresOf(claims) }),
  );
}
