import { z } from 'zod';

/** Larger pictures are ignored. A face picture from Alipay has about 100 KB. */
const MAX_PORTRAIT_BYTES = 2 * 1024 * 1024;

// Alipay documents this field only as "usually empty". The form below is the one seen in use. A journey continues without a picture
// if the contract provides none, so unreadable content counts as no picture.
const material = textOrObject(
  z.object({ facial_picture_front: textOrObject(z.object({ FEATURE_FACE: z.string() })) }),
);

/** The face picture (JPEG or PNG) in the `material_info` of a passed face check, if there is a usable one. */
export function portraitIn(materialInfo: unknown): Buffer | undefined {
  const { data } = material.safeParse(materialInfo);
  const base64 = data?.facial_picture_front.FEATURE_FACE ?? '';
  if (base64.length > MAX_PORTRAIT_BYTES * 1.5) return undefined;
  const picture = Buffer.from(base64, 'base64');
  return picture.length <= MAX_PORTRAIT_BYTES && isPicture(picture) ? picture : undefined;
}

// The first bytes of JPEG and PNG files. Other formats are not accepted; SVG, for example, can contain scripts.
const SIGNATURES = ['ffd8ff', '89504e470d0a1a0a'].map((bytes) => Buffer.from(bytes, 'hex'));

function isPicture(bytes: Buffer): boolean {
  return SIGNATURES.some((signature) => bytes.subarray(0, signature.length).equals(signature));
}

/** V2 responses contain some structures as JSON inside a string, and others as plain objects. */
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
