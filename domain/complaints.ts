/** 投诉建议: what a person may send from the support page, whatever the state of their journey. */
export const complaintKinds = ['complaint', 'suggestion'] as const;

export type ComplaintKind = (typeof complaintKinds)[number];

/** In characters (code points). */
export const LONGEST_COMPLAINT = 2_000;

/** How many an account may send in a day in China. */
export const COMPLAINTS_PER_DAY = 5;
