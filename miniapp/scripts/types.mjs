// `npm run types` writes miniapp/src/api-types.ts: the API's requests and responses as TypeScript, made from the API's own
// description. With `--check` it writes nothing and fails if the file is out of date.
import openapiTS, { astToString } from 'openapi-typescript';
import { describeWithoutErrors, keepTypes } from '../../scripts/api-types.mjs';

const { description, errorCodes } = describeWithoutErrors([
  'public',
  'visitor',
  'mini-app',
  'journey-holder',
]);
// The mini-program tells errors apart by their code alone, so that one list of codes stands for the errors of all routes.
description.components.schemas.ErrorCode = { type: 'string', enum: errorCodes };
keepTypes('miniapp', astToString(await openapiTS(JSON.stringify(description))));
