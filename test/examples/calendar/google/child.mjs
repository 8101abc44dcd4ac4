/**
 * Google's own client, unmodified, in a Node process of its own: it loads node-fetch by import(), which Jest's CommonJS
 * mode cannot do. Takes calls as messages, `{ id, method: 'events.get', parameters, options }`, and answers each.
 */
import process from 'node:process';
import { auth, calendar } from '@googleapis/calendar';

const [, , rootUrl, token] = process.argv;

function credentials() {
  if (token?.startsWith('key:')) return token.slice(4);
  const client = new auth.OAuth2();
  client.setCredentials({ access_token: token });
  return client;
}

const api = calendar({ version: 'v3', rootUrl, auth: credentials() });

async function answer({ method, parameters, options }) {
  const [resource, name] = method.split('.');
  try {
    const { status, headers, data } = await api[resource][name](parameters, options);
    return { response: { status, data, fields: Object.fromEntries(headers) } };
  } catch (error) {
    const { code, status, message, response } = error;
    return { error: { code, status, message, reason: response?.data?.error?.errors?.[0]?.reason } };
  }
}

process.on('message', (call) => {
  void answer(call).then((outcome) => process.send({ id: call.id, ...outcome }));
});
