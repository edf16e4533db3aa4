// `npm run types` writes src/api-types.ts: the part of the API for registration systems as TypeScript, made from the API's own
// description. With `--check` it writes nothing and fails if the file is out of date.
import openapiTS, { astToString } from 'openapi-typescript';
import { describeWithoutErrors, keepTypes } from '../../scripts/api-types.mjs';

// All errors have one form, which src/api-error.ts reads.
const { description } = describeWithoutErrors(['registration-system']);
keepTypes('registry-client', astToString(await openapiTS(JSON.stringify(description))));
