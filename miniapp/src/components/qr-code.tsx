import { Image } from '@tarojs/components';
import { useEffect, useState } from 'react';

/** What another device scans, with the margin of four modules that scanners need. @param label what it is, for people who do not see it */
export function QrCode({ content, label }: { content: string; label: string }) {
  const [svg, setSvg] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    // Browsers load what draws the code when the first code is shown.
    void import('uqr').then(({ renderSVG }) => {
      if (isWanted) setSvg(renderSVG(content, { border: 4, pixelSize: 1 }));
    });
    return () => {
      isWanted = false;
    };
  }, [content]);
  if (svg === undefined) return null;
  return (
    <Image
      className="qr-code"
      src={`data:image/svg+xml,${encodeURIComponent(svg)}`}
      {...{ role: 'img', 'aria-label': label }}
      nativeProps={{ alt: label }}
    />
  );
}
