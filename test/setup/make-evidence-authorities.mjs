// `node test/setup/make-evidence-authorities.mjs FOLDER`: the keys and authorities that seal evidence, as `npm start` makes them.
// Writes the paths of their files as one line of JSON.
import { provideEvidenceAuthorities } from '../../scripts/evidence-authorities.mjs';

process.stdout.write(`${JSON.stringify(provideEvidenceAuthorities(process.argv[2] ?? ''))}\n`);
