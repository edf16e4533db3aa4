import type { Texts } from './zh-CN';

export const en: Texts = {
  authority: '国家市场监督管理总局',
  authorityInEnglish: 'State Administration for Market Regulation',
  title: 'Registration identity check',
  // The frame of every page.
  sandbox: 'Demo without legal effect',
  sandboxPersons: 'Persons',
  closeNotice: 'Close this note',
  skipToText: 'Skip to the text',
  marks: { success: 'Success', failure: 'Not passed', waiting: 'Waiting' },
  language: '中文',
  elder: 'Large print',
  standard: 'Standard print',
  support: 'Support',
  askSupport: 'For any other question, get support here',
  questions: 'Questions',
  saveQrCode: 'Save the picture',
  qrCodeAlt: 'QR code of the WeChat account 你呼我应',
  qrCodeSaved: 'The picture is saved.',
  qrCodeNotSaved: 'The picture could not be saved: take a screenshot.',
  comesLater:
    'WeChat comes later. Please search for 登记注册身份验证小程序 in Alipay, or go to the authority’s window.',

  progress: 'Step {at} of {of}: {stage}',
  stages: {
    entry: 'your data',
    identity: 'identity check',
    toDos: 'to-dos',
    signing: 'confirm and sign',
    completed: 'done',
  },
  working: 'Working…',
  workingAt: {
    'certificate-check': 'Checking the document…',
    'face-start': 'Preparing the face check…',
    'face-check': 'Asking for the result…',
    'bank-card-check': 'Checking the bank card…',
    'signature-check': 'Sending the signature…',
  },
  next: {
    entry: 'Next: the document is checked, then your face.',
    face: 'Next: Alipay’s face check opens, and leads back here.',
    passed: 'Next: a bank card of your own is checked.',
    'bank-card': 'Next: you confirm the picture just taken.',
    portrait: 'Next: you see what waits for your confirmation.',
    details: 'Next: your face is checked again, then you sign by hand. Nothing is confirmed before.',
    detailsAtWindow:
      'Next: your document is checked at the authority’s window, and you sign there. Nothing is confirmed before.',
    atWindow: 'Next: take your document to the authority’s window, where a clerk checks it.',
    signing: 'Sign your name, then press “Confirm”: that completes the confirmation of this matter.',
    completed: 'You can go back to the to-dos, or end the visit.',
    stuck:
      'You can close this and look again later. After 30 minutes without use your session expires, and you enter your data and verify again.',
    toDos: 'If something just pushed is missing, press “Refresh”.',
    working:
      'One moment: this page renews itself. You can also come back later without entering anything again.',
  },

  retry: 'Try again',
  back: 'Back',
  read: 'Read: {title}',
  offline: 'No answer has come. Check the network and try again; nothing is submitted twice.',
  noNetwork: 'You are offline. You can go on when the connection is back; nothing you submitted is lost.',
  failed: 'This can’t be done at the moment. Try again later.',
  sessionOver:
    'Your session expired, and you were signed in again. To protect you, enter your data and verify once more; to-dos and confirmations stay as they are.',
  elsewhere: 'You have gone on with this on another phone. To use this one, enter your data again.',

  name: 'Name',
  nameHint: 'Enter your name',
  documentType: 'Document',
  documentTypeHint: 'Choose the document',
  chooseInstead: 'Choose instead: {document}',
  documentNumber: 'Number',
  documentNumberHint: 'Enter the number of the document',
  validUntil: 'Valid until',
  validUntilHint: 'Choose the last day',
  issuingCountry: 'Issued by',
  issuingCountryHint: 'Choose the country or region',
  authorize: 'Fill in from Alipay',
  authorizeWhat:
    'For a resident ID card Alipay can give your name and number, if you allow it. You can also enter them yourself.',
  authorized: 'Filled in from Alipay, as you allowed.',
  typeInstead: 'Enter it myself',
  onlyAtWindow: 'This document can’t be checked online. Submit, then take it to the authority’s window.',
  bankCardNotice:
    'For more security, the face and the bank card of every person with a resident ID card are checked.',
  privacyNotice:
    'You know and agree that your personal information is processed by the Rules on Personal Information, to check your identity.',
  viewToDos: 'View to-dos',
  toWindow: 'No face check, go to the window',
  lastIsOver: 'Your last visit has ended. To go on, enter your data again.',
  checkThis: {
    name: 'Check that the name is that of the document.',
    documentNumber: 'Check that the number is that of the document.',
  },

  faceTitle: 'Identity check',
  matterFaceTitle: 'Identity check before signing',
  faceWhat:
    'To make sure that it is you, Alipay takes a picture of your face and compares it with the authority’s.',
  faceMatter:
    'To make sure that it is you who signs, your face is checked again: for the matter just confirmed only, and good for 10 minutes.',
  faceConsent: 'I have read the consent to the processing of my face and agree to it',
  archivingConsent: '(Optional) I have read the consent to the archiving of my portrait and agree to it',
  archivingWhat:
    'You can go on without the archiving: then the authority does not get the portrait, and it is deleted at the end of this visit.',
  agreeAndVerify: 'Agree and verify',
  notNow: 'Not now',
  iAmBack: 'I have finished the check',
  faceFailedTitle: 'The check has failed',
  attemptsLeft: '{left} attempts left today. The count resets at {at}.',
  tryAgain: 'Verify again',
  failures: {
    face_identity_mismatch: {
      title: 'Identity not verified',
      advice:
        'Name or number may be wrong, or the Alipay account is not your own. Go back and check them, and use your own account.',
    },
    face_portrait_mismatch: {
      title: 'The faces do not match',
      advice:
        'The picture differs from the authority’s. Take the check in person and in good light; if the camera is poor, use another phone.',
    },
    face_check_unavailable: {
      title: 'The check did not work',
      advice: 'Try again later, or restart Alipay.',
    },
    face_picture_poor: {
      title: 'The picture is poor',
      advice: 'The picture was dark or not sharp. Try again in good light.',
    },
  },

  passedTitle: 'Verified',
  passedWhat: 'Your face check is passed.',
  goOn: 'Go on',

  cardTitle: 'Bank card check',
  cardWhat:
    'Enter the number of a bank card of your own. It is used to check your identity, and nothing is charged.',
  cardNumber: 'Card number',
  cardNumberHint: 'Number of your own bank card',
  cardConsent: 'I have read the consent to the processing of my bank card and agree to it',
  submitCard: 'Submit',
  cardToWindow: 'My card can’t be checked, go to the window',

  portraitTitle: 'Please confirm your picture',
  portraitWhat: 'Please confirm that this is the picture just taken of you.',
  portraitAlt: 'The picture just taken',
  portraitLost: 'The picture can’t be shown at the moment. Try again if you like; you can go on without.',
  noPortrait: 'This check has returned no picture. You can go on.',
  reEnter: 'Enter again',

  toDosTitle: 'To-dos',
  open: 'To do',
  past: 'Done',
  noToDos:
    'Nothing to confirm in the last 7 days. Check that name, number and role are those of the application, and that it is no older than 7 days.',
  allDone: 'All your to-dos are done.',
  noPast: 'Nothing yet.',
  confirmMatter: 'Confirm',
  kind: 'Kind',
  roles: 'Your roles',
  listSeparator: ', ',
  pushedBy: 'Filed through',
  deadline: 'Deadline',
  untilDeadline: '{left} left ({at})',
  daysLeft: '{days} d {hours} h',
  hoursLeft: '{hours} h',
  evidenceNumber: 'Evidence number',
  settledAt: {
    confirmed: 'Confirmed at',
    refused: 'Refused at',
    expired: 'Expired at',
    void: 'Void since',
  },
  state: 'State',
  states: {
    confirmed: 'confirmed',
    carried: 'confirmed',
    refused: 'refused',
    expired: 'expired',
    void: 'void',
    unlisted: 'older than 7 days',
  },
  carriedWhat:
    'The registration system pushed version {version} on {pushed}. What you have to confirm has not changed, and your signature of {signed} counts for it. If you did not apply for this, press “That is not me”.',
  reIssue: 'Ask for it again',
  reIssueWhat:
    'What is older than 7 days has to be pushed again by the registration system. “Ask for it again” tells the system that the applicant used.',
  reIssueAsked: 'Asked for again at {at}.',
  finish: 'End the visit',

  detailsTitle: 'Details',
  documents: 'Application documents',
  liability: 'Before you sign: notes and legal liability',
  nameDiffers: 'The name in the matter differs from your document’s: ask the applicant to correct it.',
  confirm: 'Confirm',
  notMe: 'That is not me',
  notMeWhat:
    'Choose the reason. The matter is then stopped at once, and the authority and the registration system are told.',
  notMeConfirm: 'Refuse the matter',
  notMeNot: 'Don’t refuse now, go back',
  reasons: {
    'not-me': 'I know nothing of this matter',
    'content-wrong': 'The content does not match the facts',
    'no-longer-wanted': 'I no longer want this matter',
    other: 'Another reason',
  },

  signTitle: 'Confirm and sign',
  person: 'You',
  pad: 'Signature',
  undo: 'Undo',
  clear: 'Clear',
  sideways: 'Sign sideways',
  upright: 'Done',
  tooLittle: 'Too little ink: please sign your full name.',
  cancel: 'Cancel',

  completedTitle: 'Confirmed',
  completedWhat: 'You have confirmed and signed. The result was submitted to the authority.',
  backToToDos: 'Back to the to-dos',

  stuckTitles: {
    'locked-out': 'Today’s attempts are used up',
    'in-person': 'Please go to the window',
    others: 'Waiting',
  },
  stuckSince: 'Since',
  stuckUntil: 'Kept until',
  entity: 'Company',
  attemptsResetAt: 'Attempts again from',
  askForAttempts: 'Ask for more attempts',
  attemptsAsked: 'You asked for more attempts at {at}. This page changes when a clerk has decided.',
  atWindow: 'At the window',
  caseNumber: 'Case number',
  caseNumberQr: 'QR code of the case number, for the window',
  authorityName: 'Authority',
  authorityAddress: 'Address',
  authorityHours: 'Open',
  authorityPhone: 'Phone',
  bring: 'Please bring',
  bringDocument: '{document}, the original',
  bringWithPhone: '{document}, the original, and this phone',
  windowCode: 'Window code',
  windowCodeUntil: 'Good until {at}. Then another one is shown.',
  windowCodeHow:
    'At the window, show this code to the clerk or read it aloud: it tells the clerk that yours is the right phone. Never give it to anybody by phone or message.',
  windowCodeByPost:
    'If you send a notarised document and don’t come to the window, your phone stays unknown: you sign on paper.',
  refresh: 'Refresh',
  giveUp: 'End this visit',
  backOnline: 'Use the face check after all',

  consentChanged: 'A text that you agreed to has changed. Read it and agree to go on.',
  agree: 'Agree and go on',
  consents: 'Manage consents',
  noConsents:
    'Nothing is under way; below are the texts in force. To see your consents or withdraw one, enter your data again, or talk to the authority.',
  textsInForce: 'Texts in force',
  version: 'Version',
  givenAt: 'Given at',
  withdrawnAt: 'Withdrawn at',
  withdraw: 'Withdraw consent',
  withdrawConfirm: 'Withdraw it',
  chineseHolds: 'This text is in force in Chinese only. The window helps in other languages.',

  issueUnknown: 'Something here is wrong: please check it.',
  issues: {
    name_missing: 'Enter the name.',
    name_length: 'The name is too long.',
    name_form: 'The name has characters that can’t be read.',
    number_missing: 'Enter the number.',
    number_length: 'The number has too many or too few characters.',
    number_form: 'The number has not the form of this document’s.',
    number_region: 'The number is not of this document.',
    number_date: 'The date of birth in the number does not exist.',
    number_in_future: 'The date of birth in the number is in the future.',
    number_check_digit: 'The number has a mistake: compare each digit.',
    number_legacy_15: 'Numbers of 15 digits are void: enter the 18 digits.',
    number_of_resident_id: 'This is the number of a resident ID card: please check the document.',
    number_of_hmt_residence_permit:
      'This is the number of a residence permit for Hong Kong, Macau and Taiwan residents: please check the document.',
    number_of_foreign_permanent_resident_id:
      'This is the number of a foreign permanent resident ID card: please check the document.',
    number_of_hk_macau_travel_permit:
      'This looks like the number of a mainland travel permit for Hong Kong and Macau residents: please check the document and the number.',
    number_of_taiwan_travel_permit:
      'This looks like the number of a mainland travel permit for Taiwan residents: please check the document and the number.',
    number_of_overseas_chinese_passport:
      'This looks like the number of a Chinese passport: please check the document and the number.',
    valid_until_missing: 'Choose until when the document is valid.',
    document_expired: 'The document has expired: renew it first.',
    issuing_country_missing: 'Choose which country or region issued the passport.',
    issuing_country_not_foreign:
      'This is no foreign passport. For a Chinese one choose the passport of overseas Chinese; residents of Hong Kong, Macau and Taiwan choose a travel or residence permit.',
    bank_card_number_invalid: 'The card number has a mistake: compare each digit.',
    consent_to_old_text: 'The text has changed: read it and tick the box again.',
    valid_until_too_far: 'This last day can’t be right: please check it.',
    date_impossible: 'The date is not complete or does not exist: please check it.',
  },

  closeLoss:
    'After this, you have to enter your data and verify again to go on. What you confirmed stays, and so do open to-dos.',
  closeConfirm: 'End it now',
  cancelLoss:
    'This verification is then void, and what you wrote is not kept. The to-do stays; before signing it your face is checked again.',
  cancelConfirm: 'Cancel this signature',
  reEnterLoss: 'This verification is then void: you enter your data and have your face checked again.',
  reEnterConfirm: 'Enter it again',
  nextOfAny: 'Next: you are verified, in the way that your document allows.',
  nextWithCard: 'Next: the document is checked, then your face and a bank card of your own.',
  nextAtWindow: 'Next: submit, then take the document to the authority’s window.',
  consentHeld: 'You agreed to this at {at}: {title}.',
  settledNotMe: 'If this was not you, press “That is not me”.',
  refusalNumber: 'Receipt number',
  refusedAt: 'Received at',
  refusalNext:
    'This matter is stopped, and the authority looks into it. To add something, write under “Complaints and suggestions”, or go to the window.',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'Not copied: please write it down',
  countrySearch: 'Type a name to find a country or region',
  countryNotFound:
    'There is no such country or region. For a Chinese passport choose the passport of overseas Chinese; residents of Hong Kong, Macau and Taiwan choose a travel or residence permit.',
  countryMore: 'There are more: type on to find yours.',
  complaints: {
    title: 'Complaints and suggestions',
    what: 'Write here if you have a complaint or a suggestion about this mini-program or the service of the authority.',
    kind: 'Kind',
    kinds: { complaint: 'Complaint', suggestion: 'Suggestion' },
    kindMissing: 'Choose complaint or suggestion.',
    text: 'Text',
    textHint: 'Say when, where and what happened',
    length: '{count} of {most} characters',
    defects: {
      text_blank: 'Write something.',
      text_too_long: 'The text has more than {most} characters: please shorten it.',
      text_not_unicode: 'The text has characters that can’t be read: please change it.',
    },
    privacy:
      'If you have something under way, clerks are told which, so that they can look into it. Do not write passwords, card numbers or data of other people.',
    submit: 'Send',
    sendAgain: 'You were signed in again, and your text is still here: press “Send” once more.',
    received: 'Your complaint or suggestion was received',
    number: 'Receipt number',
    next: 'A clerk answers within 15 working days. Then you can read the answer on this page.',
    another: 'Send another one',
    own: 'What you sent',
    none: 'You have not sent anything.',
    sentAt: 'Sent at',
    answer: 'Answer',
    answeredAt: 'Answered at',
    unanswered: 'Not answered yet',
  },

  registrationAuthority: 'Authority',
  documentOnPaper: 'On paper',
  documentOnPaperWhat:
    'Documents on paper have no file here. The applicant or the registration authority can show them to you.',
  fileTypes: {
    'application/pdf': 'PDF file',
    'image/jpeg': 'JPEG picture',
    'image/png': 'PNG picture',
  },
  documentReading: 'Opening the file and checking its content…',
  documentSame: 'The file was checked: it is the one that the registration system submitted.',
  documentDiffers:
    'This is not the file that the matter names. Do not sign, and contact the registration authority.',
  documentNotRead: 'The file can’t be opened at the moment. Check the network and try again.',
  documentNotShown:
    'This device can’t show the file. Use another device, or ask to see it at the registration authority.',
  openPdf: 'View the PDF file',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  zoomReset: 'Fit to page',
  zoomedTo: 'Shown at {percent}%',
  liabilityReference: `Reference translation of version 2026-3. Only the Chinese text above is in force.
Notice on Signing and Legal Liability
By signing you declare that you know of this matter; that you take the positions above, or become a shareholder (partner), of your own free will; and that you confirm the content. An electronic signature that meets Article 13 of the Electronic Signature Law has the same legal effect as a signature by hand or a seal (Article 14).
If you sign online, you agree to sign in this way: after your identity has been checked you write your signature on the screen; the system keeps content, time and strokes of the signature under encryption and adds its own electronic signature, so that any later change can be detected. You accept that an electronic signature made in this way has the same effect as a signature by hand.
- If a legal representative causes loss to others through fault in the performance of duties, the company is liable, and may then claim compensation from the legal representative according to law.
- Directors, supervisors and senior managers must meet the conditions for their office, and owe the company duties of loyalty and diligence (Company Law, Articles 178 to 181). Directors and senior managers who cause loss to others in the performance of duties, intentionally or by gross negligence, are liable for compensation as well (Article 191).
- Shareholders and partners must pay their contributions in full and on time. General partners bear unlimited joint and several liability for the debts of the partnership according to law.
- The documents submitted must be true, lawful and valid. If registration was obtained with false documents, it may be revoked, unlawful gains confiscated, and a fine imposed, up to revocation of the business licence. The person directly responsible may not apply for registration again for three years after the registration was revoked (Regulations on the Administration of the Registration of Market Entities, Articles 17, 40 and 44).
If this was not done by you, or you know nothing of the matter, tap “That is not me”: the system then stops the matter at once and tells the registration authority.`,
  wholeMatter: 'Show the whole matter',
  lessOfMatter: 'Hide the whole matter',
  signHere: 'Sign your name here',
  timeLeft: 'Time left {left}',
  minutesLeft: '{minutes} minutes left to sign.',
  timeIsOver: 'The time for signing has expired. Verify your face again.',
  signOnPhone: 'Sign on a phone',
  signOnPhoneHow:
    'Scan this code with a phone and sign in there with the Alipay account that you use here: you go on with signing on the phone. Do not pass the code on.',
  signOnPhoneCode: 'QR code to go on with a phone',
  phoneCodeLeft: 'Time left for the code {left}',
  phoneCodeIsOver: 'The code has expired. Make a new one.',
  newPhoneCode: 'Make a new code',
  notOnPhone: 'Back, sign here',
  takenOverTitle: 'You go on with a phone',
  takenOverWhat:
    'Sign on the phone; you can close this page. To go on here instead, you enter your data and verify again.',
  enterHereAnew: 'Enter my data again here',
  handoverRejected:
    'This phone could not go on with what is open on the computer: the code has expired, or you are signed in with another Alipay account than there. Make a new code on the computer and scan it, or enter your data here.',
  nameInMatter: 'Name in the matter',
  nameOnDocument: 'Name on your document',
  faceAtWindow: 'You can’t be verified online with this document. Please go to the authority’s window.',
  goToWindow: 'Go to the window',
  goToAuthority: 'Go to the window of the authority that handles the application.',
  nationalDesk: 'Service desk',
  lockedOutWhat:
    'You can go on when the count resets. You can also ask clerks for more attempts, or go to the window.',
  notMeReason: 'Reason for the refusal',
  refusalReceipt: 'Receipt of your refusal',
  showMore: 'Show more ({left} left)',
  qrCodeNotShown: 'The QR code can’t be shown at the moment. Check the network and try again.',
  englishLost: 'The English texts did not load. Check the network and try again.',
};
