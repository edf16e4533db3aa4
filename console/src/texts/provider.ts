const inChinese = {
  signIn: '使用统一身份认证登录',
  inAnotherTab: '将在新标签页中打开。登录完成后，请回到本页继续。',
  underWay: '正在通过统一身份认证登录……',
  failed: '未能登录',
  signingOut: '正在退出统一身份认证……',
  notSignedOut: '未能退出统一身份认证',
  back: '返回登录页',
  linked: (subject: string) => `统一身份认证账号：${subject}`,
  subject: '统一身份认证账号标识（sub）',
  subjectHint: '由统一身份认证的管理员提供。关联后该账号的登录全部退出。',
  link: '关联',
  unlink: '解除关联',
};

const inEnglish: typeof inChinese = {
  signIn: 'Sign in at the identity provider',
  inAnotherTab: 'Opens in a new tab. Come back to this page when you have signed in.',
  underWay: 'Signing in at the identity provider …',
  failed: 'Not signed in',
  signingOut: 'Signing out at the identity provider …',
  notSignedOut: 'Not signed out at the identity provider',
  back: 'Back to the sign-in page',
  linked: (subject) => `Identity provider: ${subject}`,
  subject: 'Account at the identity provider (sub)',
  subjectHint: 'Its administrator knows it. Linking signs the account out everywhere.',
  link: 'Link',
  unlink: 'Unlink',
};

/** Words about the identity provider, which are loaded with the parts that show them. */
export const providerTexts = { 'zh-CN': inChinese, en: inEnglish };
