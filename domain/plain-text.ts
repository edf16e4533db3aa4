// Text of others that people read on our pages: links could lead away, and direction marks or invisible characters could make
// it say another thing than what is signed.
const LINK = /(https?|ftp|alipays?|weixin):\/\/|\bwww\./i;
const HIDDEN = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/;
const CONTROL = /[^\P{Cc}\n]/u;

export type PlainTextDefect = 'text_has_link' | 'text_has_hidden_characters' | 'text_not_unicode';

/** Why a pushed text may not be shown to people; undefined if it may. Line feeds are allowed. */
export function plainTextDefect(text: string): PlainTextDefect | undefined {
  if (!text.isWellFormed()) return 'text_not_unicode';
  if (HIDDEN.test(text) || CONTROL.test(text)) return 'text_has_hidden_characters';
  return LINK.test(text) ? 'text_has_link' : undefined;
}
