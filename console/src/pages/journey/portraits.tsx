import { useEffect, useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Schemas } from '../../client';
import { useMay } from '../../session';
import { formatTime, useTextsOf } from '../../texts';
import { journeyTexts } from '../../texts/journey';
import { usePortraits } from './full-person';
import { Looking } from './looking';

type Portrait = Schemas['ClerkPortrait'];

const ZOOMS = { min: 1, max: 4, step: 0.25 };
/** Of a picture that is not enlarged, in pixels. */
const WIDTH = 200;

/** The pictures of the face checks, in a card of their own. @param beside as `ShowPortraits` */
export function Portraits({ beside }: { beside?: ReactNode }) {
  const words = useTextsOf(journeyTexts);
  const heading = useId();
  const may = useMay('see-persons');
  return may ? (
    <section className="card stack" aria-labelledby={heading}>
      <h2 id={heading}>{words.portraits}</h2>
      <ShowPortraits beside={beside} />
    </section>
  ) : null;
}

/** The pictures of the face checks, side by side. @param beside what is compared with them, such as the photo in a document */
export function ShowPortraits({ beside }: { beside?: ReactNode }) {
  const words = useTextsOf(journeyTexts);
  const portraits = usePortraits();
  return (
    <Looking
      look={portraits}
      labels={{ show: words.showPortraits, shown: words.portraitsShown, hide: words.hidePortraits }}
    >
      {(shown) => <Pictures portraits={shown} beside={beside} />}
    </Looking>
  );
}

function Pictures({ portraits, beside }: { portraits: readonly Portrait[]; beside?: ReactNode }) {
  const words = useTextsOf(journeyTexts);
  const [zoom, setZoom] = useState(1);
  return (
    <>
      {portraits.length === 0 && <p role="status">{words.noPortraits}</p>}
      {portraits.some(({ image }) => image !== undefined) && (
        <label className="zoom">
          {words.zoom}{' '}
          <input
            type="range"
            {...ZOOMS}
            value={zoom}
            onChange={({ target }) => setZoom(Number(target.value))}
          />
        </label>
      )}
      <div className="portraits">
        {portraits.map((portrait) => (
          <figure key={portrait.sha256 + portrait.takenAt}>
            <Picture portrait={portrait} zoom={zoom} />
            <figcaption>
              {words.portraitOf[portrait.check]}
              <small>{words.takenAt(formatTime(portrait.takenAt))}</small>
            </figcaption>
          </figure>
        ))}
        {beside}
      </div>
    </>
  );
}

function Picture({ portrait, zoom }: { portrait: Portrait; zoom: number }) {
  const words = useTextsOf(journeyTexts);
  const { image, archivedAt, check } = portrait;
  if (image === undefined)
    return (
      <p className="portrait-gone">
        {archivedAt ? words.portraitArchived(formatTime(archivedAt)) : words.portraitErased}
      </p>
    );
  return <Drawn image={image} mediaType={portrait.mediaType} zoom={zoom} label={words.portraitOf[check]} />;
}

/** Drawn on a canvas: the picture has no address, and the page's policy allows none. Keys scroll the frame. */
function Drawn({
  image,
  mediaType,
  zoom,
  label,
}: {
  image: string;
  mediaType: string;
  zoom: number;
  label: string;
}) {
  const words = useTextsOf(journeyTexts);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [bitmap, setBitmap] = useState<ImageBitmap | 'broken'>();
  useEffect(() => {
    let isLeft = false;
    let made: ImageBitmap | undefined;
    const bytes = Uint8Array.from(atob(image), (character) => character.charCodeAt(0));
    createImageBitmap(new Blob([bytes], { type: mediaType })).then(
      (read) => {
        if (isLeft) {
          read.close();
          return;
        }
        made = read;
        setBitmap(read);
      },
      () => !isLeft && setBitmap('broken'),
    );
    return () => {
      isLeft = true;
      made?.close();
    };
  }, [image, mediaType]);
  useEffect(() => {
    if (!canvas.current || !bitmap || bitmap === 'broken') return;
    canvas.current.width = Math.round(WIDTH * zoom);
    canvas.current.height = Math.round((WIDTH * zoom * bitmap.height) / bitmap.width);
    const { width, height } = canvas.current;
    canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0, width, height);
  }, [bitmap, zoom]);
  if (bitmap === 'broken') return <p role="status">{words.portraitBroken}</p>;
  return (
    <div className="portrait-frame" role="group" aria-label={label} tabIndex={0}>
      <canvas ref={canvas} role="img" aria-label={label} />
    </div>
  );
}
