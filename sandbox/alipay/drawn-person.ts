/** Red, green and blue, each 0 to 255. */
export type Colour = readonly [number, number, number];

export type HairStyle = (typeof shortStyles)[number] | (typeof longStyles)[number];
export type Outfit = 'shirt' | 'suit' | 'blazer' | 'sweater' | 'stand-up';

/**
 * What a portrait shows. Lengths are in pixels, before the whole person is enlarged a little. The middle of the face is at x = 0; y
 * grows downwards from the top of the picture.
 */
export type Person = Readonly<{
  isMan: boolean;
  isOld: boolean;
  hairStyle: HairStyle;
  outfit: Outfit;
  glasses: 'none' | 'round' | 'square';
  beard: 'none' | 'stubble' | 'moustache' | 'goatee' | 'full';
  smile: 'closed' | 'open';
  background: Colour;
  skin: Colour;
  hair: Colour;
  clothes: Colour;
  tie: Colour;
  /** From the middle to the side of the face. */
  faceWidth: number;
  /** Small for a pointed chin, large for a square one. */
  jawWidth: number;
  /** The y of the chin. */
  chin: number;
  /** From the middle of the face to the middle of an eye. */
  eyeGap: number;
  /** How far the eyes are open; 1 is usual. */
  eyeHeight: number;
  browWidth: number;
  /** From the middle of the nose to a side. */
  noseWidth: number;
  /** From the middle of the mouth to a corner. */
  mouthWidth: number;
  /** From the middle to the outside of a shoulder. */
  shoulderWidth: number;
}>;

const shortStyles = ['side-parting', 'crew-cut', 'quiff', 'curtains', 'receding', 'curls'] as const;
const longStyles = ['bob', 'long', 'bun', 'ponytail', 'waves', 'pixie'] as const;

const backgrounds = colours('eef3f7 deecf8 f4f2ec e6f0ec');
const skins = colours('fadec8 f6d4ba f2ccb0 eabe9e deae8c f9d9c4 ca9874 f5d0b6');
const youngHair = colours('242024 2c2422 1e1e28 422e24 5c3e2a 362828');
const oldHair = colours('96969a bebec0 767476 d4d2ce');
const fabrics = colours('344c76 4a6c94 3e4654 2c6e6a 843a46 685c8c 5c7854 b07054 3c3e46 c4965a');
const ties = colours('96323a 2c4878 3c6e5c 78548c b07e38');

/** The person that the 32 bytes of a hash stand for. It takes each byte once. */
export function personOf(hash: Buffer): Person {
  let at = 0;
  const byte = () => hash.readUInt8(at++);
  const pick = <T>(list: readonly T[]) => list[byte() % list.length] as T;
  const between = (low: number, high: number) => low + (byte() / 255) * (high - low);
  // A little off the list, so that hardly any two persons share a colour.
  const tint = ([red, green, blue]: Colour, most = 6): Colour => {
    const off = () => Math.round(between(-most, most));
    return [red + off(), green + off(), blue + off()];
  };

  const kind = byte();
  const isMan = kind % 2 === 0;
  const isOld = kind >= 192;
  const beard = pick(['none', 'stubble', 'none', 'full', 'none', 'goatee', 'none', 'moustache'] as const);
  return {
    isMan,
    isOld,
    hairStyle: pick(isMan ? shortStyles : longStyles),
    outfit: pick(
      isMan
        ? (['shirt', 'suit', 'sweater', 'stand-up'] as const)
        : (['shirt', 'blazer', 'sweater', 'stand-up'] as const),
    ),
    glasses: pick(['none', 'none', 'none', 'round', 'square'] as const),
    beard: isMan ? beard : 'none',
    smile: pick(['closed', 'closed', 'open'] as const),
    background: tint(pick(backgrounds)),
    skin: tint(pick(skins), 4),
    hair: tint(pick(isOld ? oldHair : youngHair)),
    clothes: tint(pick(fabrics)),
    tie: pick(ties),
    faceWidth: isMan ? between(70, 79) : between(66, 74),
    jawWidth: isMan ? between(38, 58) : between(26, 42),
    chin: isMan ? between(278, 292) : between(272, 284),
    eyeGap: between(32, 36),
    eyeHeight: between(0.9, 1.2),
    browWidth: isMan ? between(5.5, 8) : between(4, 5.5),
    noseWidth: between(10, 15),
    mouthWidth: between(19, 27),
    shoulderWidth: isMan ? between(150, 172) : between(132, 150),
  };
}

/** The colours of a list like `eef3f7 deecf8`, in the notation of the web. */
function colours(list: string): Colour[] {
  return list.split(' ').map((code) => {
    const [red = 0, green = 0, blue = 0] = Buffer.from(code, 'hex');
    return [red, green, blue];
  });
}
