// The code of docs/observing.md, run with what stands in for the packages that it is for.
import * as diagnostics from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { preconditions, strong } from '../../../lib/index.js';
import { ask } from '../../helpers/apps.js';
import { codeBelow, runCode } from '../../helpers/documented-code.js';

const DOCUMENT = 'docs/observing.md';

/** Some requests to an app whose DELETE always loses the race. */
async function makeRequests(): Promise<void> {
  const current = preconditions(() => ({ etag: strong('v1') }), { warnings: false });
  const app = express();
  app.delete('/notes/:id', current, (req) => req.precondition.fail());
  app.all('/notes/:id', current, (_req, res) => void res.json({}));
  app.use(current, (_req, res) => void res.json({}));
  await ask(app, ['GET /notes/7', 'If-None-Match: "v1"']);
  await ask(app, ['PUT /notes/8', 'If-Match: "v0"']);
  await ask(app, ['DELETE /notes/9', 'If-Match: "v1"']);
  await ask(app, ['PUT /other']);
}

describe('docs/observing.md', () => {
  let subscribers: diagnostics.ChannelListener[] = [];
  /** The channels of Node, whose subscribers of one test do not listen to the next. */
  const channels = {
    subscribe(name: string, subscriber: diagnostics.ChannelListener): void {
      subscribers.push(subscriber);
      diagnostics.subscribe(name, subscriber);
    },
  };
  beforeEach(() => {
    subscribers = [];
  });
  afterEach(() => {
    for (const subscriber of subscribers) diagnostics.unsubscribe('http-preconditions:decision', subscriber);
  });

  test('tells OpenTelemetry on the active span what was decided', async () => {
    const attributes: object[] = [];
    const span = {
      /** As the SDK does it: what is undefined is left out. */
      setAttributes(given: object): unknown {
        attributes.push(Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)));
        return span;
      },
    };
    const trace = { getActiveSpan: () => span };
    runCode(codeBelow('OpenTelemetry', DOCUMENT), {
      'node:diagnostics_channel': channels,
      '@opentelemetry/api': { trace },
    });
    await makeRequests();
    const decided = (outcome: string, reason: string, field?: string): object => ({
      'http_preconditions.outcome': outcome,
      'http_preconditions.reason': reason,
      ...(field === undefined ? {} : { 'http_preconditions.field': field }),
    });
    const timed = { 'http_preconditions.provider_duration_ms': expect.any(Number) };
    expect(attributes).toEqual([
      { ...decided('not-modified', 'match', 'If-None-Match'), ...timed },
      { ...decided('failed', 'no-match', 'If-Match'), ...timed },
      { ...decided('perform', 'passed', 'If-Match'), ...timed },
      decided('lost-race', 'no-match', 'If-Match'),
      decided('perform', 'no-condition'),
    ]);
  });

  test('does without a span where none is active', async () => {
    runCode(codeBelow('OpenTelemetry', DOCUMENT), {
      'node:diagnostics_channel': channels,
      '@opentelemetry/api': { trace: { getActiveSpan: () => undefined } },
    });
    await expect(makeRequests()).resolves.toBeUndefined();
  });

  test('counts decisions for Prometheus', async () => {
    const counted: string[] = [];
    /** As strict as prom-client: a label that was not announced is an error. */
    class Counter {
      readonly #labelNames: readonly string[];
      constructor({ name, help, labelNames }: { name: string; help: string; labelNames: readonly string[] }) {
        expect([name, help]).toEqual([expect.stringMatching(/^[a-z_]+_total$/), expect.any(String)]);
        this.#labelNames = labelNames;
      }
      inc(labels: Record<string, string | number>): void {
        expect(this.#labelNames).toEqual(Object.keys(labels));
        counted.push(Object.values(labels).join(' '));
      }
    }
    runCode(codeBelow('Prometheus', DOCUMENT), {
      'node:diagnostics_channel': channels,
      'prom-client': { Counter },
    });
    await makeRequests();
    expect(counted).toEqual([
      'GET /notes/:id 304 match',
      'PUT /notes/:id 412 no-match',
      'DELETE /notes/:id performed passed',
      'DELETE /notes/:id 412 lost-race',
      'PUT none performed no-condition',
    ]);
  });
});
