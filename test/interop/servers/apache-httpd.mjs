import { featuresOf } from '../lib/claims.mjs';
import { FILE_TARGET } from '../lib/files.mjs';
import { findProgram, versionOfProgram, withProgram } from '../lib/program.mjs';

const path = findProgram('HTTPD', ['/usr/sbin/apache2']);

export const name = 'Apache httpd';
export const missing = path ? undefined : 'there is none here: install apache2-bin of Debian';
export const version = path && `httpd ${versionOfProgram(path, /Apache\/([\d.]+)/)}`;
export const setup = 'a file, without any directive about conditions';
export const claims = [
  {
    features: [
      'If-Match',
      'If-None-Match',
      'If-Modified-Since',
      'If-Unmodified-Since',
      'If-Range',
      '304',
      '412',
    ],
    says: 'the rules of HTTP/1.1 for conditional requests, one function for each field',
    where: 'API documentation, `ap_meets_conditions` and `ap_condition_if_…`',
  },
];

const MODULES = ['mpm_event', 'authz_core', 'mime'];

function configure({ folder, port }) {
  return [
    `ServerRoot "${folder}"`,
    'ServerName localhost',
    `Listen 127.0.0.1:${port}`,
    'PidFile httpd.pid',
    'ErrorLog /dev/null',
    ...MODULES.map((module) => `LoadModule ${module}_module /usr/lib/apache2/modules/mod_${module}.so`),
    ...(process.getuid() === 0 ? ['User www-data', 'Group www-data'] : []),
    'TypesConfig /dev/null',
    'AddType application/json .json',
    `DocumentRoot "${folder}"`,
    '',
  ].join('\n');
}

export function withTarget(use) {
  const argumentsFor = (folder) => ['-X', '-f', `${folder}/server.conf`];
  return withProgram({ path, configure, argumentsFor }, (server) =>
    use({ ...FILE_TARGET, server, etag: 'strong', features: featuresOf(claims) }),
  );
}
