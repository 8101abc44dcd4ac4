/** Requests to a recipe, through two servers over one store. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Router } from 'express';
import request from 'supertest';
import { recordErrors } from '../../helpers/apps.js';
import { everybodyIsHere } from '../../helpers/arrivals.js';
import { betweenCheckAndWrite, type Interposed } from './between.js';

export type Fields = Readonly<Record<string, string>>;

export class NoteClient {
  readonly #servers: Server[] = [];
  readonly #interposed: Interposed[] = [];
  readonly #errors: unknown[][] = [];
  #requests = 0;
  #notes = 0;

  serve(routers: readonly Router[]): void {
    for (const router of routers) {
      this.#interposed.push(betweenCheckAndWrite(router));
      const app = express().use('/notes', router);
      this.#errors.push(recordErrors(app));
      this.#servers.push(app.listen(0, '127.0.0.1'));
    }
  }

  /** Of the first of the servers. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#servers[0]!.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const server of this.#servers) server.close();
  }

  /** What has reached the error handlers since the last call. */
  takeErrors(): unknown[] {
    return this.#errors.flatMap((errors) => errors.splice(0));
  }

  /** A path that no other test knows. */
  newNote(): string {
    this.#notes += 1;
    return `/notes/note-${this.#notes}`;
  }

  /** To both servers in turn. */
  async send(
    method: 'get' | 'put' | 'delete',
    path: string,
    fields: Fields = {},
    body?: string | Buffer,
    type = 'application/json',
  ): Promise<request.Response> {
    this.#requests += 1;
    const server = this.#servers[this.#requests % this.#servers.length]!;
    const sent = request(server)[method](path).set(fields);
    return body === undefined ? sent : sent.set('Content-Type', type).send(body);
  }

  put(path: string, text: string, fields: Fields = {}): Promise<request.Response> {
    return this.send('put', path, fields, `{"text":"${text}"}`);
  }

  delete(path: string, fields: Fields = {}): Promise<request.Response> {
    return this.send('delete', path, fields);
  }

  async read(path: string): Promise<{ status: number; text: string; etag: string }> {
    const { status, text, headers } = await this.send('get', path);
    return { status, text, etag: headers['etag'] ?? '' };
  }

  /** Nobody writes before ten have been checked: what holds nine of them up is the store. */
  afterTenChecks(): void {
    this.#betweenCheckAndWrite(everybodyIsHere(10));
  }

  /** What happens between check and write of the next request. */
  beforeTheNextWrite(interfere: () => Promise<unknown>): void {
    let isNext = true;
    this.#betweenCheckAndWrite(async () => {
      if (!isNext) return;
      isNext = false;
      await interfere();
    });
  }

  withoutInterference(): void {
    this.#betweenCheckAndWrite(async () => {});
  }

  #betweenCheckAndWrite(run: () => Promise<void>): void {
    for (const interposed of this.#interposed) interposed.run = run;
  }
}
