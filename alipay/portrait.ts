import { z } from 'zod';

/** Larger pictures are refused: a face picture of Alipay's is some 100 KB. */
const LARGEST_PORTRAIT = 2 * 1024 * 1024;

// Alipay documents the field as "usually empty" and not what it holds; the form is the one seen in use. Where the contract
// yields no picture the journey goes on without, so whatever cannot be understood counts as no picture.
const material = textOrObject(
  z.object({ facial_picture_front: textOrObject(z.object({ FEATURE_FACE: z.string() })) }),
);

/** The face picture (JPEG or PNG) in the `material_info` of a face check that was passed, if there is a usable one. */
export function portraitIn(materialInfo: unknown): Buffer | undefined {
  const { data } = material.safeParse(materialInfo);
  const base64 = data?.facial_picture_front.FEATURE_FACE ?? '';
  if (base64.length > LARGEST_PORTRAIT * 1.5) return undefined;
  const picture = Buffer.from(base64, 'base64');
  return picture.length <= LARGEST_PORTRAIT && isPicture(picture) ? picture : undefined;
}

// The first bytes of a JPEG and of a PNG file. Anything else, SVG above all, might do more than show a face.
const SIGNATURES = ['ffd8ff', '89504e470d0a1a0a'].map((bytes) => Buffer.from(bytes, 'hex'));

function isPicture(bytes: Buffer): boolean {
  return SIGNATURES.some((signature) => bytes.subarray(0, signature.length).equals(signature));
}

/** V2 answers carry structures as JSON within a string, and some as they are. */
function textOrObject<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.preprocess((value) => {
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return undefined;
    }
  }, schema);
}
