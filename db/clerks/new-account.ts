import { z } from 'zod';
import { clerkRoles, LOGIN, passwordDefect, readScope } from '../../domain/clerks';
import { readName } from '../../domain/names';

/** An account to be made, as an admin gives it to the api. Messages are the codes of issues. */
export const newAccountSchema = z.strictObject({
  login: z.string().regex(LOGIN, 'login_form'),
  name: z.string().transform((typed, context) => {
    const name = readName(typed);
    if (name.ok) return name.name;
    context.addIssue({ code: 'custom', message: name.code });
    return z.NEVER;
  }),
  role: z.enum(clerkRoles, 'not_a_choice'),
  scope: z
    .array(
      z.string().transform((typed, context) => {
        const entry = readScope(typed);
        if (entry !== undefined) return entry;
        context.addIssue({ code: 'custom', message: 'scope_form' });
        return z.NEVER;
      }),
    )
    .max(100, 'too_big')
    .transform((scope) => [...new Set(scope)])
    .describe(
      'divisions (GB/T 2260) of two, four or six digits with all below them, single authorities of seven to twelve digits, and `national` for what belongs to no authority',
    ),
});

/** With its one-time password, as an operator gives it to add-clerk.ts. */
const newClerkSchema = newAccountSchema
  .extend({ password: z.string() })
  .superRefine(({ login, password }, context) => {
    const message = passwordDefect(password, login);
    if (message) context.addIssue({ code: 'custom', path: ['password'], message });
  });

export type NewAccount = z.output<typeof newAccountSchema>;
export type NewClerk = z.output<typeof newClerkSchema>;

/** Accounts that can't be made: where the list is wrong and how, never what stands there. */
export class NewClerksError extends Error {
  readonly code = 'new_clerks_unusable';

  constructor(readonly issues: readonly { path: string; code: string }[]) {
    const list = issues.map(({ path, code }) => `${path || 'the text'}: ${code}`).join('; ');
    super(`No account was added; correct what was given and repeat. ${list}.`);
    this.name = 'NewClerksError';
  }
}

/**
 * Reads one account to be made, or a list of them.
 * @throws NewClerksError listing everything that is wrong
 */
export function readNewClerks(json: string): NewClerk[] {
  const { data, error } = z.array(newClerkSchema).safeParse([parseJson(json)].flat());
  if (data) return data;
  throw new NewClerksError(
    error.issues.map(({ path, message }) => ({
      path: path.join('.'),
      code: /^[a-z_]+$/.test(message) ? message : 'missing_or_invalid',
    })),
  );
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new NewClerksError([{ path: '', code: 'not_json' }]);
  }
}
