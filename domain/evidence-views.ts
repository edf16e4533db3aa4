import type { ClerkActionName } from './clerk-actions';

/** Those who see evidence and are no clerks: every call of a clerk is recorded as a clerk action. */
export const evidenceViewers = ['person', 'registration-system', 'verifier'] as const;

export type EvidenceViewer = (typeof evidenceViewers)[number];

/**
 * What they saw. `bundle`: everything that the registration system gets. `summary`: what the verify page says to anybody who has the
 * verification code, the letter or the evidence itself.
 */
export const viewedParts = ['bundle', 'portrait', 'confirmation-letter', 'summary'] as const;

export type ViewedPart = (typeof viewedParts)[number];

/** Calls of clerks that show the persons of a matter and what they confirmed. */
export const clerkActionsThatShow = ['show-matter', 'verify-evidence'] as const satisfies ClerkActionName[];
