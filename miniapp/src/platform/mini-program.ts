import type { CanvasProps, CanvasTouchEvent } from '@tarojs/components';
import Taro from '@tarojs/taro';
import type { Place, Platform, StrokeListener } from './contract';

/** What the mini-program was opened with. */
export function launchQuery(name: string): string | undefined {
  const { query } = Taro.getLaunchOptionsSync() as { query?: Record<string, string> };
  return query?.[name];
}

/** The stroke ends with the last finger, since a palm may lie beside the finger that writes. */
export function strokeHandlers(listener: StrokeListener): CanvasProps {
  const withPlace = (tell: (place: Place) => unknown) => (event: CanvasTouchEvent) => {
    const [touch] = event.touches as { x?: number; y?: number }[];
    if (touch?.x !== undefined && touch.y !== undefined) tell({ x: touch.x, y: touch.y });
  };
  const onLift = ({ touches }: CanvasTouchEvent) => {
    if (touches.length === 0) listener.up();
  };
  return {
    onTouchStart: withPlace(listener.down),
    onTouchMove: withPlace(listener.move),
    onTouchEnd: onLift,
    onTouchCancel: onLift,
  };
}

const texts = new Map<string, string>();

export const tabStorage: Platform['tabStorage'] = {
  read: (name) => texts.get(name),
  write: (name, text) => void texts.set(name, text),
  remove: (name) => void texts.delete(name),
};

export async function savePicture(url: string): Promise<void> {
  const { tempFilePath } = await Taro.downloadFile({ url });
  await Taro.saveImageToPhotosAlbum({ filePath: tempFilePath });
}

export function onNetworkChange(callback: (isOnline: boolean) => void): () => void {
  const onChange = ({ isConnected }: { isConnected: boolean }) => callback(isConnected);
  Taro.onNetworkStatusChange(onChange);
  return () => Taro.offNetworkStatusChange(onChange);
}
