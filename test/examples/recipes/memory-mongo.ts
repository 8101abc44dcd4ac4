/**
 * The operations of one MongoDB collection, answered in memory in place of the driver's: what Mongoose makes of a call (casting,
 * filters, update operators, `__v`) is real, what MongoDB does with it is imitated here. Filters are evaluated by `sift`, which
 * is Mongoose's own. Each operation answers after a while and is atomic, as those on one document are in MongoDB.
 */
import { setTimeout as after } from 'node:timers/promises';
import { type Model, mongo, Types } from 'mongoose';
import { createQueryTester } from 'sift';

type Document = Record<string, unknown>;

interface Update {
  readonly $set?: Document;
  readonly $inc?: Record<string, number>;
}

/** The documents, to be shared by several models as a database is. */
export class MemoryCollection {
  readonly #documents: Document[] = [];
  readonly #unique: readonly string[];

  constructor(unique: readonly string[]) {
    this.#unique = ['_id', ...unique];
  }

  /** Puts itself in the place of the driver's collection of this model, which is never connected. */
  serve<T>(model: Model<T>): Model<T> {
    Object.assign(model.collection, {
      findOne: async (filter: Document) => {
        await someTime();
        const found = this.#find(filter);
        return found ? { ...found } : null;
      },
      insertOne: async (document: Document) => {
        await someTime();
        return this.#insert({ ...document });
      },
      updateOne: async (filter: Document, update: Update) => {
        await someTime();
        return this.#update(filter, update);
      },
      deleteOne: async (filter: Document) => {
        await someTime();
        return this.#delete(filter);
      },
    });
    return model;
  }

  #find(filter: Document): Document | undefined {
    return this.#documents.find(createQueryTester<Document>(filter));
  }

  #insert(document: Document) {
    for (const key of this.#unique) {
      if (this.#find({ [key]: document[key] })) throw duplicateKey(key, document[key]);
    }
    this.#documents.push(document);
    return { acknowledged: true, insertedId: document['_id'] };
  }

  #update(filter: Document, update: Update) {
    const unknown = Object.keys(update).filter((operator) => operator !== '$set' && operator !== '$inc');
    if (unknown.length > 0) throw new Error(`${unknown.join()} is not imitated here.`);
    const found = this.#find(filter);
    if (!found) return { acknowledged: true, matchedCount: 0, modifiedCount: 0 };
    Object.assign(found, update.$set);
    for (const [key, by] of Object.entries(update.$inc ?? {})) found[key] = Number(found[key] ?? 0) + by;
    return { acknowledged: true, matchedCount: 1, modifiedCount: 1 };
  }

  #delete(filter: Document) {
    const found = this.#find(filter);
    if (found) this.#documents.splice(this.#documents.indexOf(found), 1);
    return { acknowledged: true, deletedCount: found ? 1 : 0 };
  }
}

function duplicateKey(key: string, value: unknown): Error {
  const shown = value instanceof Types.ObjectId ? value.toHexString() : String(value);
  return new mongo.MongoServerError({
    code: 11000,
    errmsg: `E11000 duplicate key error collection: test.notes index: ${key}_1 dup key: { ${key}: "${shown}" }`,
    keyPattern: { [key]: 1 },
    keyValue: { [key]: value },
  });
}

/** As long as an answer over the network might take, give or take. */
async function someTime(): Promise<void> {
  await after(Math.random() * 3);
}
