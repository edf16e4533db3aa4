import type { Support } from './support.zh-CN';

/** The translation of support.zh-CN.ts, question by question. */
export const supportInEnglish: Support = {
  account: '你呼我应',
  howTo: [
    'Save the QR code on this page. If there is none, search for 你呼我应 in WeChat.',
    'In WeChat, open Scan, choose the picture from your album and follow 你呼我应.',
    'In its list of services, choose 登记注册自然人身份验证系统 and describe your question.',
  ],
  questions: [
    {
      question: 'Can I use WeChat or another app?',
      answer:
        'This version works as a mini-program in Alipay only; WeChat and an app of its own will follow. If you do not use Alipay, go to the authority’s window.',
    },
    {
      question: 'Who has to be verified?',
      answer:
        'Every natural person named in the application must be verified in person: legal representative, shareholders, directors, supervisors, manager, liaison, finance officer, agent and so on. Accepted documents are resident ID cards, residence permits for Hong Kong, Macau and Taiwan residents, travel permits, foreign permanent resident ID cards and passports. If your document can’t be verified online yet, the page tells you to go to the window.',
    },
    {
      question: 'Which phones work?',
      answer:
        'Phones with Android 5.0 or later, or iOS 11 or later, on which Alipay’s face check works. With a poor front camera, the face check may fail.',
    },
    {
      question: 'How do I open the mini-program?',
      answer:
        'Search for 登记注册身份验证小程序 in Alipay, scan its QR code with Alipay, or open the link from the applicant.',
    },
    {
      question: 'Do I have to register?',
      answer: 'No. Enter your name, the type of your document and its number, and pass the face check.',
    },
    {
      question: 'What is checked?',
      answer:
        'Your face. For more security, a bank card of your own is also checked if you use a resident ID card.',
    },
    {
      question: 'What if the face check fails?',
      answer:
        'If your identity was not verified, name or number may be wrong, or the Alipay account is not your own. If the faces do not match, somebody else may have done it, or the picture differs too much from the authority’s: if it is dark or unclear, try again in good light, if necessary with a better camera. If the check did not work, try again later or restart Alipay. After several failures, try again tomorrow or go to the authority’s window.',
    },
    {
      question: 'Why do I see no to-do?',
      answer:
        'Check your name, the type of your document and its number. Check also that the application names you in the right role. To-dos that were sent more than 7 days ago are under “Done”, marked as older than 7 days: open such a to-do and ask for it again, or open it by the applicant’s link. After 30 days it has expired: contact the applicant.',
    },
    {
      question: 'My photo is old, my document is new, or I have changed my name, and the check fails.',
      answer:
        'The authority’s records may be out of date, so another try does not help. Choose “No face check, go to the window”, and bring your document.',
    },
    {
      question: 'May I use a new phone, or somebody else’s Alipay?',
      answer:
        'You may use a new phone: sign in to your own Alipay account and enter your data again. You may not use somebody else’s account. If you have no account of your own, go to the window.',
    },
    {
      question: 'I have cancelled, or left before the end.',
      answer:
        'If you cancel, that verification is void. The to-do stays and can be opened again. If you leave, you return to the same step while you are signed in. After 30 minutes without use you must enter and verify your data again. Your to-dos stay.',
    },
    {
      question: 'I have several roles: how often am I verified?',
      answer:
        'The details of a matter list all your roles in it. Check each of them. If the page asks you to confirm them one by one, do so.',
    },
    {
      question: 'I am a foreigner, or an overseas Chinese.',
      answer:
        'Choose the foreign permanent resident ID card, the foreign passport or the Chinese passport. Enter name, number, validity and issuing country as on the document. If it can’t be verified online yet, bring it to the window or send a notarised copy.',
    },
    {
      question: 'Can somebody else do it for me?',
      answer:
        'No. You must verify your identity and sign yourself. If a matter is not yours, press “That is not me”.',
    },
    {
      question: 'The application was sent back and changed. Must I sign again?',
      answer:
        'Yes, if the text that you saw has changed. If not, your signature also counts for the new version, unless it is older than 30 days or the application was withdrawn or had expired. The list of to-dos shows this. If you did not apply for this, press “That is not me”.',
    },
    {
      question: 'Who receives my personal information?',
      answer:
        'Alipay (China) Network Technology Co., Ltd., which checks on our behalf; the registration authority of your matter and its registration system; and, where signatures are made with digital certificates, the certification authority that issues the certificate of your signature: it gets your name, the type and number of your document, the time of the signature and a hash of what you signed. The Rules on Personal Information have the details. To learn the name and the contact of that authority, use “Complaints and suggestions”.',
    },
    {
      question: 'How do I withdraw a consent?',
      answer:
        'Open “Manage consents” at the bottom of the first page: it shows the texts that you agreed to. Choose the consent. If you are in the middle of a matter, go back to the to-dos first. You can end an unfinished process at any time, and the collected data is then void. Completed confirmations are kept as required by law.',
    },
  ],
};
