import { View } from '@tarojs/components';
import { useRouter } from '@tarojs/taro';
import { apiRequest } from '../../api-request';
import { SubPage } from '../../components/frame';
import { LegalTextBody } from '../../components/legal-text';
import { QueryStatus } from '../../components/query-status';
import { Card, Row, Screen } from '../../components/screen';
import { useTexts } from '../../texts';
import { useQuery } from '../../use-query';

/** A text to agree to, in the version that the page before shows. */
export default function LegalPage() {
  const texts = useTexts();
  const { kind = '', version = '' } = useRouter().params;
  const text = useQuery(apiRequest('GET', '/api/legal-texts/{kind}', { path: { kind }, query: { version } }));
  return (
    <SubPage>
      {text.value ? (
        <Screen title={text.value.title}>
          {texts.chineseHolds && <View className="hint">{texts.chineseHolds}</View>}
          <Card>
            <LegalTextBody text={text.value.text} />
            <Row label={texts.version}>{text.value.version}</Row>
          </Card>
        </Screen>
      ) : (
        <QueryStatus query={text} />
      )}
    </SubPage>
  );
}
