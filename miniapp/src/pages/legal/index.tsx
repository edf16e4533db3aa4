import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import type { LegalText } from '../../api';
import { Aside } from '../../parts/frame';
import { Unread, useReading } from '../../parts/reading';
import { Card, Lines, Row, Screen } from '../../parts/screen';
import { useTexts } from '../../texts';

/** A text to agree to, at the version that was shown. */
export default function LegalPage() {
  const texts = useTexts();
  const { kind = '', version = '' } = useRouter().params;
  const text = useReading<LegalText>(`/api/legal-texts/${kind}?version=${version}`);
  return (
    <Aside>
      {text.value ? (
        <Screen title={text.value.title}>
          {texts.chineseHolds && <View className="hint">{texts.chineseHolds}</View>}
          <Card>
            <Lines>{text.value.text.replace(/^#.*\n/, '')}</Lines>
            <Row label={texts.version}>{text.value.version}</Row>
          </Card>
        </Screen>
      ) : (
        <Unread reading={text} />
      )}
    </Aside>
  );
}
