/** Runs on the real Sequelize and a real PostgreSQL server: two pools of connections, as two processes would have them. */
import { afterAll, describe, expect, test } from '@jest/globals';
import { DataTypes, OptimisticLockError, Sequelize } from 'sequelize';
import { noteModel, notes } from '../../../examples/recipes/sequelize.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { describeRecipe } from './recipe-contract.js';

describeOnPostgres('On PostgreSQL', (database) => {
  const opened: Sequelize[] = [];
  const open = (): Sequelize => {
    const sequelize = new Sequelize(database.url, { logging: false });
    opened.push(sequelize);
    return sequelize;
  };
  afterAll(() => Promise.all(opened.map((sequelize) => sequelize.close())));

  describeRecipe('Sequelize', {
    keepsBytes: false,
    async open() {
      const models = [noteModel(open()), noteModel(open())] as const;
      await models[0].sync();
      return models.map(notes);
    },
  });

  test('an undefined in where is refused', async () => {
    const where = { id: 'x', version: undefined as never };
    await expect(noteModel(open()).destroy({ where })).rejects.toThrow('invalid "undefined" value');
  });

  describe('The option `version` of a model', () => {
    const attributes = { id: { type: DataTypes.TEXT, primaryKey: true }, text: DataTypes.TEXT };

    test('is compared by save, neither compared nor raised by update, and begins again', async () => {
      const model = open().define('locked', attributes, { timestamps: false, version: true });
      await model.sync();
      const one = await model.create({ id: 'x', text: 'first' });
      const other = await model.findByPk('x');
      await one.update({ text: 'second' });
      await expect(other!.update({ text: 'late' })).rejects.toThrow(OptimisticLockError);
      await model.update({ text: 'third' }, { where: { id: 'x' } });
      expect((await model.findByPk('x'))!.get()).toMatchObject({ text: 'third', version: 1 });
      await model.destroy({ where: { id: 'x' } });
      expect((await model.create({ id: 'x' })).get()).toMatchObject({ version: 0 });
    });
  });
});
