/** A part of a legal text. */
export type LegalBlock =
  { type: 'heading' | 'paragraph'; text: string } | { type: 'list'; items: readonly string[] };

/**
 * Reads the part of Markdown that texts/legal/ uses: `# ` is the title, which is left out, `## ` a heading, `- ` an item of a list,
 * and every other line a paragraph.
 */
export function legalBlocks(text: string): LegalBlock[] {
  const blocks: LegalBlock[] = [];
  let items: string[] | undefined;
  for (const line of text.split('\n').filter(Boolean)) {
    if (line.startsWith('- ')) {
      if (!items) blocks.push({ type: 'list', items: (items = []) });
      items.push(line.slice(2));
      continue;
    }
    items = undefined;
    if (line.startsWith('## ')) blocks.push({ type: 'heading', text: line.slice(3) });
    else if (!line.startsWith('# ')) blocks.push({ type: 'paragraph', text: line });
  }
  return blocks;
}
