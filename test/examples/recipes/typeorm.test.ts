/** Runs on the real TypeORM and a real PostgreSQL server: two pools of connections, as two processes would have them. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { DataSource, EntitySchema } from 'typeorm';
import { type Note, NoteEntity, notes } from '../../../examples/recipes/typeorm.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { describeRecipe } from './recipe-contract.js';

describeOnPostgres('On PostgreSQL', (database) => {
  const opened: DataSource[] = [];
  const open = async ({ synchronize = false } = {}): Promise<DataSource> => {
    const source = new DataSource({
      type: 'postgres',
      url: database.url,
      entities: [NoteEntity],
      synchronize,
    });
    opened.push(source);
    return source.initialize();
  };
  afterAll(() => Promise.all(opened.map((source) => source.destroy())));

  describeRecipe('TypeORM', {
    keepsBytes: false,
    async open() {
      const sources = [await open({ synchronize: true }), await open()];
      return sources.map((source) => notes(source.getRepository(NoteEntity)));
    },
  });

  test('an undefined in where is refused', async () => {
    const repository = (await open()).getRepository(NoteEntity);
    const where = { life: '00000000-0000-4000-8000-000000000000', version: undefined as never };
    await expect(repository.delete(where)).rejects.toThrow('Undefined value encountered');
  });

  describe('save of what somebody else has changed meanwhile', () => {
    /** What stands there after two have read version 1 and both have saved. */
    async function afterTwoSaves(entity: EntitySchema<Note>): Promise<Note | null> {
      const source = new DataSource({ type: 'postgres', url: database.url, entities: [entity] });
      opened.push(await source.initialize());
      const repository = source.getRepository(entity);
      await repository.delete({ id: 'saved' });
      await repository.insert({ id: 'saved', text: 'first' });
      const seen = await Promise.all([1, 2].map(() => repository.findOneByOrFail({ id: 'saved' })));
      for (const [index, note] of seen.entries()) await repository.save({ ...note, text: `text ${index}` });
      return repository.findOneBy({ id: 'saved' });
    }

    test('is not refused, and raises the version of the recipe', async () => {
      expect(await afterTwoSaves(NoteEntity)).toMatchObject({ text: 'text 1', version: 3 });
    });

    test('gives an ordinary version column its old number back', async () => {
      const { columns, ...options } = NoteEntity.options;
      const version = { ...columns.version!, update: true };
      const ordinary = new EntitySchema<Note>({ ...options, columns: { ...columns, version } });
      expect(await afterTwoSaves(ordinary)).toMatchObject({ text: 'text 1', version: 1 });
    });
  });
});
