// The page on which anybody verifies evidence. It sends number and code, or the chosen file, and shows the answer as text.

const texts = {
  zh: {
    skip: '跳到正文',
    title: '存证核验',
    intro:
      '核验登记注册身份验证的业务确认书、认证人像信息和存证是否由本系统出具、是否被改动。任何人都可以使用。',
    byCode: '凭编号和核验码',
    number: '存证编号',
    code: '核验码',
    codeHint: '编号和核验码印在业务确认书上，扫描其中的二维码会自动填写。',
    byFile: '提交文件',
    file: 'PDF 原始文件、evidence.json 或者存证包',
    fileHint: '点击「核验」后，文件才会发送到本系统；核验后不保留。也可以把文件拖到这里。',
    verify: '核验',
    parts: '逐项结果',
    withoutUs: '不联网、不依靠本系统，也可以用公开的公钥自行核验。',
    language: 'English',
    entity: '名称',
    kind: '业务类型',
    person: '确认人',
    roles: '身份类型',
    confirmedAt: '确认时间',
    state: '现状',
    proven: '符合',
    absent: '未核验',
    wrong: '不符',
    key: '密钥',
    log: '日志',
    tooLarge: '文件超过 3 MB，不是本系统出具的文件。请选择原始文件。',
    offline: '网络不通或者服务繁忙，请稍后再试。',
    empty: '请填写存证编号和核验码。',
    noFile: '请先选择文件。',
    working: '正在核验……',
    errors: {},
    states: {
      confirmed: '确认有效',
      refused: '本人已表示不是其办理',
      superseded: '已由新版本代替',
      withdrawn: '登记机关已撤回该业务',
      expired: '该业务已过期',
      stopped: '该业务因他人拒绝已停止',
    },
  },
  en: {
    skip: 'Skip to the content',
    title: 'Verify evidence',
    intro:
      'Check whether a confirmation letter, a portrait sheet or a piece of evidence of the identity check for registration is ours, and was not changed. Open to anybody.',
    byCode: 'By number and code',
    number: 'Evidence number',
    code: 'Verification code',
    codeHint: 'Both are printed in the confirmation letter. Its QR code fills them in.',
    byFile: 'By a file',
    file: 'The original PDF, evidence.json or an evidence bundle',
    fileHint: 'The file is sent only when you press “Verify”, and is not kept. You can also drop it here.',
    verify: 'Verify',
    parts: 'Part by part',
    withoutUs: 'It can also be verified offline and without us, by our public keys.',
    language: '中文',
    entity: 'Name',
    kind: 'Kind of matter',
    person: 'Confirmed by',
    roles: 'As',
    confirmedAt: 'Confirmed at',
    state: 'Now',
    proven: 'matches',
    absent: 'not verified',
    wrong: 'does not match',
    key: 'key',
    log: 'log',
    tooLarge: 'The file is larger than 3 MB, so it is not ours. Choose the original file.',
    offline: 'No connection, or too many requests. Try again later.',
    empty: 'Fill in the number and the code.',
    noFile: 'Choose a file first.',
    working: 'Verifying …',
    errors: {
      verification_refused:
        'The number or the code is wrong. Compare them with the letter, or scan its QR code.',
      evidence_file_unreadable:
        'This file is none of ours. Choose the original PDF or evidence.json; a scan of a print can’t be verified.',
    },
    states: {
      confirmed: 'the confirmation stands',
      refused: 'the person has said since that it was not theirs',
      superseded: 'replaced by a newer version',
      withdrawn: 'the matter was withdrawn',
      expired: 'the matter has expired',
      stopped: 'the matter was stopped, since another person refused',
    },
  },
};

const LARGEST = 3 * 1024 * 1024;
/** @type {'zh' | 'en'} */
let language = 'zh';
/** What is shown, to be shown again in the other language. */
let shown;
let isWorking = false;

const by = (id) => document.getElementById(id);
const say = (key) => texts[language][key];

