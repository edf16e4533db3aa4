import type { CanvasProps, CanvasTouchEvent } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { Hand, Place } from './contract';

/** What the mini-program was opened with. */
export function launchQuery(name: string): string | undefined {
  const { query } = Taro.getLaunchOptionsSync() as { query?: Record<string, string> };
  return query?.[name];
}

/** A touch says itself where on the canvas it is. The stroke ends with the last finger: a hand may lie beside the one that writes. */
export function writing(hand: Hand): CanvasProps {
  const at = (tell: (place: Place) => unknown) => (event: CanvasTouchEvent) => {
    const [touch] = event.touches as { x?: number; y?: number }[];
    if (touch?.x !== undefined && touch.y !== undefined) tell({ x: touch.x, y: touch.y });
  };
  const lifted = ({ touches }: CanvasTouchEvent) => {
    if (touches.length === 0) hand.up();
  };
  return {
    onTouchStart: at(hand.down),
    onTouchMove: at(hand.move),
    onTouchEnd: lifted,
    onTouchCancel: lifted,
  };
}

export async function savePicture(url: string): Promise<void> {
  const { tempFilePath } = await Taro.downloadFile({ url });
  await Taro.saveImageToPhotosAlbum({ filePath: tempFilePath });
}

export function onNetwork(changed: (isThere: boolean) => void): () => void {
  const heard = ({ isConnected }: { isConnected: boolean }) => changed(isConnected);
  Taro.onNetworkStatusChange(heard);
  return () => Taro.offNetworkStatusChange(heard);
}
