import { documentTypes } from '../../../domain/documents';
import { matterKinds, roles } from '../../../domain/roles';
import type { SharedWords } from './index';

/** Words that the person sees too: they stand where the mini-program has them from. */
export const sharedWordsInChinese: SharedWords = {
  document: (type) => documentTypes[type].name,
  kind: (kind) => matterKinds[kind],
  role: (role) => roles[role],
};
