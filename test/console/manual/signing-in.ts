import { totpCode } from '../browser-clerk';
import type { Manual } from './chapters';

const PASSWORD = 'a-password-of-its-own';

export function signInChapters({ stage, withClerk, chapter }: Manual): void {
  chapter('登录', ({ look, inspect }) =>
    withClerk({ login: 'admin-1' }, async (admin) => {
      await admin.isAt('账号');
      await admin.fill('登录名', 'zhang.san');
      await admin.fill('姓名', '张三');
      await admin.fill('管辖范围', '110105');
      await admin.page.getByLabel('管辖范围').press('Enter');
      await admin.page.getByRole('button', { name: '移除 北京市朝阳区' }).waitFor();
      await admin.press('新增');
      const oneTime = await admin.page.locator('.secret').innerText();
      await withClerk({}, async (clerk) => {
        await clerk.open('');
        await clerk.fill('登录名', 'zhang.san');
        await inspect(clerk, 'sign-in');
        await clerk.fill('密码', oneTime);
        await clerk.press('登录');
        await clerk.shows('您用的是一次性密码');
        await inspect(clerk, 'change-password');
        await clerk.fill('新密码（至少 12 个字符）', PASSWORD);
        await clerk.fill('再次输入新密码', PASSWORD);
        await clerk.press('修改密码');
        await clerk.shows('绑定第二步验证方式');
        await look(clerk);
        await clerk.press('绑定身份验证器');
        const secret = await clerk.page.locator('.secret').innerText();
        await clerk.button('绑定').scrollIntoViewIfNeeded();
        await inspect(clerk, 'enrol');
        await clerk.fill('身份验证器上的验证码', totpCode(secret));
        await clerk.press('绑定');
        await clerk.shows('请保存恢复码');
        await inspect(clerk, 'recovery-codes');
        const [recoveryCode = ''] = await clerk.page.locator('.recovery-codes code').allInnerTexts();
        await clerk.press('已保存，继续');
        await clerk.isAt('待办');
        await clerk.press('退出');
        await clerk.fill('登录名', 'zhang.san');
        await clerk.fill('密码', PASSWORD);
        await clerk.press('登录');
        await clerk.page.getByLabel('身份验证器上的验证码').waitFor();
        await inspect(clerk, 'second-factor');
        await clerk.press('无法使用身份验证器或通行密钥，改用恢复码');
        await look(clerk);
        await clerk.fill('恢复码', recoveryCode);
        await clerk.press('验证');
        await clerk.isAt('待办');
        // The session ends while a page is open.
        await stage.rowsOf(
          "DELETE FROM clerk_sessions WHERE clerk_id IN (SELECT id FROM clerks WHERE login = 'zhang.san')",
        );
        // The page may have noticed by itself already, and then nothing behind its message can be clicked.
        await clerk.page.getByRole('link', { name: '投诉建议' }).dispatchEvent('click');
        await clerk.page.getByRole('dialog', { name: '登录已失效' }).waitFor();
        await inspect(clerk, 'session-lost');
      });
    }),
  );

  chapter('账号安全', ({ look, inspect }) =>
    withClerk({ login: 'clerk-1' }, async (clerk) => {
      await clerk.isAt('待办');
      await look(clerk);
      await clerk.page.getByRole('link', { name: '示例经办（经办）' }).click();
      await clerk.isAt('账号安全');
      await clerk.shows('本次登录');
      await clerk.button('重新生成恢复码').waitFor();
      await inspect(clerk, 'security');
    }),
  );
}