function speak() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  document.title = say('title');
  for (const element of document.querySelectorAll('[data-text]'))
    element.textContent = say(element.dataset.text);
  by('language').textContent = say('language');
  by('language').lang = language === 'zh' ? 'en' : 'zh-CN';
  by('message').textContent = '';
  if (shown) show(shown);
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** In China, whatever the reader's clock says. */
function timeOf(iso) {
  const parts = { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Shanghai' };
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', parts).format(new Date(iso));
}

function show(answer) {
  shown = answer;
  by('conclusion').textContent = answer.text[language];
  by('conclusion').className = answer.conclusion;
  by('confirmation').replaceChildren(...rowsOf(answer.confirmation));
  by('findings').replaceChildren(...answer.findings.map(itemOf));
  by('result').hidden = false;
}

function rowsOf(confirmation) {
  if (!confirmation) return [];
  const { number, entity, kind, person, roles, confirmedAt, state } = confirmation;
  const rows = [
    ['number', number],
    ['entity', entity],
    ['kind', kind],
    ['person', person],
    ['roles', roles.join('、')],
    ['confirmedAt', timeOf(confirmedAt)],
    ['state', texts[language].states[state] ?? state],
  ];
  return rows.flatMap(([key, value]) =>
    value === undefined ? [] : [element('dt', say(key)), element('dd', value)],
  );
}

function itemOf({ part, result, title, text, time, by: signedBy }) {
  const item = element('li', undefined, result);
  const about = [
    text[language],
    time && timeOf(time),
    signedBy && `${say(part === 'log' ? 'log' : 'key')} ${signedBy}`,
  ].filter(Boolean);
  item.append(
    element('b', `${title[language]}：${say(result)}`),
    document.createElement('br'),
    about.join('；'),
  );
  item.dataset.part = part;
  return item;
}

function fail(text) {
  shown = undefined;
  by('result').hidden = true;
  by('message').textContent = text;
}

async function ask(request) {
  if (isWorking) return;
  isWorking = true;
  for (const button of document.querySelectorAll('form button')) button.setAttribute('aria-disabled', 'true');
  by('message').textContent = say('working');
  try {
    const response = await fetch('/api/evidence-verifications', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const answer = await response.json();
    if (response.ok) {
      by('message').textContent = '';
      show(answer);
      by('result').focus();
    } else if (response.status >= 500 || response.status === 429) fail(say('offline'));
    else fail(say('errors')[answer.error.code] ?? answer.error.message);
  } catch {
    fail(say('offline'));
  } finally {
    isWorking = false;
    for (const button of document.querySelectorAll('form button')) button.removeAttribute('aria-disabled');
  }
}

async function base64Of(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

by('by-code').addEventListener('submit', (event) => {
  event.preventDefault();
  const [number, code] = [by('number').value.trim(), by('code').value.trim()];
  if (number && code) void ask({ number, code });
  else fail(say('empty'));
});

by('by-file').addEventListener('submit', async (event) => {
  event.preventDefault();
  const [file] = by('file').files;
  if (!file) fail(say('noFile'));
  else if (file.size > LARGEST) fail(say('tooLarge'));
  else void ask({ file: await base64Of(file) });
});

const place = by('by-file');
for (const name of ['dragenter', 'dragover'])
  place.addEventListener(name, (event) => {
    event.preventDefault();
    place.classList.add('dropping');
  });
for (const name of ['dragleave', 'drop'])
  place.addEventListener(name, () => place.classList.remove('dropping'));
place.addEventListener('drop', (event) => {
  event.preventDefault();
  by('file').files = event.dataTransfer.files;
});

by('language').addEventListener('click', () => {
  language = language === 'zh' ? 'en' : 'zh';
  speak();
});

// The QR code of a letter: what stands behind # is not sent with the page's address.
const scanned = /^#(\d{8}-[0-9A-Z]{10})\.([0-9A-Z-]{16,19})$/i.exec(location.hash);
if (scanned) {
  [by('number').value, by('code').value] = [scanned[1], scanned[2]];
  history.replaceState(null, '', location.pathname);
  void ask({ number: scanned[1], code: scanned[2] });
}
