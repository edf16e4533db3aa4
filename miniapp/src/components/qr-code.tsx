import { Image } from '@tarojs/components';
import { renderSVG } from 'uqr';

/** What another device scans, with the margin of four modules that scanners need. @param label what it is, for people who do not see it */
export function QrCode({ content, label }: { content: string; label: string }) {
  const svg = renderSVG(content, { border: 4, pixelSize: 1 });
  return (
    <Image
      className="qr-code"
      src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
      {...{ role: 'img', 'aria-label': label }}
      nativeProps={{ alt: label }}
    />
  );
}
