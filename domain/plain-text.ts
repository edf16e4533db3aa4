// Text of others that people read on our pages, and sign: docs/adr/0036-plain-text-rules.md.

// Invisible characters: fillers, joiners, tags, bidirectional controls, separators; and U+2800, which is drawn as nothing.
const HIDDEN =
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u2800]|[^\P{Cc}\n]/u;

// Which form of a character a name has; after a Chinese character, where it belongs, and only once.
const VARIATION = /(?<=\p{Script=Han})[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;

// The part after a host. `example.com` alone is no link, since companies and mail addresses look like it.
const BEHIND = String.raw`(?:[/\\?#]|:\d)`;
const HAN_DOMAINS = '中国|公司|网络|网址|网店|商城|集团|在线|中文网';

// Each alternative looks at a bounded number of characters from where it begins: texts may be long.
const LINK = new RegExp(
  [
    String.raw`[a-z\d]:[/\\]{2}`,
    String.raw`\bwww\.`,
    String.raw`\b(?:mailto|javascript):`,
    String.raw`(?<=[\p{L}\p{N}])\.(?:[a-z]{2,63}|xn--[a-z\d-]{1,59})${BEHIND}`,
    String.raw`(?<=\p{L})\.(?:${HAN_DOMAINS})${BEHIND}`,
    String.raw`(?:\d{1,3}\.){3}\d{1,3}${BEHIND}`,
  ].join('|'),
  'iu',
);

export type PlainTextDefect =
  'text_blank' | 'text_has_link' | 'text_has_hidden_characters' | 'text_not_unicode';

/** Why a pushed text may not be shown to people; undefined if it may. Line feeds are allowed. */
export function plainTextDefect(text: string): PlainTextDefect | undefined {
  if (!text.isWellFormed()) return 'text_not_unicode';
  if (HIDDEN.test(text.replaceAll(VARIATION, ''))) return 'text_has_hidden_characters';
  if (text.trim() === '') return 'text_blank';
  // Full-width letters and every dot that address bars take for one.
  const folded = text.normalize('NFKC').replaceAll(/(?<=[a-z0-9])。(?=[a-z0-9])/gi, '.');
  return LINK.test(folded) ? 'text_has_link' : undefined;
}
