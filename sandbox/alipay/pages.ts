import type { Bill, FaceOutcome } from './bills';
import type { SentMessage } from './methods';
import type { Mode } from './misbehaviour';
import { scenarioNames, scenarios, scenariosFor } from './scenarios';
import type { Assignments, ScenarioName } from './scenarios';
import type { Holder, Scope } from './settings';

const page = (title: string, body: string, width = '40rem'): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body{font:16px/1.6 sans-serif;max-width:${width};margin:1rem auto;padding:0 1rem;color:#222}
p.note{background:#fff4d6;padding:.6rem}button,a.choice{display:block;width:100%;box-sizing:border-box;margin:.6rem 0;padding:.8rem;
font-size:1rem;text-align:center;border:1px solid #0958d9;border-radius:.4rem;background:#fff;color:#0958d9;text-decoration:none}
button.main{background:#0958d9;color:#fff}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0}
td:first-child{white-space:nowrap}code{font-size:.9rem}small{color:#666}.wide{overflow-x:auto}
td form{display:flex;gap:.4rem}td select{width:17rem;font-size:.9rem}td button{width:auto;margin:0;padding:.1rem .6rem;white-space:nowrap}</style>
</head><body><main><h1>${title}</h1><p class="note">这是沙箱，不是支付宝。人物均为虚构。 · This is a sandbox, not Alipay.</p>${body}</main></body></html>`;

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Fonts have no glyphs for private-use characters, so their numbers are shown. */
const readable = (text: string): string =>
  text.replaceAll(/\p{Co}/gu, (character) => `[U+${character.codePointAt(0)?.toString(16).toUpperCase()}]`);

const choices = [
  ['pass', '刷脸通过'],
  ['not-same-person', '不是本人'],
  ['poor-picture', '光线暗、画面不清'],
  ['leave', '中途离开'],
  ['network-loss', '网络中断'],
] as const satisfies [FaceOutcome, string][];

/** @param scenario description of the scenario that decides this check, if there is one */
export function facePage(bill: Bill, scenario?: string): string {
  if (bill.state !== 'initialized') {
    return page(
      '刷脸核验',
      `<p>本次核验已结束：${bill.state === 'passed' ? '通过' : '未通过'}。请返回小程序。</p>`,
    );
  }
  const buttons = choices.map(
    ([outcome, text], at) =>
      `<button name="outcome" value="${outcome}"${at === 0 ? ' class="main"' : ''}>${text}</button>`,
  );
  return page(
    '刷脸核验',
    `${scenario === undefined ? '' : `<p class="note">此人的场景是「${escaped(scenario)}」：无论选哪一个，这次的结果都由场景决定。</p>`}
<p>请选择这次刷脸的结果：</p><form method="post" action="/face/${bill.certifyId}">${buttons.join('')}</form>`,
  );
}

export function authorizePage(holders: Holder[], redirectUri: string, scope: Scope): string {
  const links = holders.map(({ account, name }) => {
    const query = new URLSearchParams({ redirect_uri: redirectUri, account, scope });
    return `<a class="choice" href="/authorize?${escaped(query.toString())}">${escaped(name)}（${escaped(account)}）</a>`;
  });
  const consent = '<p>小程序申请获取您的姓名和身份证号码。选择账号即表示同意。</p>';
  return page('选择登录的支付宝账号', (scope === 'auth_user' ? consent : '') + links.join(''));
}

export function overviewPage({
  holders,
  assignments,
  bills,
  messages,
  mode: { mode },
}: {
  holders: Holder[];
  assignments: Assignments;
  bills: Bill[];
  messages: readonly SentMessage[];
  mode: Mode;
}): string {
  const persons = holders.map((holder) => {
    const { account, name, nameOnRecord, document, bankCards } = holder;
    const cells = [
      escaped(account),
      nameOnRecord === undefined
        ? escaped(name)
        : `${escaped(name)}<br><small>登记为 ${escaped(readable(nameOnRecord))}</small>`,
      escaped(document.number),
      escaped(bankCards.map(({ number }) => number).join(' ')),
      scenarioForm(holder, assignments.nameOf(holder)),
    ];
    return row(cells);
  });
  const descriptions = scenarioNames.map((name) =>
    row([
      `<code>${name}</code>`,
      `${escaped(scenarios[name].zh)}<br><small>${escaped(scenarios[name].en)}</small>`,
    ]),
  );
  const checks = bills
    .slice(-50)
    .map(({ certifyId, state, times }) => row([escaped(certifyId), state, String(times)]));
  const sent = messages.slice(-50).map(({ account, data, at }) =>
    row([
      escaped(account),
      Object.values(data)
        .map(({ value }) => escaped(value))
        .join('<br>'),
      at,
    ]),
  );
  return page(
    '支付宝沙箱',
    `<p>网关状态：<strong>${mode}</strong>（POST /admin/mode 可切换）</p>
<h2>账号与场景</h2>
<p>场景决定支付宝对此人的回答。选择后从头开始；「第一次」之后一切正常。也可用 POST /admin/scenarios { account, scenario }。</p>
<div class="wide"><table><tr><th>账号</th><th>姓名</th><th>证件号码</th><th>银行卡</th><th>场景</th></tr>${persons.join('')}</table></div>
<h2>全部场景</h2><div class="wide"><table>${descriptions.join('')}</table></div>
<h2>刷脸核验单</h2><table><tr><th>certify_id</th><th>状态</th><th>请求次数</th></tr>${checks.join('')}</table>
<h2>发出的消息</h2><table><tr><th>账号</th><th>内容</th><th>时间</th></tr>${sent.join('')}</table>`,
    '64rem',
  );
}

function scenarioForm(holder: Holder, current: ScenarioName): string {
  const account = escaped(holder.account);
  const options = scenariosFor(holder).map(
    (name) =>
      `<option value="${name}"${name === current ? ' selected' : ''}>${escaped(scenarios[name].zh)}</option>`,
  );
  return `<form method="post" action="/admin/scenarios"><input type="hidden" name="account" value="${account}">
<select name="scenario" aria-label="${account} 的场景">${options.join('')}</select><button>选择</button></form>`;
}

/** @param cells as HTML */
function row(cells: string[]): string {
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}
