import { View } from '@tarojs/components';
import { Frame } from '../components/frame';
import { Card, Screen } from '../components/screen';
import { useTexts } from '../texts';

/** A phone has taken over what was open here. */
export function TakenOver() {
  const texts = useTexts();
  return (
    <Frame>
      <Screen title={texts.takenOverTitle}>
        <Card>
          <View className="text" role="status">
            {texts.takenOverWhat}
          </View>
        </Card>
      </Screen>
    </Frame>
  );
}
