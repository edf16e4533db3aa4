import type { Support } from './support.zh-CN';

/** The same as support.zh-CN.ts, question by question. */
export const supportInEnglish: Support = {
  account: '你呼我应',
  howTo: [
    'Save the QR code of this page; where there is none, search for 你呼我应 in WeChat.',
    'In WeChat open Scan, choose the picture from your album, and follow 你呼我应.',
    'In its list of services choose 登记注册自然人身份验证系统, and describe your question.',
  ],
  questions: [
    {
      question: 'Can I use WeChat or another app?',
      answer: 'For now only the mini-program in Alipay. Without Alipay, go to the authority’s window.',
    },
    {
      question: 'Who has to be verified?',
      answer:
        'Every natural person named in the application: legal representative, shareholders, directors, supervisors, manager, liaison, finance officer, agent and so on, each in person. Resident ID cards, residence permits of Hong Kong, Macau and Taiwan residents, travel permits, foreign permanent resident ID cards and passports are taken; who can’t be verified online yet is led to the window.',
    },
    {
      question: 'Which phones work?',
      answer:
        'Android 5.0 or later or iOS 11 or later, if Alipay’s face check works on it. With a poor front camera or in bad light the faces may not match.',
    },
    {
      question: 'How do I open the mini-program?',
      answer:
        'Search for 登记注册身份验证 in Alipay, scan its QR code with Alipay, or open the link that the applicant has sent.',
    },
    {
      question: 'Do I have to register?',
      answer: 'No. Enter your name, the kind of your document and its number.',
    },
    {
      question: 'What is checked?',
      answer:
        'Your name, your document’s number and your face; with a resident ID card also a bank card of your own.',
    },
    {
      question: 'What if the face check fails?',
      answer:
        'Make sure that name and number are right and that you use your own Alipay account; try again in good light, if need be with a better camera. After several failures try again tomorrow, or go to the authority’s window.',
    },
    {
      question: 'Why do I see no to-do?',
      answer:
        'Check your name, the kind of your document and its number, and that the application names you in the right role. What was pushed more than 7 days ago stands among the past ones as older than 7 days: open it and ask for it again, or open it by the applicant’s link. After 30 days it has expired: talk to the applicant.',
    },
    {
      question: 'My photo is old, my document is new, or I have changed my name, and the check fails.',
      answer:
        'The authority’s records may not be up to date, and trying again does not help. Take your document and choose “No face check, go to the window”.',
    },
    {
      question: 'May I use a new phone, or somebody else’s Alipay?',
      answer:
        'A new phone, yes: sign in to your own Alipay account and enter your data again. Somebody else’s account, no; without an account of your own, go to the window.',
    },
    {
      question: 'I have cancelled, or left in between.',
      answer:
        'Cancelling voids that verification; the to-do stays and can be opened again. Who has left comes back to the same step while signed in; after 30 minutes without use the data are entered and verified again, and to-dos stay.',
    },
    {
      question: 'I have several roles: how often am I verified?',
      answer:
        'All your roles in one matter stand in its details: check each. Where the page asks you to confirm them one by one, do so.',
    },
    {
      question: 'I am a foreigner, or an overseas Chinese.',
      answer:
        'Choose the foreign permanent resident ID card, the foreign passport or the Chinese passport, and enter name, number, validity and issuing country as on the document. If it can’t be verified online yet, take it to the window, or send a notarised one.',
    },
    {
      question: 'Can somebody else do it for me?',
      answer:
        'No. Verification and signature are your own. If a matter is not yours, choose “That is not me”.',
    },
    {
      question: 'The application was sent back and changed: do I sign again?',
      answer:
        'If what was shown to you has changed, yes. If not, your signature counts for the new version, unless it is older than 30 days or the application was withdrawn or had expired. The list of to-dos tells you so; if you did not apply for this, tap “That is not me”.',
    },
    {
      question: 'How do I take back a consent?',
      answer:
        'Below each page of your visit open “My consents” and choose the one; in the middle of a matter go back to the to-dos first. What is not finished can be ended at any time, and what was taken for it is void. Confirmations that are complete are kept as the law says.',
    },
  ],
};
