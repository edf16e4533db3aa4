import { z } from 'zod';
import { clerkRoles, isScope, LOGIN, passwordDefect } from '../domain/clerks';
import { readName } from '../domain/names';

/** An account to be made, as an admin gives it to the api and an operator to add-clerk.ts. Messages are the codes of issues. */
export const newClerkSchema = z
  .strictObject({
    login: z.string().regex(LOGIN, 'login_form'),
    name: z.string().transform((typed, context) => {
      const name = readName(typed);
      if (name.ok) return name.name;
      context.addIssue({ code: 'custom', message: name.code });
      return z.NEVER;
    }),
    role: z.enum(clerkRoles, 'not_a_choice'),
    scope: z
      .array(z.string().refine(isScope, 'scope_form'))
      .max(100, 'too_big')
      .transform((scope) => [...new Set(scope)])
      .describe(
        'divisions (GB/T 2260) of two, four or six digits, and `national` for what belongs to no authority',
      ),
    password: z.string(),
  })
  .superRefine(({ login, password }, context) => {
    const message = passwordDefect(password, login);
    if (message) context.addIssue({ code: 'custom', path: ['password'], message });
  });

export type NewClerk = z.output<typeof newClerkSchema>;
