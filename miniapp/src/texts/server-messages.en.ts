/**
 * The API's Chinese messages in English, by their codes. Notices and errors have the code that the API sends; other messages have
 * the prefix `stuck_`, `document_`, `kind_`, `role_` or `title_`. The Chinese stands in texts/ and domain/.
 */
export const serverMessagesInEnglish: Readonly<Partial<Record<string, string>>> = {
  bad_request: 'The request can’t be read. Try again.',
  bad_json: 'The request can’t be read. Try again.',
  json_key_repeated: 'A field of the request stands twice. Try again.',
  idempotency_key_missing: 'This version is too old. Update it and try again.',
  not_signed_in: 'Your session has expired. Sign in again.',
  not_found: 'There is no such thing. Go back and try again.',
  method_not_allowed: 'That can’t be asked for.',
  request_timeout: 'The request took too long. Check your connection and try again.',
  busy: 'The last step is still at work. Wait a moment.',
  not_allowed_now: 'That can’t be done any more: this page is renewed, go on from here.',
  leave_matter_first:
    'You are in the middle of a matter. Cancel the signature or the face check first, then withdraw the consent.',
  stale: 'This page is no longer up to date. See what is new, then go on.',
  consent_outdated:
    'The Rules on Personal Information have changed. Read them and agree to go on; if you don’t agree, end this or go to the window.',
  journey_closed: 'This visit has ended. Enter your data again.',
  body_too_large: 'That is too much at once.',
  content_type_not_json: 'The request can’t be read. Try again.',
  content_encoding_unsupported: 'The request must not be compressed. Try again.',
  expectation_failed: 'What the request expects can’t be done.',
  headers_too_large: 'The address or the headers are too long.',
  invalid: 'What was sent can’t be accepted: please check it and send it again.',
  auth_code_invalid: 'Alipay’s authorization is void or used up. Sign in again.',
  complaints_used_up:
    'You have sent 5 complaints or suggestions today. Send more tomorrow; if it is urgent, ask at the window of the authority.',
  too_many_requests: 'Too many attempts at once. Try again later.',
  internal: 'Something went wrong and has been noted. Try again later.',
  vendor_unavailable: 'Alipay is not available at the moment. Try again later.',
  temporarily_unavailable: 'The system is busy. Try the same again later: nothing is submitted twice.',

  identity_not_authorized: 'Alipay has not given your name and number: please enter them yourself.',
  identity_unavailable: 'Alipay can’t give your name and number at the moment: please enter them yourself.',
  authorized_identity_over: 'What Alipay gave is no longer valid: please enter it yourself.',
  reissue_requested:
    'The registration system has been asked to push the matter again; then it is back among your to-dos.',
  reissue_requested_already:
    'That was asked for within the last 24 hours. If it is urgent, talk to the applicant.',
  reissue_not_needed: 'This matter is still among your to-dos: you can confirm it.',
  reissue_too_late:
    'This matter is closed, has expired or has a newer version. If it is still needed, talk to the applicant.',

  face_identity_mismatch: 'Identity not verified: check name and number, and use your own Alipay account.',
  face_portrait_mismatch:
    'The faces do not match: do it yourself in good light, or with a phone that has a better camera.',
  face_picture_poor: 'The picture was dark or not sharp: try again in good light.',
  face_check_unavailable: 'The check did not work: try again later, or restart Alipay.',
  face_check_unfinished: 'There is no result of the face check yet: please do it again.',
  face_check_void: 'That face check is void: start again. It costs no attempt.',
  face_check_used_up: 'That face check is older than 10 minutes or used: verify again.',
  window_left:
    'You are back at the to-dos. If this matter is still needed, open it again. At the window, open it on your phone and choose “No face check, go to the window”.',
  window_is_open:
    'If it does not work, you can also choose “No face check, go to the window”: it counts the same.',
  face_passed: 'Verified.',
  attempts_used_up:
    'Today’s attempts are used up. Try again after midnight in China, or go to the authority’s window.',
  matter_attempts_used_up:
    'Today’s attempts for this matter are used up. Try again after midnight in China, or go to the authority’s window.',
  attempts_restored: 'You have attempts again: please verify.',
  checks_used_up:
    'This account has started too many checks today. Try again tomorrow, or go to the authority’s window.',
  bank_card_mismatch: 'The card was not verified: use a card of your own, and check the number.',
  bank_card_unusable: 'This card can’t be used for the check: take another one of your own.',
  bank_card_check_unavailable:
    'The card check is not available at the moment. Try again later: it costs no attempt.',
  input_expired: 'What you entered is no longer valid: enter it again.',
  not_the_account_holder:
    'Name or number are not those of this Alipay account: check them, and use your own account.',
  document_number_invalid: 'The number has a mistake: please check it.',
  document_type_goes_to_window:
    'This document can’t be checked online. Take it to the authority’s window: the clerks know of your request.',
  minor_goes_to_window:
    'Under 18, go to the authority’s window with a guardian and the document: the clerks know of your request.',
  document_expired: 'The document has expired: renew it first.',
  sign_in_again: 'The authorization has expired: enter your data again.',
  to_do_unknown: 'There is no such to-do: look at the list again.',
  to_do_settled: 'This to-do is settled.',
  matter_closed: 'This matter is closed: nothing is to be confirmed.',
  matter_changed: 'The matter has changed: see what is new, then confirm.',
  name_differs: 'The name in the matter differs from your document’s: ask the applicant to correct it.',
  verification_void: 'Cancelled: this verification is void, the to-do stays.',
  refusal_recorded: 'Your objection is recorded, the matter is stopped, and the authority has been told.',
  signature_outside: 'The signature leaves the pad: sign again.',
  signature_times: 'The signature was not written at a hand’s pace: sign again.',
  signature_too_little: 'Too little ink: please sign your full name.',
  signature_a_line: 'That is only a line: please sign your full name.',
  closed_by_clerk: 'A clerk has ended this. Enter your data again, or go to the authority’s window.',
  rejected_by_clerk:
    'The clerks could not establish who you are, and this visit has ended. If you have questions, take your document to the authority’s window.',
  confirmed_at_window: 'Confirmed and signed at the window: this is done.',
  waits_for_second_clerk: 'One clerk has proposed a decision, a second one looks at it.',
  proposal_declined: 'The second clerk did not agree to the decision: it is dealt with otherwise.',
  window_code_wrong:
    'The window code was not right: compare it with the phone and type it again. After five mistakes the phone needs another one.',
  window_code_expired:
    'The window code has expired: press “Refresh” on the phone for another one, then have it typed.',
  window_code_used_up:
    'The window code was mistyped five times and is no longer good: press “Refresh” on the phone for another one, then have it typed.',
  sign_on_paper:
    'With a notarised document nobody knows whether this phone is in your hands, so this ends online. Sign the paper that the authority gives you: the clerks do the rest, and you need no phone.',
  closed_by_operator: 'The system has ended this: enter your data again.',
  consent_withdrawal_personal_information:
    'Without this consent the visit ends at once, and what you entered can no longer be read. To come back, agree anew, or go to the window. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawal_face_check:
    'A face check under way stops at once and costs no attempt, and kept pictures are deleted. You are asked anew before another one, or can go to the window. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawal_portrait_archiving:
    'Kept portraits are deleted at once and given to no authority any more; confirming and signing go on. What is in the registration file already stays with the authority as the law says. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawal_bank_card_check:
    'A card check under way stops at once and costs no attempt, and a number not yet checked is deleted. You are asked anew before another one, or can go to the window. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawal_bank_card_notice:
    'What was verified stays. With a resident ID card your own bank card has to be checked online; if you don’t want that, go to the window.',
  consent_withdrawn_personal_information:
    'You have withdrawn your consent, and this visit has ended. What you entered can no longer be read. To come back, agree anew, or go to the window. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawn_face_check:
    'You have withdrawn the consent to the processing of your face. A face check that was under way has stopped at no cost, and kept pictures are deleted. You are asked anew before another one, or can go to the window. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawn_portrait_archiving:
    'You have withdrawn the consent to the archiving of your portrait. Kept portraits are deleted and given to no authority any more; confirming and signing go on. What is in the registration file already stays with the authority as the law says. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawn_bank_card_check:
    'You have withdrawn the consent to the processing of your bank card. A card check that was under way has stopped at no cost, and a number not yet checked is deleted. You are asked anew before another one, or can go to the window. What was verified, confirmed and kept as evidence before stays as the law says.',
  consent_withdrawn_bank_card_notice:
    'You have withdrawn your consent. What was verified stays. With a resident ID card your own bank card has to be checked online; if you don’t want that, go to the window.',
  journey_lost: 'The system has interrupted this: enter your data again.',
  journey_idle: 'Nothing was done for a long time, and this visit has ended: enter your data again.',

  'stuck_vendor-unavailable':
    'The check is not available. It is tried again by itself and goes on as soon as it is back; it costs no attempt. You can also choose the window.',
  'stuck_vendor-refused':
    'The check was not accepted. A clerk of the authority looks at it; then you can go on. You can also choose the window.',
  'stuck_source-unusable':
    'The authority has no photo to compare with, so trying again does not help. A clerk looks at it; it is best to go to the window with your document.',
  'stuck_result-undecidable':
    'The check gave no clear result. A clerk of the authority looks at it; then you can go on. It costs no attempt.',
  'stuck_name-mismatch-suspected':
    'Your name may have a character that systems write in several ways. A clerk checks it; then you can go on. You can also go to the window with your document.',
  'stuck_locked-out':
    'Today’s attempts are used up. Go on after midnight in China, ask a clerk for more, or choose the window.',
  'stuck_in-person':
    'Take your document to the authority’s window, or send a notarised one. Two clerks check it; it counts the same as a face check.',
  'stuck_data-key-unavailable':
    'What you submitted can’t be read at the moment. Nothing is lost; engineers are at it, then you can go on.',
  'stuck_system-fault':
    'The system has a fault. Nothing you entered is lost; engineers are at it, then you can go on.',

  'document_resident-id': 'Resident ID card',
  'document_hmt-residence-permit': 'Residence permit for Hong Kong, Macau and Taiwan residents',
  'document_hk-macau-travel-permit': 'Mainland travel permit for Hong Kong and Macau residents',
  'document_taiwan-travel-permit': 'Mainland travel permit for Taiwan residents',
  'document_foreign-permanent-resident-id': 'Foreign permanent resident ID card',
  'document_overseas-chinese-passport': 'Chinese passport of overseas Chinese',
  'document_foreign-passport': 'Foreign passport',

  kind_establishment: 'Establishment',
  kind_change: 'Change',
  kind_deregistration: 'Deregistration',
  kind_filing: 'Filing',

  'role_legal-representative': 'Legal representative',
  'role_executive-partner': 'Executive partner',
  'role_responsible-person': 'Person in charge',
  role_shareholder: 'Shareholder',
  role_promoter: 'Promoter',
  role_partner: 'Partner',
  role_investor: 'Investor',
  role_operator: 'Operator',
  role_director: 'Director',
  role_supervisor: 'Supervisor',
  role_manager: 'Manager',
  role_liaison: 'Liaison',
  'role_finance-officer': 'Finance officer',
  role_agent: 'Agent',

  'title_personal-information': 'Rules on Personal Information',
  'title_face-check': 'Consent to the processing of my face',
  'title_portrait-archiving': 'Consent to the archiving of my portrait',
  'title_bank-card-check': 'Consent to the processing of my bank card',
  'title_bank-card-notice': 'Notice on the bank card check',
};
