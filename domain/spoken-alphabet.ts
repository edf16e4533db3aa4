/** For what people read aloud and type: without the letters and digits that they confuse. */
export const SPOKEN = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
