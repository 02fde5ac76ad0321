import { readFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { type AccountRecord, allRights, type Contact } from '../../accounts/index.ts';
import type { Right } from '../../platform/http/index.ts';
import { settingOf } from '../setting.ts';
import { CommandFailure, printResult, type Terminal } from '../terminal.ts';
import { withAccounts } from '../with-database.ts';

interface CreateOptions extends Partial<Record<Right, boolean>> {
  name: string;
  contact?: string[];
  email?: string[];
  adminSchema?: string;
  json?: boolean;
}

export function addAccount(program: Command, terminal: Terminal): void {
  const account = program.command('account').description('Accounts of third parties, their rights and keys');

  account
    .command('create')
    .description('Make an account and show its key, once. An existing name gets a new key and these rights')
    .requiredOption('-n, --name <name>', '1 to 64 letters, digits, spaces, "_" or "-"')
    .option('-c, --contact <person>', 'name of a contact (repeat for more)', repeated)
    .option(
      '-e, --email <address>',
      'e-mail address of the contact of the same place (repeat for more)',
      repeated,
    )
    .option('-r, --registry', 'may create, change and delete records')
    .option('-s, --statistics', 'may add statistics to records')
    .option('-a, --admin', 'may store admin data of its own')
    .option('-d, --deposit', 'may deliver events, usage and publications')
    .option('-o, --operator', 'runs this installation')
    .option(
      '--admin-schema <file>',
      'JSON Schema that its admin data must fit (default: an existing account keeps its own)',
    )
    .option('--json', 'print {"id","name","access","auth_token"}')
    .action(async (options: CreateOptions) => {
      const contacts = contactsOf(options);
      const adminSchema = options.adminSchema === undefined ? null : await readSchema(options.adminSchema);
      const created = await withAccounts(settingOf(terminal, true), (accounts) =>
        accounts.create({
          name: options.name,
          rights: allRights.filter((right) => options[right]),
          ...(contacts && { contacts }),
          ...(adminSchema && { adminSchema }),
        }),
      );
      if ('failure' in created) throw new CommandFailure(created.failure);
      const { account: made, token, rotated } = created;
      const { id, name, access } = made;
      const did = rotated ? 'has a new key; the old one stopped working' : 'made';
      const text = `Account ${name} ${did}. Rights: ${rightsOf(made)}.\nIts key, shown only now: ${token}`;
      printResult(terminal, options.json, { id, name, access, auth_token: token }, text);
    });

  account
    .command('list')
    .description('List all accounts')
    .option('--json', 'print {"accounts"}')
    .action(async ({ json }: { json?: boolean }) => {
      const records = await withAccounts(settingOf(terminal, true), (accounts) => accounts.list());
      const lines = records.map((one) => `${one.name}  ${one.revokedAt ? 'revoked' : rightsOf(one)}`);
      printResult(
        terminal,
        json,
        { accounts: records.map(listed) },
        lines.join('\n') || 'There are no accounts yet.',
      );
    });

  account
    .command('revoke')
    .description('End the key of an account at once')
    .argument('<name>', 'name of the account')
    .option('--json', 'print {"name","revoked"}')
    .action(async (name: string, { json }: { json?: boolean }) => {
      const revoked = await withAccounts(settingOf(terminal, true), (accounts) => accounts.revoke(name));
      if (!revoked) throw new CommandFailure(`there is no working account with the name "${name}"`);
      printResult(terminal, json, { name, revoked: true }, `The key of ${name} no longer works.`);
    });
}

async function readSchema(path: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new CommandFailure(`${path} cannot be read`);
  }
  try {
    const schema: unknown = JSON.parse(text);
    // Loaded only when there is one to judge.
    const { adminSchemaFault } = await import('../../registry/index.ts');
    const fault = adminSchemaFault(schema);
    if (fault !== null) throw new CommandFailure(`${path}: ${fault}`);
    return { ...(schema as object) };
  } catch (error) {
    if (error instanceof SyntaxError) throw new CommandFailure(`${path} is not JSON: ${error.message}`);
    throw error;
  }
}

function repeated(value: string, before: string[] = []): string[] {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return [...before, value.trim()];
}

/** `-c` and `-e` go in pairs by their place; undefined when neither is given. */
function contactsOf({ contact, email }: CreateOptions): Contact[] | undefined {
  if (!contact && !email) return undefined;
  const length = Math.max(contact?.length ?? 0, email?.length ?? 0);
  return Array.from({ length }, (_, place) => ({
    name: contact?.[place] ?? null,
    email: email?.[place] ?? null,
  }));
}

function rightsOf({ access }: AccountRecord): string {
  return allRights.filter((right) => access[right]).join(', ') || 'none';
}

function listed({ id, name, contact, access, createdAt, revokedAt }: AccountRecord) {
  return {
    id,
    name,
    contact,
    access,
    created_at: secondsOf(createdAt),
    revoked_at: revokedAt && secondsOf(revokedAt),
  };
}

const secondsOf = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;
