import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { JourneyRow } from '../../db/journeys';
import type { Store } from '../../db/store';
import type { LegalTexts } from '../../texts/legal-texts';
import type { Issue } from '../errors';

/** Who ticks a box says which text, at which version, stood beside it. */
export const consentSchema = z.strictObject({ kind: z.string().max(40), version: z.string().max(32) });

export interface GivenConsent {
  kind: string;
  version: string;
  textHash: string;
}

/** The consents that are needed here and were given to the text in force; what is missing is added to `issues`. */
export function readConsents(
  legalTexts: LegalTexts,
  given: readonly { kind: string; version: string }[],
  needed: readonly string[],
  issues: Issue[],
): GivenConsent[] {
  return needed.flatMap((kind) => {
    const text = legalTexts.get(kind);
    const consent = given.find((one) => one.kind === kind);
    if (text && consent?.version === text.version)
      return [{ kind, version: text.version, textHash: text.sha256 }];
    issues.push({
      path: 'consents',
      code: consent ? 'consent_to_old_text' : `consent_missing_${kind.replaceAll('-', '_')}`,
    });
    return [];
  });
}

/** Notes consents that are given at a later step. The same tap notes them once. */
export async function giveConsents(
  store: Store,
  journey: JourneyRow,
  consents: readonly GivenConsent[],
  command: string,
  now: Date,
): Promise<void> {
  await store
    .knex('consents')
    .insert(
      consents.map(({ kind, version, textHash }) => ({
        id: randomUUID(),
        journey_id: journey.id,
        person_key: journey.person_key,
        kind,
        version,
        text_hash: textHash,
        command,
        given_at: now,
      })),
    )
    .onConflict()
    .ignore();
}
