import type { Bill } from './bills';
import type { Mode } from './misbehaviour';
import type { Holder } from './settings';

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>body{font:16px/1.6 sans-serif;max-width:40rem;margin:1rem auto;padding:0 1rem;color:#222}
p.note{background:#fff4d6;padding:.6rem}button,a.choice{display:block;width:100%;box-sizing:border-box;margin:.6rem 0;padding:.8rem;
font-size:1rem;text-align:center;border:1px solid #1677ff;border-radius:.4rem;background:#fff;color:#1677ff;text-decoration:none}
button.main{background:#1677ff;color:#fff}table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ddd;text-align:left;padding:.3rem}</style>
</head><body><h1>${title}</h1><p class="note">这是沙箱，不是支付宝。人物均为虚构。 · This is a sandbox, not Alipay.</p>${body}</body></html>`;

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const choices = [
  ['pass', '刷脸通过'],
  ['not-same-person', '不是本人'],
  ['poor-picture', '光线暗、画面不清'],
  ['leave', '中途离开'],
  ['network-loss', '网络中断'],
] as const;

export function facePage(bill: Bill): string {
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
    `<p>请选择这次刷脸的结果：</p><form method="post" action="/face/${bill.certifyId}">${buttons.join('')}</form>`,
  );
}

export function authorizePage(holders: Holder[], redirectUri: string): string {
  const links = holders.map(({ account, name }) => {
    const query = new URLSearchParams({ redirect_uri: redirectUri, account });
    return `<a class="choice" href="/authorize?${escaped(query.toString())}">${escaped(name)}（${escaped(account)}）</a>`;
  });
  return page('选择登录的支付宝账号', links.join(''));
}

export function overviewPage(holders: Holder[], bills: Bill[], { mode }: Mode): string {
  const persons = holders.map(({ account, name, document, bankCards }) =>
    row(account, name, document.number, bankCards.map(({ number }) => number).join(' ')),
  );
  const checks = bills.slice(-50).map((bill) => row(bill.certifyId, bill.state, String(bill.times)));
  return page(
    '支付宝沙箱',
    `<p>网关状态：<strong>${mode}</strong>（POST /admin/mode 可切换）</p>
<h2>账号</h2><table><tr><th>账号</th><th>姓名</th><th>证件号码</th><th>银行卡</th></tr>${persons.join('')}</table>
<h2>刷脸核验单</h2><table><tr><th>certify_id</th><th>状态</th><th>请求次数</th></tr>${checks.join('')}</table>`,
  );
}

function row(...cells: string[]): string {
  return `<tr>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
}
