import type { recordsZhCN } from './records.zh-CN';

export const recordsEn: typeof recordsZhCN = {
  none: 'You have not confirmed anything yet.',
  more: 'Show more records',
  open: 'View record',
  recordTitle: 'Record of a confirmation',
  contentDeleted: 'The content was deleted as required',
  states: {
    confirmed: 'Confirmed',
    refused: 'Refused',
    superseded: 'There is a newer version',
    withdrawn: 'Matter withdrawn',
    expired: 'Matter expired',
    stopped: 'Matter stopped',
  },
  statesWhat: {
    refused: 'After confirming, you said that this matter is not yours. The confirmation no longer counts.',
    superseded:
      'The registration system pushed a newer version that shows you another text, so this confirmation no longer counts. If it is still needed, you find the matter among your to-dos.',
    withdrawn: 'The registration system withdrew the matter: this confirmation is not used any more.',
    expired: 'Somebody had not confirmed when the matter expired: this confirmation is not used any more.',
    stopped: 'Another person refused to confirm, and the matter was stopped.',
  },
  person: 'Confirmed by',
  seal: 'Evidence',
  signedAt: 'Sealed at',
  signedBy: 'Sealed by',
  stampedAt: 'Time stamp',
  stampedBy: 'Stamped by',
  notSealed: 'The evidence is being sealed. Come back later.',
  notStamped: 'There is no time stamp yet. It is added as soon as the authority for it answers.',
  letter: 'Confirmation of a Registration Matter',
  letterWhat:
    'This document (in Chinese) holds everything that you confirmed, and your signature. PDF file, {size}. Keep it in a safe place.',
  letterStates: {
    waiting: 'It is still being made. Come back later.',
    'not-made': 'You refused the matter, so that none is made.',
    deleted: 'It may be kept no longer and was deleted.',
  },
  getLetter: 'Get the document',
  letterSame: 'Here it is, as the record says.',
  letterDiffers:
    'This is not the document that the record names. Try again; if it stays so, contact the registration authority.',
  saveLetter: 'Save it on this device',
  verify: 'Verification',
  verifyWhat:
    'At this address anybody who has it can verify that the confirmation is genuine. Name and document number are shown in part only. Give it only to those who need it.',
  verifyCode: 'QR code of the address for verification',
  verifyAddress: 'Address',
  views: 'Who saw this record',
  viewsWhat:
    'Every view since you confirmed. Clerks are shown without their names; by the time of the view the authority can tell who it was.',
  noViews: 'Nobody has seen it yet.',
  viewers: {
    person: 'You',
    'registration-system': 'Registration system: {name}',
    verifier: 'Somebody who has the verification code or the document',
  },
  authorityAbove: 'Higher registration authority',
  clerkOf: '{authority} ({role})',
  clerkRoles: { clerk: 'clerk', reviewer: 'reviewer', auditor: 'auditor', admin: 'administrator' },
  parts: {
    bundle: 'took all evidence, for the registration',
    portrait: 'took the portrait, for the registration file',
    'confirmation-letter': 'got the document',
    summary: 'verified it; name and document number shown in part',
    matter: 'looked at the matter, its persons and their confirmations; document number shown in part',
  },
};
