import { clerksOf } from '../setup/clerks';
import { MINUTES } from '../setup/stage';
import type { Stage } from '../setup/stage';
import type { phonesOf } from './browser-phone';
import { latestJourney, leaveOneAttempt } from './journey-rows';
import { inspect, screen } from './manual-pictures';

/** The ways of the manual on which fewer people come. */
export function waysBeside(stage: Stage, withPhone: ReturnType<typeof phonesOf>): void {
  const { scenario, push, rowsOf } = stage;
  const clerks = clerksOf(stage);
  const matterOf = (name: string, document: object, entity: string) => ({
    ...{ version: 1, authority: '110105', kind: 'change', entity: { name: entity } },
    sections: [{ title: '变更事项', fields: [{ label: '股东', value: name }] }],
    documents: [{ name: '变更决议', sha256: 'a'.repeat(64) }],
    persons: [{ reference: 'P-1', name, document, roles: ['shareholder'] }],
  });

  test(
    '画面不清晰、次数用完、投诉建议',
    () =>
      withPhone(
        'tester-3',
        async (phone, holder) => {
          await scenario(holder.account, 'poor-picture-first');
          await phone.enter(holder);
          await phone.isAt('身份核验');
          await phone.face();
          await phone.shows('画面较暗或不清晰，请在光线充足处重试。');
          await inspect(phone, 'face-failed-poor');
          await scenario(holder.account, 'not-same-person');
          await leaveOneAttempt(stage, await latestJourney(stage));
          await phone.face({ button: '重新核验' });
          await phone.isAt('今日核验次数已用完');
          await phone.visible('.qr-code').waitFor();
          await inspect(phone, 'locked-out');
          await phone.pressLink('技术支持');
          await phone.isAt('技术支持');
          await phone.pressButton('投诉建议');
          await phone.shows('您还没有提交过投诉建议。');
          await phone.visible('.consent', { hasText: '建议' }).tap();
          await phone.visible('textarea[name=text]').fill('建议窗口增加自助设备。');
          await inspect(phone, 'complaints');
          await phone.pressButton('提交');
          await phone.shows('已收到您的投诉建议');
          const receipt = phone.visible('#complaint-receipt').getByText(/^\d{14}$/);
          await clerks.answer(await receipt.innerText(), '已安排增加两台自助设备。感谢您的建议。');
          await phone.page.reload();
          await phone.shows('已安排增加两台自助设备。');
          await inspect(phone, 'complaints-answered');
        },
        screen,
      ),
    5 * MINUTES,
  );

  test(
    '用手机签字、签字时限已过',
    () =>
      withPhone(
        'tester-8',
        async (computer, holder) => {
          const { type, number } = holder.document;
          await push('MANUAL-4', matterOf(holder.name, { type, number }, '北京沙箱续签有限公司'));
          await computer.verify(holder);
          await computer.confirm();
          const offered = computer.page.waitForResponse((response) => response.url().endsWith('/handovers'));
          await computer.pressLink('用手机签字');
          await computer.visible('.qr-code').waitFor();
          await inspect(computer, 'sign-on-phone');
          const { code } = (await (await offered).json()) as { code: string };
          await withPhone(
            holder.account,
            async (phone) => {
              await phone.page.goto(`${phone.home}?handover=${code}`);
              await phone.choose(holder.name);
              await phone.isAt('确认并签字');
              await computer.isAt('已在手机上继续办理');
              await inspect(computer, 'taken-over');
              await rowsOf(
                "UPDATE attempts SET ended_at = UTC_TIMESTAMP(3) - INTERVAL 600 SECOND WHERE purpose = 'matter-face'",
              );
              await phone.page.reload();
              await phone.shows('签字时限已过，请重新刷脸核验。');
              await inspect(phone, 'time-over');
            },
            screen,
          );
        },
        { ...screen, by: 'mouse' },
      ),
    5 * MINUTES,
  );

  test(
    '签发国家、没有线上核验的证件',
    () =>
      withPhone(
        'tester-6',
        async (phone, holder) => {
          const document = { type: 'foreign-passport', number: 'P90000001', issuingCountry: 'USA' };
          await push('MANUAL-3', matterOf('SAMPLE ROBIN', document, '北京沙箱护照有限公司'));
          await phone.open(holder);
          await phone.fillIn({ name: 'SAMPLE ROBIN', document: { ...document, validUntil: '2035-12-31' } });
          await phone.press(phone.visible('.picked').last());
          await phone.fill('issuingCountry', '美');
          await inspect(phone, 'countries');
          await phone.press(phone.visible('.picked').last());
          await phone.pressButton('查看待办事项');
          await phone.isAt('请到窗口办理');
          const windowCode = await phone.visible('.window-code').innerText();
          await clerks.accept(await latestJourney(stage), 'on-site', { windowCode });
          await phone.isAt('待办事项');
          await phone.openMatter();
          await phone.pressButton('确认');
          await phone.shows('您的证件暂不能线上核验');
          await phone.shows('北京沙箱护照有限公司');
          await inspect(phone, 'matter-window');
        },
        screen,
      ),
    5 * MINUTES,
  );
}
