/** What the recipe uses of a Prisma client, on real PostgreSQL: the methods have the meaning and the errors of Prisma's. */
import { DatabaseError, type Pool } from 'pg';
import type { Note, NoteClient } from '../../../examples/recipes/prisma.js';

export const SCHEMA = 'CREATE TABLE notes (id text PRIMARY KEY, text text NOT NULL, version text NOT NULL)';

const UNIQUE_VIOLATION = '23505';

export function prismaOnPostgres(pool: Pool): NoteClient {
  return {
    note: {
      async findUnique({ where }) {
        const { rows } = await pool.query<Note>('SELECT * FROM notes WHERE id = $1', [where.id]);
        return rows[0] ?? null;
      },
      async create({ data: { id, text, version } }) {
        try {
          await pool.query('INSERT INTO notes VALUES ($1, $2, $3)', [id, text, version]);
        } catch (error) {
          if (!(error instanceof DatabaseError) || error.code !== UNIQUE_VIOLATION) throw error;
          throw Object.assign(new Error('Unique constraint failed on the fields: (`id`)'), { code: 'P2002' });
        }
      },
      async updateMany({ where, data: { text, version } }) {
        const { sql, values } = condition(where);
        const set = `text = $${values.length + 1}, version = $${values.length + 2}`;
        const { rowCount } = await pool.query(`UPDATE notes SET ${set} WHERE ${sql}`, [
          ...values,
          text,
          version,
        ]);
        return { count: rowCount ?? 0 };
      },
      async deleteMany({ where }) {
        const { sql, values } = condition(where);
        const { rowCount } = await pool.query(`DELETE FROM notes WHERE ${sql}`, values);
        return { count: rowCount ?? 0 };
      },
    },
  };
}

/** As Prisma has it, a member that is undefined is no condition. */
function condition(where: object): { sql: string; values: string[] } {
  const members = Object.entries(where).filter(([, value]) => value !== undefined);
  return {
    sql: members.map(([name], index) => `${name} = $${index + 1}`).join(' AND '),
    values: members.map(([, value]) => String(value)),
  };
}
