// Lets schemathesis make up requests from the OpenAPI document, on both databases: no 500, no status or shape that the
// document does not name, nothing taken that it forbids. The word: where the program `schemathesis` is.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Person } from '../fixtures/person.mjs';
import { POSTGRES, freshDatabase } from '../fixtures/postgres.mjs';
import { Server } from '../fixtures/server.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const [program] = process.argv.slice(2);
/** For how long on each database, in seconds. */
const SECONDS = process.env.EXPENSO_TEST_FUZZ_SECONDS ?? '55';

/** A token of somebody who has one of each thing, so that some requests find something. */
async function token(server) {
  const person = await Person.signUp(server.url);
  await person.save();
  await person.limit('45000');
  const made = await person.post('create_token', { purpose: 'schemathesis', scope: 'write', days: '30', password: '' });
  return Person.good('create_token', made);
}

/** Whether schemathesis finds nothing. */
async function fuzz(name, settings) {
  const server = await Server.start({ EXPENSO_API_REQUESTS_PER_MINUTE: '1000000', EXPENSO_WRITES_PER_TEN_MINUTES: '1000000', ...settings });
  const folder = await mkdtemp(path.join(tmpdir(), 'expenso-schemathesis-'));
  try {
    const words = [
      '--config-file', path.join(here, 'schemathesis.toml'), 'run', `${server.url}/api/v1/openapi.json`,
      '--checks', 'all', '--header', `Authorization: Bearer ${await token(server)}`,
      '--max-time', SECONDS, '--request-timeout', '20', '--warnings', 'off', '--continue-on-failure',
    ];
    const env = { ...process.env, SCHEMATHESIS_HOOKS: path.join(here, 'hooks.py') };
    const child = spawn(program, words, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
    console.log(`\n── ${name} ──\n${out}${errors}`);
    const well = await fetch(`${server.url}/health/ready`).then((answer) => answer.ok, () => false);
    if (!well) console.log(`the server is not well:\n${server.log}`);
    return code === 0 && well;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function onPostgres() {
  const database = await freshDatabase();
  const isWell = await fuzz('PostgreSQL', { EXPENSO_DATABASE_URL: database.url });
  await database.drop();
  return isWell;
}

// At once: a program that makes up requests keeps one core busy.
const areWell = await Promise.all([fuzz('SQLite', {}), POSTGRES && onPostgres()].filter(Boolean));
process.exitCode = areWell.every(Boolean) ? 0 : 1;
