import { clerksOf } from '../setup/clerks';
import { MINUTES, setStage } from '../setup/stage';
import { phonesOf } from './browser-phone';

// The page that waits: it says what, who, where, since when and until when, and goes on by itself.

const stage = setStage('waiting', 18_150);
const withPhone = phonesOf(stage);
const { rowsOf, scenario } = stage;
const authority = '北京市朝阳区市场监督管理局（演示）';

const clerks = clerksOf(stage);

async function latestJourney(): Promise<string> {
  const [{ id }] = (await rowsOf('SELECT id FROM journeys ORDER BY updated_at DESC LIMIT 1')) as [
    { id: string },
  ];
  return id;
}

test(
  'at the window the page names the national desk, not the authority, and goes on when two clerks have accepted',
  () =>
    withPhone('tester-8', async (phone, holder) => {
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.pressButton('不刷脸，到窗口办理');
      await phone.isAt('请到窗口办理');
      await phone.shows('国家市场监督管理总局登记注册身份验证服务台（演示）');
      await phone.shows(/^\d{4} \d{4} \d{4} \d{2}$/);
      await phone.shows('港澳台居民居住证原件和本手机');
      expect(await phone.screen()).not.toContain(authority);
      expect(await phone.barriers()).toEqual([]);
      const code = await phone.visible('.window-code').innerText();
      await clerks.accept(await latestJourney(), 'on-site', { windowCode: code });
      await phone.isAt('待办事项');
      // Nothing claims that a face was taken.
      expect(await phone.screen()).not.toContain('人像');
    }),
  3 * MINUTES,
);

test(
  'within a matter the page names its authority, and leads back to the other matters',
  () =>
    withPhone('tester-9', async (phone, holder) => {
      await phone.verify(holder);
      await phone.pressButton('业务确认');
      await phone.pressButton('确认');
      await phone.isAt('签字前身份核验');
      await phone.pressButton('不刷脸，到窗口办理');
      await phone.isAt('请到窗口办理');
      await phone.shows(authority);
      await phone.shows('北京市朝阳区沙箱路1号政务服务中心二层登记注册窗口');
      await phone.pressButton('返回待办事项');
      await phone.isAt('待办事项');
      await phone.confirm();
      await phone.sign();
      await phone.pressButton('确认');
      await phone.isAt('确认完成');
    }),
  3 * MINUTES,
);

test(
  'a person without attempts left is told so at once, can ask for more, and goes on when a clerk grants them',
  () =>
    withPhone('tester-11', async (phone, holder) => {
      await scenario(holder.account, 'not-same-person');
      await phone.enter(holder);
      await phone.isAt('身份核验');
      await phone.face();
      await phone.isAt('核验失败');
      await phone.shows('今日还可尝试 9 次');
      const journey = await latestJourney();
      const columns = (await rowsOf(
        "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = 'attempts'",
      )) as { name: string }[];
      const values = columns.map(({ name }) =>
        name === 'id'
          ? "REPLACE(UUID(), '-', '')"
          : name === 'command' || name === 'certify_id'
            ? 'UUID()'
            : name,
      );
      for (let failures = 1; failures < 9; failures += 1)
        await rowsOf(
          `INSERT INTO attempts (${columns.map(({ name }) => name).join(', ')})
           SELECT ${values.join(', ')} FROM attempts
            WHERE journey_id = '${journey}' AND purpose = 'identity-face' LIMIT 1`,
        );
      await phone.face({ button: '重新核验' });
      await phone.isAt('今日核验次数已用完');
      await phone.shows('恢复时间');
      expect(await phone.button('重新核验').count()).toBe(0);
      await phone.pressButton('申请增加核验次数');
      await phone.shows('申请增加核验次数，经办人员处理后本页自动更新');
      await scenario(holder.account, 'all-well');
      await clerks.decide(journey, 'grant-attempts', { attempts: 2 });
      await phone.isAt('身份核验');
    }),
  3 * MINUTES,
);
