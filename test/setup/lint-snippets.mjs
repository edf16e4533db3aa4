// Reads `[{ file, text }]` from stdin and writes for each the ids of the rules it breaks, by the project's own ESLint
// configuration. A process of its own, because jest can't load ESLint's configuration (an ES module).
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const eslint = new ESLint({
  cwd: join(import.meta.dirname, '../..'),
  // The files are invented and belong to no TypeScript project; only rules that need none are asked for here.
  overrideConfig: tseslint.configs.disableTypeChecked,
});
/** @type {{ file: string, text: string }[]} */
const snippets = JSON.parse(await text(process.stdin));
const broken = await Promise.all(
  snippets.map(async (snippet) => {
    const [result] = await eslint.lintText(snippet.text, { filePath: snippet.file });
    return result?.messages.map(({ ruleId, message }) => ruleId ?? message);
  }),
);
process.stdout.write(JSON.stringify(broken));
